// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.experiment.Arm;
import io.cifarengine.experiment.ArmResult;
import io.cifarengine.experiment.Experiment;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.Setting;
import io.cifarengine.experiment.Verdict;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** An experiment's result as the paper's table, with the measured values beside the paper's. */
public final class ExperimentTable {
  private final ExperimentResult result;
  private final Experiment experiment;
  private final Verdict verdict;
  private final StringBuilder out = new StringBuilder();

  private ExperimentTable(ExperimentResult result) {
    this.result = result;
    experiment = result.experiment();
    verdict = result.verdict();
  }

  /** The table and the lines under it. */
  public static String of(ExperimentResult result) {
    return new ExperimentTable(result).write();
  }

  private String write() {
    line("%s: %s", experiment.name(), experiment.title());
    line("%s; measured on %s", experiment.source(), result.data());
    line("");
    TextTable table = new TextTable();
    table.row(header());
    for (ArmResult arm : result.arms()) {
      table.row(row(arm));
    }
    out.append(table);
    line("");
    writeTest();
    line("verdict: %s", verdict.words());
    line(
        "%s in all, %d threads, %s",
        seconds(result.seconds()),
        result.threads(),
        result.simdBits() > 0 ? result.simdBits() + "-bit vectors" : "scalar kernels");
    if (result.synthetic()) {
      line("These are synthetic images, not CIFAR: nothing here compares with the paper.");
    } else if (judged()) {
      line("tolerance: %s", experiment.toleranceReason());
    }
    return out.toString();
  }

  private List<String> header() {
    List<String> cells = new ArrayList<>();
    for (Setting setting : experiment.varied()) {
      cells.add(setting.key());
    }
    if (!result.synthetic()) {
      cells.addAll(List.of("paper %", "ours %", "difference", "paper epoch", "our epoch"));
    } else {
      cells.addAll(List.of("validation %", "best epoch"));
    }
    cells.addAll(List.of("time", "digest"));
    return cells;
  }

  private List<String> row(ArmResult result) {
    Arm arm = result.arm();
    List<String> cells = new ArrayList<>();
    for (Setting setting : experiment.varied()) {
      cells.add(setting.of(arm.settings()).toString());
    }
    String ours =
        result.training().diverged()
            ? "diverged"
            : result.chosen().map(c -> percent(c.validation().accuracy())).orElse("-");
    if (!this.result.synthetic()) {
      cells.add(percent(arm.paperValidationAccuracy()));
      cells.add(ours);
      cells.add(result.difference().map(ExperimentTable::points).orElse("-"));
      cells.add(orDash(arm.paperEarlyStopEpoch()));
    } else {
      cells.add(ours);
    }
    cells.add(earlyStopEpoch(result));
    cells.add(seconds(result.seconds()));
    cells.add(result.chosen().map(ExperimentTable::shortDigest).orElse("-"));
    return cells;
  }

  private void writeTest() {
    if (result.chosen().isEmpty()) {
      line(
          "The paper's choice (%s) was not run, so nothing is tested.",
          experiment.inWords(experiment.chosen()));
      return;
    }
    ArmResult arm = result.chosen().get();
    String choice = experiment.inWords(experiment.chosen());
    if (arm.test().isEmpty()) {
      line("The paper's choice (%s) diverged, so nothing is tested.", choice);
      return;
    }
    Evaluation test = arm.test().get();
    String comparison =
        judged()
            ? String.format(
                Locale.ROOT,
                " (paper %s, difference %s)",
                percent(experiment.paperTestAccuracy()),
                points(test.accuracy() - experiment.paperTestAccuracy()))
            : "";
    line(
        "The paper's choice, %s, with the weights of epoch %d: test accuracy %s %%%s, test loss"
            + " %.4f",
        choice, arm.training().chosenEpoch(), percent(test.accuracy()), comparison, test.loss());
    arm.chosen().ifPresent(chosen -> line("weights: sha256 %s", chosen.digest()));
  }

  /** Whether the run is the paper's, so that differences say something. */
  private boolean judged() {
    return verdict.kind() != Verdict.Kind.NOT_JUDGED;
  }

  /** The best epoch where early stopping fired; a dash, as in the paper, where it never did. */
  private static String earlyStopEpoch(ArmResult result) {
    OptionalInt stopped = result.training().stoppedEpoch();
    return orDash(stopped.isPresent() ? OptionalInt.of(result.training().bestEpoch()) : stopped);
  }

  private static String orDash(OptionalInt value) {
    return value.isPresent() ? Integer.toString(value.getAsInt()) : "-";
  }

  private static String shortDigest(EpochReport report) {
    return report.digest().substring(0, 12);
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f", 100 * fraction);
  }

  private static String points(double fraction) {
    return String.format(Locale.ROOT, "%+.2f", 100 * fraction);
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  private void line(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
