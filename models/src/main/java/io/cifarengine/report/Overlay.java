// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.config.LossKind;
import io.cifarengine.config.Setting;
import io.cifarengine.experiment.Metric;
import io.cifarengine.experiment.TrialResult;
import io.cifarengine.plot.Figure;
import io.cifarengine.plot.LineChart;
import io.cifarengine.plot.LineChart.Style;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Several trainings over their epochs in one figure: training loss, training accuracy and validation
 * accuracy, as the CIFAR-10 study compares its classifiers (Figures 8 and 9).
 */
public final class Overlay {
  private static final int WIDTH = 400;
  private static final int HEIGHT = 340;

  private Overlay() {}

  /**
   * The figure as SVG; empty where no training has an epoch.
   *
   * @param title what stands over it
   * @param trainings by the names that the legend gives them, in its order
   */
  public static Optional<String> svg(String title, Map<String, TrialResult> trainings) {
    Set<LossKind> losses =
        trainings.values().stream()
            .map(trial -> trial.trial().settings().value(Setting.LOSS))
            .collect(Collectors.toSet());
    String loss = losses.size() > 1 ? "training loss (of different kinds)" : "training loss";
    Optional<LineChart> first = chart(EpochChart.loss(loss), Metric.TRAIN_LOSS, trainings);
    Optional<LineChart> second =
        chart(EpochChart.accuracy("training accuracy"), Metric.TRAIN_ACCURACY, trainings);
    Optional<LineChart> third =
        chart(EpochChart.accuracy("validation accuracy"), Metric.VALIDATION_ACCURACY, trainings);
    if (first.isEmpty() || second.isEmpty() || third.isEmpty()) {
      return Optional.empty();
    }
    Figure figure = Figure.titled(title, 3);
    return Optional.of(figure.add(first.get()).add(second.get()).add(third.get()).toSvg());
  }

  private static Optional<LineChart> chart(
      EpochChart chart, Metric metric, Map<String, TrialResult> trainings) {
    int colour = 0;
    for (Map.Entry<String, TrialResult> training : trainings.entrySet()) {
      chart.line(training.getKey(), training.getValue().training(), metric, Style.SOLID, colour);
      colour++;
    }
    return chart.drawable().map(drawn -> drawn.size(WIDTH, HEIGHT));
  }
}
