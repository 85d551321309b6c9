// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.config.ConfigException;
import io.cifarengine.files.Json;
import io.cifarengine.files.JsonException;
import io.cifarengine.files.JsonObject;
import io.cifarengine.files.UnreadableFileException;
import io.cifarengine.report.TextTable;
import io.cifarengine.run.RunDirectory;
import io.cifarengine.run.RunOverview;
import io.cifarengine.run.TrialRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One run: what it does, on what, how it stands, its trials, its files, and what to do with it. */
final class RunText {
  private RunText() {}

  /** As text. */
  static String of(RunDirectory run) throws IOException, ConfigException {
    RunOverview overview = RunOverview.of(run);
    StringBuilder out = new StringBuilder();
    out.append(run.id()).append('\n');
    line(out, "folder", run.folder());
    line(out, "state", overview.state() + (overview.resumable() ? " (resumable)" : ""));
    line(out, "started", overview.started().orElse("-"));
    line(out, "done", overview.progress());
    if (!overview.words().isEmpty()) {
      line(out, "verdict", overview.words());
    }
    out.append("\nconfiguration:\n");
    run.plan().yaml().lines().forEach(row -> out.append("  ").append(row).append('\n'));
    out.append("\nenvironment:\n");
    environment(run).forEach((key, value) -> line(out, "  " + key, value));
    List<TrialRecord> records = TrialRecord.of(run, run.plan().trials());
    if (!records.isEmpty()) {
      out.append('\n').append(table(records));
    }
    if (!overview.members().isEmpty()) {
      out.append("\nexperiments:\n");
    }
    for (RunOverview member : overview.members()) {
      out.append("  ").append(member.run().id()).append(": ").append(member.state()).append(", ");
      out.append(member.words()).append('\n');
    }
    out.append("\nfiles: ").append(String.join(", ", files(run))).append('\n');
    return out.append("next: ").append(next(run, overview)).append('\n').toString();
  }

  private static void line(StringBuilder out, String key, Object value) {
    out.append(key).append(": ").append(value).append('\n');
  }

  private static TextTable table(List<TrialRecord> records) {
    TextTable table = new TextTable();
    table.row(
        List.of(
            "trial",
            "label",
            "epochs",
            "best epoch",
            "best %",
            "last %",
            "test %",
            "time",
            "digest"));
    for (TrialRecord record : records) {
      TrialCells cells = new TrialCells(record);
      table.row(
          List.of(
              Integer.toString(record.trial().number()),
              record.trial().label(),
              cells.epochs(),
              cells.bestEpoch(),
              cells.bestAccuracy(),
              cells.lastAccuracy(),
              cells.testAccuracy(),
              cells.time(),
              cells.digest()));
    }
    return table;
  }

  /** What it began on; where that cannot be read, why: the rest of the run is still worth showing. */
  private static Map<String, Object> environment(RunDirectory run) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    try {
      JsonObject environment = run.environment();
      for (String key : environment.keys()) {
        facts.put(key, environment.value(key));
      }
    } catch (UnreadableFileException | JsonException e) {
      facts.put("damaged", String.valueOf(e.getMessage()));
    }
    return facts;
  }

  private static List<String> files(RunDirectory run) throws IOException {
    Path folder = run.folder();
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> folder.relativize(path).toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The command that continues the run, or else the one that checks it. */
  private static String next(RunDirectory run, RunOverview overview) {
    return "cifar-engine " + (overview.resumable() ? "resume " : "verify ") + run.folder();
  }

  /** As JSON. */
  static String json(RunDirectory run) throws IOException, ConfigException {
    RunOverview overview = RunOverview.of(run);
    Map<String, Object> document = new LinkedHashMap<>(RunsText.json(overview));
    document.put("configuration", run.plan().yaml());
    document.put("environment", environment(run));
    List<TrialRecord> records = TrialRecord.of(run, run.plan().trials());
    document.put("trials", records.stream().map(RunText::trial).toList());
    document.put("files", files(run));
    document.put("next", next(run, overview));
    return Json.document(document);
  }

  private static Map<String, Object> trial(TrialRecord record) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("trial", record.trial().number());
    map.putAll(new TrialCells(record).json());
    return map;
  }
}
