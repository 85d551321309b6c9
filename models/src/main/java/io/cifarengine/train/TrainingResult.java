// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a training came to.
 *
 * @param epochs a report for each epoch that was finished
 * @param bestEpoch the epoch of the lowest validation loss, up to the early stop where there is one
 * @param stoppedEpoch where early stopping fired, empty where it never did
 * @param diverged whether a loss, a gradient or a weight was no finite number, which ended the
 *     training before that reached a weight, or at the end of that epoch
 * @param updateLosses the loss of every update, in order
 */
public record TrainingResult(
    List<EpochReport> epochs,
    OptionalInt bestEpoch,
    OptionalInt stoppedEpoch,
    boolean diverged,
    List<Double> updateLosses) {

  /**
   * The epoch whose weights count: the best where early stopping fired, which a later divergence does
   * not change; else the last one, and none where the training diverged.
   */
  public Optional<EpochReport> chosen() {
    if (stoppedEpoch.isPresent()) {
      return bestEpoch.isPresent() ? report(bestEpoch.getAsInt()) : Optional.empty();
    }
    return diverged || epochs.isEmpty()
        ? Optional.empty()
        : Optional.of(epochs.get(epochs.size() - 1));
  }

  /** The report of the epoch with this number. */
  public Optional<EpochReport> report(int epoch) {
    return epochs.stream().filter(report -> report.epoch() == epoch).findFirst();
  }

  /** The whole time of the finished epochs, without what an interruption took. */
  public double seconds() {
    return epochs.stream().mapToDouble(EpochReport::seconds).sum();
  }

  /** Whether there are no weights that count. */
  public boolean failed() {
    return chosen().isEmpty();
  }
}
