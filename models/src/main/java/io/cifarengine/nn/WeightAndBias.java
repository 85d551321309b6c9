// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;

/** What a layer that multiplies learns. */
record WeightAndBias(Parameter weight, Parameter bias) {
  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";

  /** Where they come from when a layer is made. */
  @FunctionalInterface
  interface Source {
    /** The parameters of the layer of this name. */
    WeightAndBias of(String name, Shape weight, Shape bias, Randoms randoms);
  }

  /** Values that are drawn. */
  static Source drawn(Initializer initializer) {
    return (name, weight, bias, randoms) -> {
      Tensor w = Tensor.zeros(weight);
      Tensor b = Tensor.zeros(bias);
      initializer.fill(w, b, randoms);
      return of(name, w, b);
    };
  }

  /** Values that were learned before. */
  static Source stored(ParameterSource source) {
    return (name, weight, bias, randoms) ->
        of(name, source.parameter(name + WEIGHT, weight), source.parameter(name + BIAS, bias));
  }

  private static WeightAndBias of(String name, Tensor w, Tensor b) {
    return new WeightAndBias(
        Parameter.of(name + WEIGHT, Parameter.Kind.WEIGHT, w),
        Parameter.of(name + BIAS, Parameter.Kind.BIAS, b));
  }
}
