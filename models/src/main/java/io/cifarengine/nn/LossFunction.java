// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.tensor.Tensor;

/** What a network's outputs (n, classes) cost, given the labels of the examples. */
public interface LossFunction {
  /**
   * The loss of a batch and its gradient.
   *
   * @throws io.cifarengine.tensor.ShapeException where outputs and labels differ in number
   * @throws IllegalArgumentException where a label is not a class
   */
  Loss of(Tensor outputs, int[] labels);
}
