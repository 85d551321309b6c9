// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static java.util.stream.Collectors.joining;

import io.cifarengine.experiment.TestResult;
import io.cifarengine.files.Json;
import io.cifarengine.report.TextTable;
import io.cifarengine.run.RunComparison;
import io.cifarengine.run.RunComparison.Entry;
import io.cifarengine.run.RunDirectory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trials of several runs beside each other. */
final class CompareText {
  private CompareText() {}

  /** A row a trial, and which are equal. */
  static String of(RunComparison comparison) {
    StringBuilder out = new StringBuilder();
    if (comparison.entries().isEmpty()) {
      out.append("no trial of these runs is recorded\n");
    } else {
      out.append(table(comparison)).append('\n');
    }
    for (RunDirectory run : comparison.empty()) {
      out.append("no trial recorded: ").append(run.id()).append('\n');
    }
    List<List<Entry>> groups = comparison.equal();
    for (List<Entry> group : groups) {
      out.append("equal weights, bit for bit: ");
      out.append(group.stream().map(CompareText::name).collect(joining(" = "))).append('\n');
    }
    if (groups.isEmpty()) {
      out.append("no two trials have equal weights\n");
    }
    return out.toString();
  }

  private static TextTable table(RunComparison comparison) {
    TextTable table = new TextTable();
    List<String> header = new ArrayList<>(List.of("run", "trial"));
    header.addAll(comparison.differing());
    header.addAll(
        List.of(
            "epochs", "best epoch", "best %", "last %", "test %", "test loss", "time", "digest"));
    table.row(header);
    for (Entry entry : comparison.entries()) {
      List<String> cells =
          new ArrayList<>(
              List.of(entry.run().id(), Integer.toString(entry.record().trial().number())));
      comparison.differing().forEach(key -> cells.add(RunComparison.value(entry, key)));
      TrialCells trial = new TrialCells(entry.record());
      cells.addAll(
          List.of(
              trial.epochs(),
              trial.bestEpoch(),
              trial.bestAccuracy(),
              trial.lastAccuracy(),
              trial.testAccuracy(),
              trial.testLoss(),
              trial.time(),
              trial.digest()));
      table.row(cells);
    }
    return table;
  }

  private static String name(Entry entry) {
    return entry.run().id() + " trial " + entry.record().trial().number();
  }

  /** As JSON. */
  static String json(RunComparison comparison) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("differing", comparison.differing());
    document.put("trials", comparison.entries().stream().map(e -> trial(e, comparison)).toList());
    document.put("without_trials", comparison.empty().stream().map(RunDirectory::id).toList());
    document.put(
        "equal",
        comparison.equal().stream().map(g -> g.stream().map(CompareText::key).toList()).toList());
    return Json.document(document);
  }

  private static Map<String, Object> key(Entry entry) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("run", entry.run().id());
    map.put("trial", entry.record().trial().number());
    return map;
  }

  private static Map<String, Object> trial(Entry entry, RunComparison comparison) {
    Map<String, Object> map = key(entry);
    Map<String, Object> settings = new LinkedHashMap<>();
    comparison.differing().forEach(key -> settings.put(key, RunComparison.value(entry, key)));
    map.put("settings", settings);
    map.putAll(new TrialCells(entry.record()).json());
    map.put("test_loss", entry.record().test().map(TestResult::loss));
    return map;
  }
}
