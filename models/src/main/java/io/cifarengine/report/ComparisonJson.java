// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.compute.Engine;
import io.cifarengine.experiment.ArmResult;
import io.cifarengine.experiment.Comparison;
import io.cifarengine.experiment.ComparisonResult;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.Metric;
import io.cifarengine.experiment.TrialResult;
import io.cifarengine.files.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A comparison's result as one JSON document; accuracies are fractions. */
final class ComparisonJson {
  private ComparisonJson() {}

  /** The document. */
  static String of(ComparisonResult result) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("experiment", result.experiment().name());
    document.put("data", result.data());
    document.put("synthetic", result.synthetic());
    document.put("threads", result.threads());
    document.put("simd", ExperimentJson.simd(result.simdBits()));
    document.put("numerics", Engine.NUMERICS);
    document.put("seconds", result.seconds());
    document.put(
        "classifiers", result.members().stream().map(one -> classifier(result, one)).toList());
    document.put("verdict", result.verdict().words());
    return Json.document(document);
  }

  private static Map<String, Object> classifier(ComparisonResult result, ExperimentResult member) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", member.experiment().name());
    map.put("parameters", ComparisonTable.parameters(member));
    map.put("seconds", member.seconds());
    map.put("paper_time", member.experiment().paperTime());
    map.put("comparisons", member.tested().map(ComparisonJson::comparisons).orElse(List.of()));
    map.put("trainings", member.trials().stream().map(t -> training(result, member, t)).toList());
    return map;
  }

  /** The numbers of the weights that count: a paper's text has others of its epochs. */
  private static List<Map<String, Object>> comparisons(ArmResult arm) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Metric metric : List.of(Metric.TEST_ACCURACY, Metric.TEST_LOSS)) {
      Optional<Comparison> comparison = arm.chosen(metric);
      comparison.ifPresent(c -> list.add(ExperimentJson.comparison(c)));
    }
    return list;
  }

  private static Map<String, Object> training(
      ComparisonResult result, ExperimentResult member, TrialResult trial) {
    int number = trial.trial().number();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("trial", number);
    map.put("taken_from", Optional.ofNullable(result.taken().get(number)));
    map.putAll(ExperimentJson.arm(member, trial));
    map.putAll(ExperimentJson.test(trial));
    return map;
  }
}
