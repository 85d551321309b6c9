// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.compute.Engine;
import io.cifarengine.experiment.Arm;
import io.cifarengine.experiment.ArmResult;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.Evaluation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** An experiment's result as one JSON document; accuracies are fractions. */
public final class ExperimentJson {
  private ExperimentJson() {}

  /** The document. */
  public static String of(ExperimentResult result) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("experiment", result.experiment().name());
    document.put("data", result.data());
    document.put("synthetic", result.synthetic());
    document.put("threads", result.threads());
    document.put("simd", result.simdBits() > 0 ? (Object) result.simdBits() : "scalar");
    document.put("numerics", Engine.NUMERICS);
    document.put("seconds", result.seconds());
    document.put("arms", result.arms().stream().map(arm -> arm(result, arm)).toList());
    document.put("chosen", result.chosen().map(arm -> chosen(result, arm)));
    document.put("verdict", result.verdict().words());
    return Json.document(document);
  }

  private static Map<String, Object> arm(ExperimentResult result, ArmResult arm) {
    Map<String, Object> map = new LinkedHashMap<>();
    Arm planned = arm.arm();
    map.put("settings", result.experiment().shown(planned.settings()));
    map.put("epochs", arm.training().epochs().stream().map(ExperimentJson::epoch).toList());
    map.put("best_epoch", orNull(best(arm)));
    map.put("stopped_epoch", orNull(arm.training().stoppedEpoch()));
    map.put("validation_accuracy", arm.chosen().map(c -> c.validation().accuracy()));
    map.put("paper", paper(planned));
    map.put("digest", arm.chosen().map(EpochReport::digest));
    return map;
  }

  private static OptionalInt best(ArmResult arm) {
    int best = arm.training().bestEpoch();
    return best > 0 ? OptionalInt.of(best) : OptionalInt.empty();
  }

  private static Map<String, Object> paper(Arm arm) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("validation_accuracy", arm.paperValidationAccuracy());
    map.put("early_stop_epoch", orNull(arm.paperEarlyStopEpoch()));
    return map;
  }

  private static Map<String, Object> epoch(EpochReport report) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("epoch", report.epoch());
    map.put("train_loss", report.train().loss());
    map.put("train_accuracy", report.train().accuracy());
    map.put("validation_loss", report.validation().loss());
    map.put("validation_accuracy", report.validation().accuracy());
    map.put("seconds", report.seconds());
    map.put("digest", report.digest());
    return map;
  }

  private static Map<String, Object> chosen(ExperimentResult result, ArmResult arm) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("settings", result.experiment().shown(arm.arm().settings()));
    map.put("test_accuracy", arm.test().map(Evaluation::accuracy));
    map.put("test_loss", arm.test().map(Evaluation::loss));
    map.put("digest", arm.chosen().map(EpochReport::digest));
    return map;
  }

  private static Optional<Integer> orNull(OptionalInt value) {
    return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
  }
}
