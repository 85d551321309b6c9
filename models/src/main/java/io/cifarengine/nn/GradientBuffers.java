// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A loss function's gradients: a tensor for each of as many batch sizes as a {@link Network} keeps, so
 * that a repeated size allocates nothing.
 */
final class GradientBuffers {
  private final List<Tensor> kept = new ArrayList<>();

  /** A tensor of the outputs' shape, with whatever was in it. */
  Tensor like(Tensor outputs) {
    for (int i = 0; i < kept.size(); i++) {
      if (kept.get(i).shape().equals(outputs.shape())) {
        return kept.get(i);
      }
    }
    if (kept.size() == Network.KEPT_BATCH_SIZES) {
      kept.remove(0);
    }
    Tensor gradient = Tensor.zeros(outputs.shape());
    kept.add(gradient);
    return gradient;
  }
}
