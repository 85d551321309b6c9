// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.experiment.Arm;
import io.cifarengine.experiment.ArmResult;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.Metric;
import io.cifarengine.experiment.PaperValue;
import io.cifarengine.experiment.TrialResult;
import io.cifarengine.plot.LineChart;
import io.cifarengine.plot.LineChart.Style;
import io.cifarengine.train.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Training and validation of one arm over its epochs, with the paper's numbers where they compare. The
 * first seed is drawn through, others broken where they are few.
 */
final class ArmCharts {
  private static final String BEST = "best epoch ";
  private static final String OTHER_SEEDS = ", other seeds";

  /** More lines than these cannot be told apart. */
  private static final int MOST_SEEDS = 4;

  /** A grey. */
  private static final int PAPER = 5;

  private final ArmResult arm;
  private final boolean paper;

  ArmCharts(ExperimentResult result, ArmResult arm) {
    this.arm = arm;
    paper = !result.synthetic();
  }

  /** Accuracies, and the paper's. */
  Optional<LineChart> accuracy() {
    EpochChart chart = EpochChart.accuracy("");
    add(chart, "train", Metric.TRAIN_ACCURACY, EpochChart.TRAIN);
    add(chart, "validation", Metric.VALIDATION_ACCURACY, EpochChart.VALIDATION);
    chart.best(BEST, first(), Metric.VALIDATION_ACCURACY, EpochChart.VALIDATION);
    return chart.drawable().map(this::withPaper);
  }

  /** Losses of training and validation. */
  Optional<LineChart> loss() {
    EpochChart chart = EpochChart.loss("");
    add(chart, "train", Metric.TRAIN_LOSS, EpochChart.TRAIN);
    add(chart, "validation", Metric.VALIDATION_LOSS, EpochChart.VALIDATION);
    chart.best(BEST, first(), Metric.VALIDATION_LOSS, EpochChart.VALIDATION);
    return chart.drawable();
  }

  /** Losses of training and validation, with those that the paper's program logged. */
  Optional<LineChart> loggedLoss() {
    return loss().map(c -> withLogged(c, List.of(Metric.TRAIN_LOSS, Metric.VALIDATION_LOSS)));
  }

  /** Losses of training alone, with those that the paper's program logged. */
  Optional<LineChart> trainLoss() {
    EpochChart chart = EpochChart.loss("");
    add(chart, "train", Metric.TRAIN_LOSS, EpochChart.TRAIN);
    return chart.drawable().map(c -> withLogged(c, List.of(Metric.TRAIN_LOSS)));
  }

  private TrainingResult first() {
    return arm.first().training();
  }

  private void add(EpochChart chart, String name, Metric metric, int colour) {
    chart.line(name, first(), metric, Style.SOLID, colour);
    if (arm.trials().size() <= MOST_SEEDS) {
      for (TrialResult other : arm.trials().subList(1, arm.trials().size())) {
        chart.line(name + OTHER_SEEDS, other.training(), metric, Style.DASHED, colour);
      }
    }
  }

  private LineChart withPaper(LineChart chart) {
    withLogged(chart, List.of(Metric.TRAIN_ACCURACY, Metric.VALIDATION_ACCURACY));
    for (PaperValue value : arm.arm().paper()) {
      boolean validation = value.metric() == Metric.VALIDATION_ACCURACY;
      if (paper && validation && value.epoch().isEmpty()) {
        chart.reference(reference(arm.arm(), value), value.value());
      }
    }
    return chart;
  }

  private static String reference(Arm arm, PaperValue value) {
    String percent = String.format(Locale.ROOT, "paper %.2f %%", 100 * value.value());
    return arm.paperEarlyStopEpoch().isPresent()
        ? percent + ", epoch " + arm.paperEarlyStopEpoch().getAsInt()
        : percent;
  }

  /** Points at the epochs of the paper's log that were reached; no line, since it has only those. */
  private LineChart withLogged(LineChart chart, List<Metric> metrics) {
    List<double[]> points = new ArrayList<>();
    for (PaperValue value : arm.arm().paper()) {
      boolean reached =
          value.epoch().isPresent() && first().report(value.epoch().getAsInt()).isPresent();
      if (paper && reached && metrics.contains(value.metric())) {
        points.add(new double[] {value.epoch().getAsInt(), value.value()});
        points.add(new double[] {value.epoch().getAsInt(), Double.NaN}); // ends the line
      }
    }
    points.sort((a, b) -> Double.compare(a[0], b[0])); // stable
    if (!points.isEmpty()) {
      double[] x = points.stream().mapToDouble(point -> point[0]).toArray();
      double[] y = points.stream().mapToDouble(point -> point[1]).toArray();
      chart.series("paper's log", x, y, Style.SOLID, PAPER);
    }
    return chart;
  }
}
