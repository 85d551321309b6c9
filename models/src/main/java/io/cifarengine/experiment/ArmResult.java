// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import java.util.List;
import java.util.Optional;

/**
 * What one arm came to, with one seed or more.
 *
 * @param trials one a seed, at least one
 */
public record ArmResult(Arm arm, List<TrialResult> trials) {
  /** The training with the first seed. */
  public TrialResult first() {
    return trials.get(0);
  }

  /** Each of the paper's numbers beside the measured one. */
  public List<Comparison> comparisons() {
    return arm.paper().stream().map(this::compare).toList();
  }

  /** The paper's number for this metric of the weights that count, beside the measured one. */
  public Optional<Comparison> chosen(Metric metric) {
    return comparisons().stream()
        .filter(c -> c.paper().metric() == metric && c.paper().epoch().isEmpty())
        .findFirst();
  }

  private Comparison compare(PaperValue paper) {
    List<Double> measured =
        trials.stream().flatMap(trial -> trial.measured(paper).stream()).toList();
    return Comparison.of(paper, measured.size() == trials.size() ? measured : List.of());
  }

  /** The whole time of all its trainings. */
  public double seconds() {
    return trials.stream().mapToDouble(TrialResult::seconds).sum();
  }
}
