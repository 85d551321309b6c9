// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.experiment.Outcome;
import io.cifarengine.files.Json;
import io.cifarengine.report.Numbers;
import io.cifarengine.report.TextTable;
import io.cifarengine.run.AllSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The verdicts of all experiments. */
final class AllText {
  private AllText() {}

  /** As a table. */
  static String of(List<AllSession.Row> rows) {
    TextTable table = new TextTable();
    table.row(List.of("experiment", "time", "verdict"));
    double seconds = 0;
    for (AllSession.Row row : rows) {
      double own = row.outcome().map(Outcome::seconds).orElse(0.0);
      seconds += own;
      table.row(List.of(row.experiment().name(), Numbers.minutes(own), row.words()));
    }
    return table + "\n" + Numbers.minutes(seconds) + " of training in all\n";
  }

  /** As JSON. */
  static String json(List<AllSession.Row> rows) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (AllSession.Row row : rows) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("experiment", row.experiment().name());
      map.put("seconds", row.outcome().map(Outcome::seconds));
      map.put("verdict", row.words());
      list.add(map);
    }
    return Json.document(Map.of("experiments", list));
  }
}
