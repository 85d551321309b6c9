// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import java.util.OptionalInt;

/**
 * Fires at the first epoch that is {@code patience} epochs after the best so far, the best being the
 * lowest validation loss. After that nothing counts any more: the best epoch stays what it was. With
 * patience 0 it never fires. Epochs have any numbers that grow by 1.
 */
public final class EarlyStopping {
  private final int patience;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private OptionalInt bestEpoch = OptionalInt.empty();
  private OptionalInt stoppedEpoch = OptionalInt.empty();

  /**
   * Waits this many epochs for a better one.
   *
   * @throws IllegalArgumentException where patience is negative
   */
  public EarlyStopping(int patience) {
    if (patience < 0) {
      throw new IllegalArgumentException("patience: expected at least 0, found " + patience);
    }
    this.patience = patience;
  }

  /** Takes note of an epoch; true where it is the best so far and early stopping has not fired. */
  public boolean isBest(int epoch, double validationLoss) {
    if (stoppedEpoch.isPresent()) {
      return false;
    }
    if (validationLoss < bestLoss) {
      bestLoss = validationLoss;
      bestEpoch = OptionalInt.of(epoch);
      return true;
    }
    if (patience > 0 && bestEpoch.isPresent() && epoch - bestEpoch.getAsInt() >= patience) {
      stoppedEpoch = OptionalInt.of(epoch);
    }
    return false;
  }

  /** The epoch of the lowest validation loss up to the stop, empty before the first. */
  public OptionalInt bestEpoch() {
    return bestEpoch;
  }

  /** The epoch at which it fired, empty where it never did. */
  public OptionalInt stoppedEpoch() {
    return stoppedEpoch;
  }
}
