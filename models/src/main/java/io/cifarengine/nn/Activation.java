// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.util.List;

/** A layer that keeps the shape and learns nothing. */
abstract class Activation implements Layer {
  private final String description;
  private final Shape shape;

  Activation(String description, Shape shape) {
    this.description = description;
    this.shape = shape;
  }

  @Override
  public final String describe() {
    return description;
  }

  @Override
  public final Shape outputShape() {
    return shape;
  }

  @Override
  public final List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public final void parameterGradients(Engine engine, Tensor x, Tensor dy, Into into) {}
}
