// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import io.cifarengine.nn.LossFunction;
import io.cifarengine.nn.SoftmaxCrossEntropy;
import io.cifarengine.nn.SquaredError;

/** The double twin of each loss of the engine. */
final class ReferenceLosses {
  private ReferenceLosses() {}

  static ReferenceLoss twinOf(LossFunction loss) {
    if (loss instanceof SoftmaxCrossEntropy) {
      return new ReferenceSoftmaxCrossEntropy();
    }
    if (loss instanceof SquaredError) {
      return new ReferenceSquaredError();
    }
    throw new IllegalArgumentException(
        "reference: "
            + loss.getClass().getSimpleName()
            + " has no double-precision twin (expected SoftmaxCrossEntropy or SquaredError); pass one");
  }
}
