// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.config.Setting;
import io.cifarengine.experiment.Arm;
import io.cifarengine.experiment.ArmResult;
import io.cifarengine.experiment.Comparison;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.GridExperiment;
import io.cifarengine.experiment.Metric;
import io.cifarengine.experiment.PaperValue;
import io.cifarengine.experiment.TestResult;
import io.cifarengine.experiment.TrialResult;
import io.cifarengine.experiment.Verdict;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An experiment's result with the measured values beside the paper's: a row an arm where it is a grid,
 * a row a number where it is one training.
 */
final class ExperimentTable {
  private final ExperimentResult result;
  private final GridExperiment experiment;
  private final Verdict verdict;
  private final boolean seeds;
  private final StringBuilder out = new StringBuilder();

  private ExperimentTable(ExperimentResult result) {
    this.result = result;
    experiment = result.experiment();
    verdict = result.verdict();
    seeds = result.arms().stream().anyMatch(arm -> arm.trials().size() > 1);
  }

  /** The table and the lines under it. */
  static String of(ExperimentResult result) {
    return new ExperimentTable(result).write();
  }

  private String write() {
    line("%s: %s", experiment.name(), experiment.title());
    line("%s; measured on %s", experiment.source(), result.data());
    line("");
    out.append(experiment.varied().isEmpty() ? numbers() : arms());
    line("");
    writeTest();
    if (seeds) {
      line(
          "+- is the deviation over %d seeds; epochs, digests, weights and the test loss are the first seed's",
          result.arms().get(0).trials().size());
    }
    line("verdict: %s", verdict.words());
    line(
        "%s of training%s%s, %d threads, %s",
        duration(result.seconds()),
        experiment.paperTime().map(time -> " (the paper: " + time + ")").orElse(""),
        result.atOnce() > 1 ? ", " + result.atOnce() + " at once" : "",
        result.threads(),
        kernels(result.simdBits()));
    if (result.synthetic()) {
      line(OutcomeText.SYNTHETIC);
    } else if (judged()) {
      line("tolerance: %s", experiment.toleranceReason());
    }
    return out.toString();
  }

  /** A row for each arm. */
  private TextTable arms() {
    TextTable table = new TextTable();
    List<String> header = new ArrayList<>(experiment.varied().stream().map(Setting::key).toList());
    if (result.synthetic()) {
      header.addAll(List.of("validation %", "best epoch"));
    } else {
      header.addAll(List.of("paper %", "ours %", "difference", "paper epoch", "our epoch"));
    }
    header.addAll(List.of("time", "digest"));
    table.row(header);
    result.arms().forEach(arm -> table.row(row(arm)));
    return table;
  }

  private List<String> row(ArmResult result) {
    Arm arm = result.arm();
    List<String> cells = new ArrayList<>(experiment.shown(arm.settings()).values());
    Optional<Comparison> validation = result.chosen(Metric.VALIDATION_ACCURACY);
    String ours =
        validation
            .filter(c -> c.mean().isPresent())
            .map(ExperimentTable::measured)
            .orElse("diverged");
    if (this.result.synthetic()) {
      cells.add(ours);
    } else {
      cells.add(validation.map(c -> value(c.paper(), c.paper().value())).orElse("-"));
      cells.add(ours);
      cells.add(validation.map(ExperimentTable::difference).orElse("-"));
      cells.add(orDash(arm.paperEarlyStopEpoch()));
    }
    cells.add(earlyStopEpoch(result.first().training()));
    cells.add(duration(result.seconds()));
    cells.add(result.first().training().chosen().map(ExperimentTable::shortDigest).orElse("-"));
    return cells;
  }

  /** A row for each of the paper's numbers; what was measured last where there is no paper. */
  private TextTable numbers() {
    TextTable table = new TextTable();
    List<Comparison> comparisons =
        result.arms().stream().flatMap(arm -> arm.comparisons().stream()).toList();
    if (comparisons.isEmpty() || result.synthetic()) {
      table.row(List.of("measured", "value"));
      TrialResult trial = result.trials().get(0);
      trial.training().chosen().ifPresent(chosen -> lastEpoch(table, chosen));
      return table;
    }
    table.row(List.of("measured", "paper", "ours", "difference", "tolerance"));
    for (Comparison c : comparisons) {
      PaperValue paper = c.paper();
      table.row(
          List.of(
              paper.inWords() + (paper.metric().isAccuracy() ? ", %" : ""),
              value(paper, paper.value()),
              c.mean().isPresent() ? measured(c) : "-",
              difference(c),
              paper.tolerance().isPresent()
                  ? value(paper, paper.tolerance().getAsDouble())
                  : "not judged"));
    }
    return table;
  }

  private static void lastEpoch(TextTable table, EpochReport report) {
    for (Metric metric : Metric.values()) {
      metric
          .of(report)
          .ifPresent(
              x ->
                  table.row(
                      List.of(
                          metric.inWords() + ", epoch " + report.epoch(),
                          metric.isAccuracy() ? Numbers.percent(x) + " %" : Numbers.loss(x))));
    }
  }

  /** The mean, with the deviation where there are several seeds. */
  static String measured(Comparison c) {
    String mean = c.mean().map(m -> value(c.paper(), m)).orElse("-");
    return c.deviation().map(d -> mean + " +- " + value(c.paper(), d)).orElse(mean);
  }

  static String difference(Comparison c) {
    boolean accuracy = c.paper().metric().isAccuracy();
    return c.difference()
        .map(d -> String.format(Locale.ROOT, accuracy ? "%+.2f" : "%+.5f", accuracy ? 100 * d : d))
        .orElse("-");
  }

  static String value(PaperValue paper, double value) {
    return paper.metric().isAccuracy() ? Numbers.percent(value) : Numbers.loss(value);
  }

  private void writeTest() {
    if (result.tested().isEmpty()) {
      line(
          "The paper's choice (%s) was not run, so nothing is tested.",
          experiment.inWords(experiment.tested().settings()));
      return;
    }
    ArmResult arm = result.tested().get();
    TrialResult trial = arm.first();
    String choice =
        experiment.varied().isEmpty()
            ? "The network"
            : "The paper's choice, " + experiment.inWords(arm.arm().settings()) + ",";
    if (trial.test().isEmpty() || trial.training().chosen().isEmpty()) {
      line("%s diverged, so nothing is tested.", choice);
      return;
    }
    TestResult test = trial.test().get();
    EpochReport chosen = trial.training().chosen().get();
    Optional<Comparison> paper = arm.chosen(Metric.TEST_ACCURACY).filter(c -> judged());
    line(
        "%s with the weights of epoch %d: test accuracy %s %%%s, test loss %s",
        choice,
        chosen.epoch(),
        seeds && paper.isPresent() ? measured(paper.get()) : Numbers.percent(test.accuracy()),
        paper
            .map(
                c ->
                    " (paper "
                        + value(c.paper(), c.paper().value())
                        + ", difference "
                        + difference(c)
                        + ")")
            .orElse(""),
        Numbers.loss(test.loss()));
    line("weights: sha256 %s", chosen.digest());
  }

  /** Whether the run is the paper's, so that differences say something. */
  private boolean judged() {
    return verdict.kind() != Verdict.Kind.NOT_JUDGED;
  }

  /** The best epoch where early stopping fired; a dash, as in the paper, where it never did. */
  private static String earlyStopEpoch(TrainingResult training) {
    return training.stoppedEpoch().isPresent() ? orDash(training.bestEpoch()) : "-";
  }

  private static String orDash(OptionalInt value) {
    return value.isPresent() ? Integer.toString(value.getAsInt()) : "-";
  }

  static String shortDigest(EpochReport report) {
    return report.digest().substring(0, 12);
  }

  static String duration(double seconds) {
    return seconds < 100 ? Numbers.seconds(seconds) : Numbers.minutes(seconds);
  }

  static String kernels(int simdBits) {
    return simdBits > 0 ? simdBits + "-bit vectors" : "scalar kernels";
  }

  private void line(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
