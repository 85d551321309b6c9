// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.config.Settings;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Other experiments side by side, each by the training that its paper tests. A member that was trained
 * before need not be again.
 *
 * @param members in the paper's order
 */
public record ComparisonExperiment(
    String name, String title, String source, String description, List<GridExperiment> members)
    implements Experiment {

  @Override
  public Settings settings() {
    return members.get(0).settings();
  }

  /** The member to which the paper gives the highest test accuracy. */
  public GridExperiment best() {
    return members.stream()
        .max(Comparator.comparingDouble(ComparisonExperiment::paperAccuracy))
        .orElseThrow();
  }

  private static double paperAccuracy(GridExperiment member) {
    OptionalDouble accuracy =
        member.tested().paper().stream()
            .filter(value -> value.metric() == Metric.TEST_ACCURACY)
            .mapToDouble(PaperValue::value)
            .findFirst();
    return accuracy.orElse(0);
  }
}
