// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.experiment.ComparisonResult;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.Outcome;
import io.cifarengine.experiment.TableExperiment;
import io.cifarengine.experiment.TableResult;
import io.cifarengine.experiment.Verdict;
import io.cifarengine.files.Json;
import io.cifarengine.files.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an experiment came to as one JSON document. */
public final class OutcomeJson {
  private static final String EXPERIMENT = "experiment";
  private static final String DATA = "data";
  private static final String SYNTHETIC = "synthetic";
  private static final String ROWS = "rows";
  private static final String VERDICT = "verdict";

  private OutcomeJson() {}

  /**
   * On what a result was made.
   *
   * @param data the name of the images
   * @param synthetic whether they were rendered
   * @param threads how many computed
   * @param simdBits vector width, 0 for the scalar kernels
   */
  public record Made(String data, boolean synthetic, int threads, int simdBits) {}

  /** On what the result in a file was made; empty where it does not say. */
  public static Optional<Made> made(Path file) {
    try {
      JsonObject document = JsonObject.read(file);
      Object simd = document.value("simd");
      return Optional.of(
          new Made(
              document.text(DATA),
              document.flag(SYNTHETIC),
              Math.toIntExact(document.whole("threads")),
              simd instanceof String ? 0 : Math.toIntExact(document.whole("simd"))));
    } catch (IOException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** The document. */
  public static String of(Outcome outcome) {
    if (outcome instanceof ExperimentResult result) {
      return ExperimentJson.of(result);
    }
    return outcome instanceof ComparisonResult result
        ? ComparisonJson.of(result)
        : table((TableResult) outcome);
  }

  private static String table(TableResult table) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put(EXPERIMENT, table.experiment().name());
    document.put(DATA, table.data());
    document.put(SYNTHETIC, table.synthetic());
    document.put(ROWS, table.rows());
    document.put(VERDICT, table.verdict().words());
    return Json.document(document);
  }

  /** The result of a table in a file, to the digits that the file has; empty where it holds none. */
  public static Optional<TableResult> readTable(TableExperiment experiment, Path file) {
    try {
      JsonObject document = JsonObject.read(file);
      Optional<Verdict> verdict = Verdict.read(document.text(VERDICT));
      List<Map<String, Object>> rows = new ArrayList<>();
      for (JsonObject row : document.objects(ROWS)) {
        Map<String, Object> cells = new LinkedHashMap<>();
        for (String key : row.keys()) {
          cells.put(key, row.value(key));
        }
        rows.add(cells);
      }
      if (verdict.isEmpty()
          || rows.isEmpty()
          || !document.text(EXPERIMENT).equals(experiment.name())) {
        return Optional.empty();
      }
      return Optional.of(
          new TableResult(
              experiment, document.text(DATA), document.flag(SYNTHETIC), rows, verdict.get()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
