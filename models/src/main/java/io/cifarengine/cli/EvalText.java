// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.experiment.TestResult;
import io.cifarengine.files.Json;
import io.cifarengine.report.TextTable;
import io.cifarengine.run.ModelTest;
import io.cifarengine.train.ConfusionMatrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a model does on the test set. */
final class EvalText {
  /** How many confusions are worth a line. */
  private static final int CONFUSIONS = 10;

  private EvalText() {}

  /** Figures, a row a class, the most frequent confusions, and whether it is what was recorded. */
  static String of(ModelTest test) {
    TestResult result = test.result();
    ConfusionMatrix matrix = result.confusion();
    StringBuilder out = new StringBuilder();
    out.append("model: ").append(test.file()).append('\n');
    out.append("layers: ").append(test.layers()).append('\n');
    out.append("weights: sha256 ").append(test.weights()).append('\n');
    out.append("data: ").append(test.data());
    out.append(format(", %,d test images\n", matrix.examples()));
    out.append(format("accuracy: %.2f %%\n", 100 * result.accuracy()));
    out.append(format("loss: %.5f\n\n", result.loss()));
    TextTable classes = new TextTable().row(List.of("class", "images", "recall %", "precision %"));
    for (int k = 0; k < matrix.classes(); k++) {
      classes.row(
          List.of(
              matrix.classNames().get(k),
              Integer.toString(images(matrix, k)),
              percent(matrix.recall(k)),
              percent(matrix.precision(k))));
    }
    out.append(classes).append('\n');
    List<ConfusionMatrix.Confusion> confusions = matrix.mostFrequent(CONFUSIONS);
    if (!confusions.isEmpty()) {
      TextTable table = new TextTable().row(List.of("times", "is", "taken for"));
      for (ConfusionMatrix.Confusion c : confusions) {
        table.row(
            List.of(
                Integer.toString(c.count()),
                matrix.classNames().get(c.expected()),
                matrix.classNames().get(c.predicted())));
      }
      out.append(table).append('\n');
    }
    return out.append(verdict(test)).append('\n').toString();
  }

  private static String verdict(ModelTest test) {
    if (test.recorded().isEmpty()) {
      return "verdict: a model without a run, so there is no record to compare with";
    }
    if (!test.sameImages()) {
      return "verdict: not compared with the run's record: these are other images";
    }
    if (test.isEqual().orElse(false)) {
      return "verdict: equal to the run's record, bit for bit";
    }
    TestResult recorded = test.recorded().get();
    return format(
        "verdict: differs from the run's record: accuracy %.17g recorded, %.17g found;"
            + " loss %.17g recorded, %.17g found",
        recorded.accuracy(), test.result().accuracy(), recorded.loss(), test.result().loss());
  }

  /** As JSON; a class without images has no recall, one that was never named no precision: null. */
  static String json(ModelTest test) {
    ConfusionMatrix matrix = test.result().confusion();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("model", test.file().toString());
    document.put("layers", test.layers());
    document.put("digest", test.weights());
    document.put("data", test.data());
    document.put("synthetic", test.synthetic());
    document.put("examples", matrix.examples());
    document.put("test_accuracy", test.result().accuracy());
    document.put("test_loss", test.result().loss());
    List<Map<String, Object>> classes = new ArrayList<>();
    for (int k = 0; k < matrix.classes(); k++) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("class", matrix.classNames().get(k));
      map.put("images", images(matrix, k));
      map.put("recall", matrix.recall(k));
      map.put("precision", matrix.precision(k));
      classes.add(map);
    }
    document.put("classes", classes);
    List<Map<String, Object>> confusions = new ArrayList<>();
    for (ConfusionMatrix.Confusion c : matrix.mostFrequent(CONFUSIONS)) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("expected", matrix.classNames().get(c.expected()));
      map.put("predicted", matrix.classNames().get(c.predicted()));
      map.put("count", c.count());
      confusions.add(map);
    }
    document.put("confusions", confusions);
    document.put("recorded", test.recorded().map(EvalText::recorded));
    document.put("same_images", test.sameImages());
    document.put("equal", test.isEqual());
    return Json.document(document);
  }

  private static Map<String, Object> recorded(TestResult recorded) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("test_accuracy", recorded.accuracy());
    map.put("test_loss", recorded.loss());
    return map;
  }

  private static int images(ConfusionMatrix matrix, int k) {
    int images = 0;
    for (int p = 0; p < matrix.classes(); p++) {
      images += matrix.count(k, p);
    }
    return images;
  }

  private static String percent(double fraction) {
    return Double.isNaN(fraction) ? "-" : format("%.1f", 100 * fraction);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
