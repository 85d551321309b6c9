// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.files.Json;
import io.cifarengine.run.RunOverview;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("run", "state", "started", "done", "verdict"));
    runs.forEach(run -> add(rows, run, "", all));
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }

  private static void add(List<List<String>> rows, RunOverview run, String indent, boolean all) {
    rows.add(
        List.of(
            indent + run.run().id(),
            run.state() + (run.resumable() ? " (resumable)" : ""),
            run.started().orElse("-"),
            run.progress(),
            run.words()));
    if (all) {
      run.members().forEach(member -> add(rows, member, indent + "  ", true));
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
