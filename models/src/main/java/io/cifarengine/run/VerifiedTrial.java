// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import java.util.List;
import java.util.Optional;

/**
 * Whether a trial, trained again, has the recorded weights after every epoch.
 *
 * @param record what was recorded
 * @param compared how many epochs were compared, the one that differs among them
 * @param difference the first epoch after which the weights are others
 * @param changes the settings in which the record is of another training
 * @param problem why it was not trained again, or what else is wrong
 */
public record VerifiedTrial(
    TrialRecord record,
    int compared,
    Optional<Difference> difference,
    List<SettingChange> changes,
    Optional<String> problem) {
  /**
   * Weights that differ.
   *
   * @param epoch after which
   * @param recorded digest, or that it diverged
   * @param found digest, or that it diverged
   */
  public record Difference(int epoch, String recorded, String found) {}

  /** Whether nothing speaks against it, which is also so where nothing was compared. */
  public boolean holds() {
    return difference.isEmpty() && changes.isEmpty() && problem.isEmpty();
  }
}
