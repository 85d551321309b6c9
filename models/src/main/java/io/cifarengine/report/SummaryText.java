// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.nn.NetworkSummary;
import io.cifarengine.nn.NetworkSummary.TrainingBytes;
import java.util.List;
import java.util.Locale;

/** A network's layers as a table, and the memory that training takes. */
public final class SummaryText {
  private SummaryText() {}

  /** The table of the layers, then bytes for training with batches of this size. */
  public static String of(NetworkSummary summary, int batchSize) {
    TextTable layers = new TextTable();
    layers.row(List.of("", "layer", "output", "parameters", "multiply-adds"));
    layers.row(List.of("", "input", summary.input().toString(), "", ""));
    for (NetworkSummary.Row row : summary.rows()) {
      layers.row(
          List.of(
              Integer.toString(row.index()),
              row.layer(),
              row.output().toString(),
              grouped(row.parameters()),
              grouped(row.multiplyAdds())));
    }
    layers.row(
        List.of("", "total", "", grouped(summary.parameters()), grouped(summary.multiplyAdds())));
    TrainingBytes bytes = summary.training(batchSize);
    TextTable memory =
        new TextTable()
            .row(List.of("training in batches of " + batchSize, "bytes"))
            .row(List.of("parameters", grouped(bytes.parameters())))
            .row(List.of("gradients", grouped(bytes.gradients())))
            .row(List.of("velocity", grouped(bytes.velocity())))
            .row(List.of("batch", grouped(bytes.batch())))
            .row(List.of("outputs", grouped(bytes.outputs())))
            .row(List.of("input gradients", grouped(bytes.inputGradients())))
            .row(List.of("loss gradient", grouped(bytes.lossGradient())))
            .row(List.of("total", grouped(bytes.total())));
    return layers + "\n" + memory;
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
