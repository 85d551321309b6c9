// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.experiment.Comparison;
import io.cifarengine.experiment.ComparisonResult;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.Metric;
import io.cifarengine.experiment.TestResult;
import io.cifarengine.experiment.Training;
import io.cifarengine.experiment.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A comparison's result as tables with a row for each classifier: how good it is, and what it takes. */
final class ComparisonTable {
  private static final String NAME = "classifier";

  private final ComparisonResult result;
  private final Verdict verdict;

  private ComparisonTable(ComparisonResult result) {
    this.result = result;
    verdict = result.verdict();
  }

  /** The tables and the lines under them. */
  static String of(ComparisonResult result) {
    return new ComparisonTable(result).write();
  }

  /** How many numbers a classifier learns. */
  static long parameters(ExperimentResult member) {
    return Training.summary(member.experiment().settings()).parameters();
  }

  private String write() {
    StringBuilder out = new StringBuilder();
    line(out, "%s: %s", result.experiment().name(), result.experiment().title());
    line(out, "%s; measured on %s", result.experiment().source(), result.data());
    line(out, "");
    out.append(accuracies());
    line(out, "");
    out.append(costs());
    line(out, "");
    result.taken().forEach((trial, from) -> line(out, "%s: taken from %s", label(trial), from));
    line(out, "verdict: %s", verdict.words());
    line(
        out,
        "%s of training in this run, %d threads, %s",
        ExperimentTable.duration(result.seconds()),
        result.threads(),
        ExperimentTable.kernels(result.simdBits()));
    if (result.synthetic()) {
      line(out, OutcomeText.SYNTHETIC);
    } else if (verdict.kind() != Verdict.Kind.NOT_JUDGED) {
      for (ExperimentResult member : result.members()) {
        String reason = member.experiment().toleranceReason();
        line(out, "tolerance, %s: %s", member.experiment().name(), reason);
      }
    }
    return out.toString();
  }

  private String label(int trial) {
    return result.trials().get(trial - 1).trial().label();
  }

  private TextTable accuracies() {
    TextTable table = new TextTable();
    table.row(
        result.synthetic()
            ? List.of(NAME, "test %", "digest")
            : List.of(NAME, "paper %", "ours %", "difference", "tolerance", "digest"));
    for (ExperimentResult member : result.members()) {
      Optional<Comparison> accuracy = chosen(member, Metric.TEST_ACCURACY);
      List<String> cells = new ArrayList<>(List.of(member.experiment().name()));
      String ours = accuracy.flatMap(ComparisonTable::measured).orElse("diverged");
      if (result.synthetic()) {
        cells.add(ours);
      } else {
        cells.add(accuracy.map(ComparisonTable::paper).orElse("-"));
        cells.add(ours);
        cells.add(accuracy.map(ExperimentTable::difference).orElse("-"));
        cells.add(accuracy.map(ComparisonTable::tolerance).orElse("-"));
      }
      cells.add(
          member
              .tested()
              .flatMap(arm -> arm.first().training().chosen())
              .map(ExperimentTable::shortDigest)
              .orElse("-"));
      table.row(cells);
    }
    return table;
  }

  private TextTable costs() {
    TextTable table = new TextTable();
    table.row(
        result.synthetic()
            ? List.of(NAME, "test loss", "parameters", "time")
            : List.of(NAME, "paper loss", "our loss", "parameters", "our time", "paper's time"));
    for (ExperimentResult member : result.members()) {
      List<String> cells = new ArrayList<>(List.of(member.experiment().name()));
      if (!result.synthetic()) {
        cells.add(chosen(member, Metric.TEST_LOSS).map(ComparisonTable::paper).orElse("-"));
      }
      cells.add(
          member
              .tested()
              .flatMap(arm -> arm.first().test())
              .map(TestResult::loss)
              .map(Numbers::loss)
              .orElse("-"));
      cells.add(String.format(Locale.ROOT, "%,d", parameters(member)));
      cells.add(ExperimentTable.duration(member.seconds()));
      if (!result.synthetic()) {
        cells.add(member.experiment().paperTime().orElse("-"));
      }
      table.row(cells);
    }
    return table;
  }

  private static Optional<Comparison> chosen(ExperimentResult member, Metric metric) {
    return member.tested().flatMap(arm -> arm.chosen(metric));
  }

  private static Optional<String> measured(Comparison comparison) {
    return comparison.mean().map(mean -> ExperimentTable.measured(comparison));
  }

  private static String paper(Comparison comparison) {
    return ExperimentTable.value(comparison.paper(), comparison.paper().value());
  }

  private static String tolerance(Comparison comparison) {
    return comparison.paper().tolerance().isPresent()
        ? ExperimentTable.value(comparison.paper(), comparison.paper().tolerance().getAsDouble())
        : "not judged";
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
