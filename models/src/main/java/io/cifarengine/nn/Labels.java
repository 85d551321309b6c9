// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.tensor.ShapeException;
import io.cifarengine.tensor.Tensor;

/** Outputs (n, classes) beside the labels of n examples: what every loss checks. */
final class Labels {
  private Labels() {}

  /** One row of outputs a label, each label a class, and no more of them than the batch has examples. */
  static void require(String loss, Tensor outputs, int[] labels, int examples) {
    if (outputs.shape().rank() != 2 || outputs.shape().dim(0) != labels.length) {
      throw new ShapeException(
          loss
              + ": expected outputs ("
              + labels.length
              + ", classes) for "
              + labels.length
              + " labels, found "
              + outputs.shape());
    }
    int classes = outputs.shape().dim(1);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            loss
                + ": label of example "
                + i
                + " out of range (expected 0 to "
                + (classes - 1)
                + ", found "
                + labels[i]
                + ")");
      }
    }
    if (examples < labels.length) {
      throw new IllegalArgumentException(
          loss
              + ": expected a batch of at least "
              + labels.length
              + " examples for a block of "
              + labels.length
              + ", found "
              + examples);
    }
  }
}
