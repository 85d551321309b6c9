// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.nn.NetworkSummary;
import io.cifarengine.nn.NetworkSummary.TrainingBytes;
import java.util.LinkedHashMap;
import java.util.Map;

/** A network's summary as a map for {@link Json}. */
public final class SummaryJson {
  private SummaryJson() {}

  /** The layers, their totals, and bytes for training with batches of this size. */
  public static Map<String, Object> of(NetworkSummary summary, int batchSize) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("input", summary.input().toString());
    map.put("layers", summary.rows().stream().map(SummaryJson::row).toList());
    map.put("parameters", summary.parameters());
    map.put("multiply_adds", summary.multiplyAdds());
    map.put("batch_size", batchSize);
    map.put("training_bytes", training(summary.training(batchSize)));
    return map;
  }

  private static Map<String, Object> row(NetworkSummary.Row row) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("index", row.index());
    map.put("layer", row.layer());
    map.put("output", row.output().toString());
    map.put("parameters", row.parameters());
    map.put("multiply_adds", row.multiplyAdds());
    return map;
  }

  private static Map<String, Object> training(TrainingBytes bytes) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("parameters", bytes.parameters());
    map.put("gradients", bytes.gradients());
    map.put("velocity", bytes.velocity());
    map.put("batch", bytes.batch());
    map.put("outputs", bytes.outputs());
    map.put("input_gradients", bytes.inputGradients());
    map.put("loss_gradient", bytes.lossGradient());
    map.put("total", bytes.total());
    return map;
  }
}
