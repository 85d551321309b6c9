// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.report.OutcomeText;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tables that take no training, on rendered images. */
class TableExperimentTest {
  private static final Settings SETTINGS = Settings.defaults().with(Setting.LIMIT, 10);

  private static TableResult run(String name, boolean synthetic) throws IOException {
    TableExperiment table = (TableExperiment) Experiments.named(name).orElseThrow();
    SplitData rendered = SplitData.load(new DataSource.Synthetic(), SETTINGS);
    SplitData data =
        new SplitData(
            rendered.name(),
            synthetic,
            rendered.train(),
            rendered.validation(),
            rendered.test(),
            rendered.digest());
    try (Engine engine = Engine.withThreads(1)) {
      return table.run(engine, data, SETTINGS);
    }
  }

  @Test
  void renderedImagesAreNotJudgedAgainstAPaper() throws IOException {
    for (String name : List.of("normalization", "gradients")) {
      assertEquals("not judged: synthetic data", run(name, true).verdict().words());
    }
  }

  @Test
  void theirTextSaysSoInItsLastLineAndThatOfOthersDoesNot() throws IOException {
    String notice =
        "\nThese are synthetic images, not CIFAR: nothing here compares with the paper.\n";
    assertTrue(OutcomeText.of(run("normalization", true)).endsWith(notice));
    assertTrue(OutcomeText.of(run("normalization", false)).endsWith("3 of 3 within tolerance\n"));
  }

  @Test
  void othersAreJudgedRowByRow() throws IOException {
    assertEquals(
        "agrees with the paper: 3 of 3 within tolerance",
        run("normalization", false).verdict().words());
    assertEquals(
        "agrees with the paper: 7 of 7 within tolerance",
        run("gradients", false).verdict().words());
  }

  /** The error is relative to the largest of its parameter, which no gradient shown exceeds. */
  @Test
  void theGradientsInDoublePrecisionAreThoseOfTheWorstWeight() throws IOException {
    List<Map<String, Object>> rows = run("gradients", true).rows();
    Map<String, Object> row = rows.get(rows.size() - 1);
    assertEquals("double precision, 106 weights, relative", row.get("weight"));
    double differences = number(row, "central differences");
    double backward = number(row, "backward");
    double error = number(row, "difference");
    double scale = Math.abs(differences - backward) / error;
    assertTrue(
        scale >= 0.999999 * Math.max(Math.abs(differences), Math.abs(backward)), row::toString);
  }

  private static double number(Map<String, Object> row, String column) {
    return Double.parseDouble(String.valueOf(row.get(column)));
  }
}
