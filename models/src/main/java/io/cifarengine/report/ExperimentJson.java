// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.Setting;
import io.cifarengine.experiment.ArmResult;
import io.cifarengine.experiment.Comparison;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.Metric;
import io.cifarengine.experiment.TestResult;
import io.cifarengine.experiment.TrialResult;
import io.cifarengine.files.Json;
import io.cifarengine.train.ConfusionMatrix;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.TrainingResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** An experiment's result as one JSON document; accuracies are fractions. */
final class ExperimentJson {
  private ExperimentJson() {}

  /** The document. */
  static String of(ExperimentResult result) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("experiment", result.experiment().name());
    document.put("data", result.data());
    document.put("synthetic", result.synthetic());
    document.put("threads", result.threads());
    document.put("simd", simd(result.simdBits()));
    document.put("numerics", Engine.NUMERICS);
    document.put("seconds", result.seconds());
    document.put("arms", result.trials().stream().map(trial -> arm(result, trial)).toList());
    document.put("comparisons", comparisons(result));
    document.put("chosen", result.tested().map(arm -> chosen(result, arm.first())));
    document.put("paper_time", result.experiment().paperTime());
    document.put("verdict", result.verdict().words());
    return Json.document(document);
  }

  /** The vector width in bits, or that there are no vectors. */
  static Object simd(int bits) {
    return bits > 0 ? (Object) bits : "scalar";
  }

  /** One training: with several seeds an arm appears once for each. */
  static Map<String, Object> arm(ExperimentResult result, TrialResult trial) {
    TrainingResult training = trial.training();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("settings", settings(result, trial));
    map.put("seed", trial.trial().settings().value(Setting.SEED));
    map.put("epochs", training.epochs().stream().map(ExperimentJson::epoch).toList());
    map.put("best_epoch", orNull(training.bestEpoch()));
    map.put("stopped_epoch", orNull(training.stoppedEpoch()));
    map.put("diverged", training.diverged());
    map.put("validation_accuracy", training.chosen().map(c -> c.validation().accuracy()));
    map.put("paper", paper(trial));
    map.put("digest", training.chosen().map(EpochReport::digest));
    return map;
  }

  private static Map<String, Object> settings(ExperimentResult result, TrialResult trial) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Setting<?> setting : result.experiment().varied()) {
      map.put(setting.key(), plain(trial.trial().settings().value(setting)));
    }
    return map;
  }

  /** Numbers, booleans and lists of numbers are themselves; the rest is its word. */
  private static Object plain(Object value) {
    boolean json = value instanceof Number || value instanceof Boolean || value instanceof List;
    return json ? value : value.toString();
  }

  private static Map<String, Object> paper(TrialResult trial) {
    Map<String, Object> map = new LinkedHashMap<>();
    trial
        .trial()
        .arm()
        .ifPresent(
            arm -> {
              arm.paper().stream()
                  .filter(value -> value.epoch().isEmpty())
                  .forEach(value -> map.put(value.metric().key(), value.value()));
              map.put("early_stop_epoch", orNull(arm.paperEarlyStopEpoch()));
            });
    return map;
  }

  private static Map<String, Object> epoch(EpochReport report) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("epoch", report.epoch());
    for (Metric metric : Metric.values()) {
      metric.of(report).ifPresent(value -> map.put(metric.key(), value));
    }
    map.put("seconds", report.seconds());
    map.put("digest", report.digest());
    return map;
  }

  /** Each of the paper's numbers beside the mean over the seeds. */
  private static List<Map<String, Object>> comparisons(ExperimentResult result) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (ArmResult arm : result.arms()) {
      for (Comparison comparison : arm.comparisons()) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("settings", settings(result, arm.first()));
        map.putAll(comparison(comparison));
        all.add(map);
      }
    }
    return all;
  }

  /** A number of the paper beside the mean over the seeds. */
  static Map<String, Object> comparison(Comparison comparison) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("metric", comparison.paper().metric().key());
    map.put("epoch", orNull(comparison.paper().epoch()));
    map.put("paper", comparison.paper().value());
    map.put("measured", comparison.mean());
    map.put("deviation", comparison.deviation());
    map.put("tolerance", orNull(comparison.paper().tolerance()));
    map.put(
        "within", comparison.isJudged() ? Optional.of(comparison.isWithin()) : Optional.empty());
    return map;
  }

  private static Map<String, Object> chosen(ExperimentResult result, TrialResult trial) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("settings", settings(result, trial));
    map.putAll(test(trial));
    return map;
  }

  /** What the weights that count do on the test set. */
  static Map<String, Object> test(TrialResult trial) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("test_accuracy", trial.test().map(TestResult::accuracy));
    map.put("test_loss", trial.test().map(TestResult::loss));
    map.put("digest", trial.training().chosen().map(EpochReport::digest));
    map.put("classes", trial.test().map(test -> test.confusion().classNames()));
    map.put("confusion", trial.test().map(test -> rows(test.confusion())));
    return map;
  }

  private static List<List<Integer>> rows(ConfusionMatrix confusion) {
    List<List<Integer>> rows = new ArrayList<>();
    for (int expected = 0; expected < confusion.classes(); expected++) {
      List<Integer> row = new ArrayList<>();
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        row.add(confusion.count(expected, predicted));
      }
      rows.add(row);
    }
    return rows;
  }

  private static Optional<Integer> orNull(OptionalInt value) {
    return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
  }

  private static Optional<Double> orNull(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }
}
