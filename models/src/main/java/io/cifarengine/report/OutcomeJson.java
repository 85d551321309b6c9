// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.Outcome;
import io.cifarengine.experiment.TableResult;
import io.cifarengine.files.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an experiment came to as one JSON document. */
public final class OutcomeJson {
  private OutcomeJson() {}

  /** The document. */
  public static String of(Outcome outcome) {
    if (outcome instanceof ExperimentResult result) {
      return ExperimentJson.of(result);
    }
    TableResult table = (TableResult) outcome;
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("experiment", table.experiment().name());
    document.put("data", table.data());
    document.put("synthetic", table.synthetic());
    document.put("rows", table.rows());
    document.put("verdict", table.verdict().words());
    return Json.document(document);
  }
}
