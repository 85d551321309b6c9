// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.experiment.ComparisonResult;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.TrialResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The curves of a comparison as its paper draws them, by the names of their files. */
final class ComparisonFigures {
  /** The perceptrons, which the paper compares before it compares all (Figure 8). */
  private static final List<String> PERCEPTRONS = List.of("nn", "nn-sgd");

  private ComparisonFigures() {}

  /** Both of them; where no training has an epoch there is none. */
  static Map<String, String> of(ComparisonResult result) {
    Map<String, TrialResult> all = new LinkedHashMap<>();
    for (ExperimentResult member : result.members()) {
      all.put(member.experiment().name(), member.trials().get(0));
    }
    Map<String, TrialResult> perceptrons = new LinkedHashMap<>(all);
    perceptrons.keySet().retainAll(PERCEPTRONS);
    Map<String, String> figures = new LinkedHashMap<>();
    Overlay.svg(title(perceptrons, result), perceptrons)
        .ifPresent(svg -> figures.put("plots/nn-and-nn-sgd.svg", svg));
    Overlay.svg(title(all, result), all)
        .ifPresent(svg -> figures.put("plots/all-classifiers.svg", svg));
    return figures;
  }

  /** Names and data: {@code nn and nn-sgd, cifar10}. */
  private static String title(Map<String, TrialResult> trainings, ComparisonResult result) {
    List<String> names = List.copyOf(trainings.keySet());
    int last = names.size() - 1;
    String first = names.stream().limit(last).collect(Collectors.joining(", "));
    return first + " and " + names.get(last) + ", " + result.data();
  }
}
