// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.train.TrainingResult;
import java.util.Optional;

/**
 * What one training came to.
 *
 * @param training its curves
 * @param test of the weights that count, where the trial is tested and has such weights
 */
public record TrialResult(Trial trial, TrainingResult training, Optional<TestResult> test) {
  /** Its whole time, without what an interruption took. */
  public double seconds() {
    return training.seconds();
  }

  /** The measured counterpart of a paper's number; empty where there is none. */
  public Optional<Double> measured(PaperValue paper) {
    Metric metric = paper.metric();
    if (paper.epoch().isPresent()) {
      return training.report(paper.epoch().getAsInt()).flatMap(metric::of);
    }
    return training.chosen().flatMap(metric::of).or(() -> test.flatMap(metric::of));
  }
}
