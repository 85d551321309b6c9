// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import java.util.List;
import java.util.Optional;

/**
 * Whether a run, done again, gives what it recorded.
 *
 * @param problems what its configuration files say that its records do not
 * @param trials of an experiment that trains
 * @param table whether an experiment without training gave the same result; empty where it trains, or
 *     has no result
 */
public record VerifiedRun(
    RunDirectory run, List<String> problems, List<VerifiedTrial> trials, Optional<Boolean> table) {
  /** How many epochs were compared. */
  public int compared() {
    return trials.stream().mapToInt(VerifiedTrial::compared).sum();
  }

  /** Whether there was nothing to compare. */
  public boolean isEmpty() {
    return compared() == 0 && table.isEmpty();
  }

  /** Whether nothing differs. */
  public boolean holds() {
    return problems.isEmpty()
        && trials.stream().allMatch(VerifiedTrial::holds)
        && table.orElse(true);
  }
}
