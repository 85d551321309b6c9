// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.config.LossKind;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.experiment.ArmResult;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.Metric;
import io.cifarengine.plot.Figure;
import io.cifarengine.plot.LineChart;
import io.cifarengine.plot.LineChart.Style;
import io.cifarengine.train.TrainingPlan;
import io.cifarengine.train.TrainingResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The curves of an experiment as its paper draws them, by the names of their files. */
final class ExperimentFigures {
  private static final String ACCURACY = "plots/accuracy.svg";
  private static final String LOSS = "plots/loss.svg";
  private static final String UPDATE_LOSS = "plots/update-loss.svg";
  private static final String ARMS = "plots/arms.svg";

  /** Of a chart that stands alone. */
  private static final int WIDTH = 640;

  private static final int HEIGHT = 380;

  private final ExperimentResult result;
  private final Map<String, String> figures = new LinkedHashMap<>();

  private ExperimentFigures(ExperimentResult result) {
    this.result = result;
  }

  /** All of them; a training without epochs has none. */
  static Map<String, String> of(ExperimentResult result) {
    ExperimentFigures figures = new ExperimentFigures(result);
    if (result.experiment().varied().isEmpty()) {
      result.arms().forEach(figures::addAlone);
    } else {
      figures.addGrid();
    }
    return figures.figures;
  }

  /** The one training of an experiment without a grid. */
  private void addAlone(ArmResult arm) {
    ArmCharts charts = new ArmCharts(result, arm);
    String title = FigureTitle.of(result, arm);
    Settings settings = arm.first().trial().settings();
    add(ACCURACY, title, charts.accuracy());
    add(LOSS, title, hasBothLosses(settings) ? charts.loggedLoss() : charts.trainLoss());
    int batchSize = settings.value(Setting.BATCH_SIZE);
    if (batchSize != TrainingPlan.FULL_BATCH) {
      add(UPDATE_LOSS, title, updateLosses(arm.first().training().updateLosses()));
    }
  }

  /** The squared errors of the CIFAR-10 study are drawn over the training set alone. */
  private static boolean hasBothLosses(Settings settings) {
    return settings.value(Setting.EARLY_STOP) > 0
        || settings.value(Setting.LOSS) == LossKind.CROSS_ENTROPY;
  }

  private static Optional<LineChart> updateLosses(List<Double> losses) {
    if (losses.isEmpty()) {
      return Optional.empty();
    }
    double[] x = new double[losses.size()];
    double[] y = new double[losses.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = i + 1;
      y[i] = losses.get(i);
    }
    return Optional.of(
        LineChart.titled("")
            .xLabel("update")
            .yLabel("loss of the batch")
            .series("train, each batch before its update", x, y, Style.SOLID, EpochChart.TRAIN));
  }

  private void addGrid() {
    result
        .tested()
        .ifPresent(
            arm -> {
              ArmCharts charts = new ArmCharts(result, arm);
              String title = FigureTitle.of(result, arm);
              add(ACCURACY, title, charts.accuracy());
              add(LOSS, title, charts.loss());
            });
    for (ArmResult arm : result.arms()) {
      ArmCharts charts = new ArmCharts(result, arm);
      String name = "plots/arm-" + arm.first().trial().number() + ".svg";
      add(name, FigureTitle.of(result, arm), charts.accuracy(), charts.loss());
    }
    addArms();
  }

  private void addArms() {
    EpochChart accuracy = EpochChart.accuracy("validation accuracy");
    EpochChart loss = EpochChart.loss("validation loss");
    int colour = 0;
    for (ArmResult arm : result.arms()) {
      TrainingResult training = arm.first().training();
      String name = FigureTitle.settings(result, arm);
      accuracy.line(name, training, Metric.VALIDATION_ACCURACY, Style.SOLID, colour);
      accuracy.best("", training, Metric.VALIDATION_ACCURACY, colour);
      loss.line(name, training, Metric.VALIDATION_LOSS, Style.SOLID, colour);
      loss.best("", training, Metric.VALIDATION_LOSS, colour);
      colour++;
    }
    add(ARMS, FigureTitle.of(result), accuracy.drawable(), loss.drawable());
  }

  private void add(String name, String title, Optional<LineChart> chart) {
    chart.ifPresent(
        c -> figures.put(name, Figure.titled(title, 1).add(c.size(WIDTH, HEIGHT)).toSvg()));
  }

  private void add(String name, String title, Optional<LineChart> left, Optional<LineChart> right) {
    if (left.isPresent() && right.isPresent()) {
      figures.put(name, Figure.titled(title, 2).add(left.get()).add(right.get()).toSvg());
    }
  }
}
