// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import io.cifarengine.nn.Loss;

/** Is told how training goes, on the training thread. */
public interface TrainingListener {
  /** After each update; {@code loss} holds only during the call. */
  default void onBatch(int epoch, int batch, int batches, Loss loss) {}

  /** After each epoch. */
  default void onEpoch(EpochReport report) {}

  /** Hears nothing. */
  static TrainingListener none() {
    return new TrainingListener() {};
  }
}
