// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.files.Json;
import io.cifarengine.report.TextTable;
import io.cifarengine.run.RunOverview;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs, a line each. */
final class RunsText {
  private RunsText() {}

  /** As lines, the runs inside of a run indented below it. */
  static String of(Path root, List<RunOverview> runs, boolean all) {
    if (runs.isEmpty()) {
      String why = Files.isDirectory(root) ? ": no run" : ": no such folder, so there is no run";
      return root + why + " yet. Begin one: cifar-engine experiment momentum\n";
    }
    TextTable table =
        TextTable.ofWords().row(List.of("run", "state", "started", "done", "verdict"));
    runs.forEach(run -> add(table, run, "", all));
    return table.toString();
  }

  private static void add(TextTable table, RunOverview run, String indent, boolean all) {
    table.row(
        List.of(
            indent + run.run().id(),
            run.state() + (run.resumable() ? " (resumable)" : ""),
            run.started().orElse("-"),
            run.progress(),
            run.words()));
    if (all) {
      run.members().forEach(member -> add(table, member, indent + "  ", true));
    }
  }

  /** As JSON, always with the runs inside. */
  static String json(Path root, List<RunOverview> runs) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("folder", root.toString());
    document.put("runs", runs.stream().map(RunsText::json).toList());
    return Json.document(document);
  }

  /** One as a map. */
  static Map<String, Object> json(RunOverview run) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("run", run.run().id());
    map.put("folder", run.run().folder().toString());
    map.put("state", run.state());
    map.put("resumable", run.resumable());
    map.put("started", run.started());
    map.put("done", run.progress());
    map.put("words", run.words());
    map.put("members", run.members().stream().map(RunsText::json).toList());
    return map;
  }
}
