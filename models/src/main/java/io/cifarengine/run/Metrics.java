// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.files.AtomicFiles;
import io.cifarengine.files.Json;
import io.cifarengine.files.LineLog;
import io.cifarengine.train.EpochReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The table of all epochs of a run, {@code metrics.csv}: a row is added when its epoch ends. */
final class Metrics {
  private static final String HEADER =
      "trial,epoch,train_loss,train_accuracy,validation_loss,validation_accuracy,seconds,digest\n";

  private final Path file;

  Metrics(Path file) {
    this.file = file;
  }

  /** Writes the table of these epochs, by trial: what a resumed run has behind it. */
  void rewrite(Map<Integer, List<EpochReport>> epochs) throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    epochs.forEach(
        (trial, reports) -> reports.forEach(r -> text.append(row(trial, r)).append('\n')));
    AtomicFiles.write(file, text.toString());
  }

  /** Adds an epoch. */
  void add(int trial, EpochReport report) throws IOException {
    new LineLog(file).add(row(trial, report));
  }

  private static String row(int trial, EpochReport report) {
    return trial
        + ","
        + report.epoch()
        + ","
        + Json.compact(report.train().loss())
        + ","
        + Json.compact(report.train().accuracy())
        + ","
        + Json.compact(report.validation().loss())
        + ","
        + Json.compact(report.validation().accuracy())
        + ","
        + Json.compact(report.seconds())
        + ","
        + report.digest();
  }
}
