// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.experiment.Metric;
import io.cifarengine.plot.LineChart;
import io.cifarengine.plot.LineChart.Style;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.TrainingResult;
import java.util.List;
import java.util.Optional;

/** Accuracies, or losses, of trainings over their epochs. A training without epochs has no line. */
final class EpochChart {
  /** First, since its symbol is a ring, which marks the best epoch. */
  static final int VALIDATION = 0;

  static final int TRAIN = 1;

  private final LineChart chart;
  private boolean empty = true;

  private EpochChart(LineChart chart) {
    this.chart = chart.xLabel("epoch");
  }

  /** A chart of accuracies without lines. */
  static EpochChart accuracy(String title) {
    return new EpochChart(LineChart.titled(title).yLabel("accuracy").percent());
  }

  /** A chart of losses without lines. */
  static EpochChart loss(String title) {
    return new EpochChart(LineChart.titled(title).yLabel("loss"));
  }

  /** Adds what a training measured after each epoch. */
  EpochChart line(String name, TrainingResult training, Metric metric, Style style, int colour) {
    List<EpochReport> epochs = training.epochs();
    if (!epochs.isEmpty()) {
      double[] x = epochs.stream().mapToDouble(EpochReport::epoch).toArray();
      double[] y = epochs.stream().mapToDouble(report -> value(metric, report)).toArray();
      chart.series(name, x, y, style, colour);
      empty = false;
    }
    return this;
  }

  private static double value(Metric metric, EpochReport report) {
    return metric.of(report).orElse(Double.NaN);
  }

  /** Marks the best epoch where early stopping fired; elsewhere no epoch was chosen. */
  EpochChart best(String label, TrainingResult training, Metric metric, int colour) {
    if (training.stoppedEpoch().isPresent()) {
      training
          .chosen()
          .ifPresent(
              best ->
                  chart.marker(label + best.epoch(), best.epoch(), value(metric, best), colour));
    }
    return this;
  }

  /** The chart, where it has a line. */
  Optional<LineChart> drawable() {
    return empty ? Optional.empty() : Optional.of(chart);
  }
}
