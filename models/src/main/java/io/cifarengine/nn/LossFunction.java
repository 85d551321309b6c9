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
  default Loss of(Tensor outputs, int[] labels) {
    return of(outputs, labels, labels.length);
  }

  /**
   * The loss of a block of a larger batch, with d (mean over the whole batch) / d outputs as its gradient:
   * divided by the batch's number of examples, not the block's. The gradients of the blocks of a batch,
   * each passed to {@code network.backward(gradient, Into.ACCUMULATE)}, add up to the batch's own.
   *
   * @param examples how many examples the whole batch has
   * @throws io.cifarengine.tensor.ShapeException where outputs and labels differ in number
   * @throws IllegalArgumentException where a label is not a class, or the block is larger than the batch
   */
  Loss of(Tensor outputs, int[] labels, int examples);
}
