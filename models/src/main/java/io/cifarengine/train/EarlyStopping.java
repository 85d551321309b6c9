// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import java.util.OptionalInt;

/**
 * Fires at the first epoch that is {@code patience} epochs after the best so far, the best being the
 * lowest validation loss. After that nothing counts any more: the best epoch stays what it was.
 */
public final class EarlyStopping {
  private final int patience;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int bestEpoch;
  private int stoppedEpoch;

  /**
   * Waits this many epochs for a better one.
   *
   * @throws IllegalArgumentException where patience is not positive
   */
  public EarlyStopping(int patience) {
    if (patience < 1) {
      throw new IllegalArgumentException("patience: expected at least 1, found " + patience);
    }
    this.patience = patience;
  }

  /** Takes note of an epoch; true where it is the best so far and early stopping has not fired. */
  public boolean isBest(int epoch, double validationLoss) {
    if (stoppedEpoch > 0) {
      return false;
    }
    if (validationLoss < bestLoss) {
      bestLoss = validationLoss;
      bestEpoch = epoch;
      return true;
    }
    if (bestEpoch > 0 && epoch - bestEpoch >= patience) {
      stoppedEpoch = epoch;
    }
    return false;
  }

  /** The epoch of the lowest validation loss up to the stop, 0 before the first. */
  public int bestEpoch() {
    return bestEpoch;
  }

  /** The epoch at which it fired, empty where it never did. */
  public OptionalInt stoppedEpoch() {
    return stoppedEpoch > 0 ? OptionalInt.of(stoppedEpoch) : OptionalInt.empty();
  }
}
