// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a training came to. The network holds the weights of {@link #chosenEpoch()}, unless it
 * diverged.
 *
 * @param epochs a report for each epoch that was finished
 * @param bestEpoch the epoch of the lowest validation loss up to the stop
 * @param stoppedEpoch where early stopping fired, empty where it never did
 * @param diverged whether a loss was not a number, which ended the training: a batch's before its
 *     update, or the training set's after the epoch
 */
public record TrainingResult(
    List<EpochReport> epochs, int bestEpoch, OptionalInt stoppedEpoch, boolean diverged) {

  /** The best epoch where early stopping fired, else the last; 0 where none was finished. */
  public int chosenEpoch() {
    return stoppedEpoch.isPresent() ? bestEpoch : epochs.size();
  }

  /** The report of {@link #chosenEpoch()}. */
  public EpochReport chosen() {
    return epochs.get(chosenEpoch() - 1);
  }
}
