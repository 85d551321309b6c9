// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import java.util.List;
import java.util.Optional;

/**
 * A paper's number beside what was measured.
 *
 * @param mean over the seeds; empty where a training gave none
 * @param deviation the sample standard deviation over the seeds; empty with one seed
 */
public record Comparison(PaperValue paper, Optional<Double> mean, Optional<Double> deviation) {
  static Comparison of(PaperValue paper, List<Double> measured) {
    int n = measured.size();
    if (n == 0) {
      return new Comparison(paper, Optional.empty(), Optional.empty());
    }
    double mean = measured.stream().mapToDouble(x -> x).sum() / n;
    double squares = measured.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    Optional<Double> deviation =
        n == 1 ? Optional.empty() : Optional.of(Math.sqrt(squares / (n - 1)));
    return new Comparison(paper, Optional.of(mean), deviation);
  }

  /** Measured minus paper. */
  public Optional<Double> difference() {
    return mean.map(m -> m - paper.value());
  }

  /** Whether there is anything to judge. */
  public boolean isJudged() {
    return paper.tolerance().isPresent();
  }

  /** Whether the mean lies within the tolerance; true where there is none. */
  public boolean isWithin() {
    if (!isJudged()) {
      return true;
    }
    double tolerance = paper.tolerance().getAsDouble();
    return difference().filter(d -> Math.abs(d) <= tolerance).isPresent();
  }
}
