// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.train.EpochReport;
import io.cifarengine.train.Evaluation;
import io.cifarengine.train.TrainingResult;
import java.util.Optional;

/**
 * What one arm came to.
 *
 * @param training its curves
 * @param seconds its whole time
 * @param test the test of its chosen epoch's weights, where this is the arm that the paper tests
 */
public record ArmResult(
    Arm arm, TrainingResult training, double seconds, Optional<Evaluation> test) {

  /** The epoch whose weights count; empty where the arm diverged before it finished one. */
  public Optional<EpochReport> chosen() {
    return training.epochs().isEmpty() ? Optional.empty() : Optional.of(training.chosen());
  }

  /** Measured minus paper, a fraction; empty where nothing was measured. */
  public Optional<Double> difference() {
    return chosen().map(c -> c.validation().accuracy() - arm.paperValidationAccuracy());
  }

  /** Whether the measured accuracy lies within the arm's tolerance of the paper's. */
  public boolean withinTolerance() {
    return !training.diverged()
        && difference().filter(d -> Math.abs(d) <= arm.tolerance()).isPresent();
  }
}
