// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a result agrees with the paper.
 *
 * @param kind the answer
 * @param words the answer with its reason
 */
public record Verdict(Kind kind, String words) {
  /** The possible answers. */
  public enum Kind {
    /** Every number that was measured lies within its tolerance. */
    AGREES,
    /** At least one does not. */
    DIFFERS,
    /** The run was not what the paper ran, so there is nothing to judge. */
    NOT_JUDGED
  }

  /** For measured values of which these lie outside their tolerance. */
  static Verdict of(int judged, List<String> outside) {
    return outside.isEmpty()
        ? new Verdict(
            Kind.AGREES, "agrees with the paper: " + judged + " of " + judged + " within tolerance")
        : new Verdict(
            Kind.DIFFERS,
            "differs from the paper: "
                + outside.size()
                + " of "
                + judged
                + " outside tolerance: "
                + String.join("; ", outside));
  }

  static Verdict notJudged(List<String> reasons) {
    return new Verdict(Kind.NOT_JUDGED, "not judged: " + String.join(", ", reasons));
  }

  static Verdict of(ExperimentResult result) {
    List<String> reasons = notComparable(result);
    if (!reasons.isEmpty()) {
      return notJudged(reasons);
    }
    int judged = 0;
    List<String> outside = new ArrayList<>();
    for (ArmResult arm : result.arms()) {
      for (Comparison comparison : arm.comparisons()) {
        judged += comparison.isJudged() ? 1 : 0;
        if (!comparison.isWithin()) {
          outside.add(
              result.experiment().inWords(arm.arm().settings())
                  + ": "
                  + comparison.paper().inWords());
        }
      }
    }
    return judged > 0 ? of(judged, outside) : notJudged(List.of("no paper to compare with"));
  }

  private static List<String> notComparable(ExperimentResult result) {
    Settings run = result.trials().get(0).trial().settings();
    Settings paper = result.experiment().settings();
    List<String> reasons = new ArrayList<>();
    if (result.synthetic()) {
      reasons.add("synthetic data");
    }
    if (!run.value(Setting.EPOCHS).equals(paper.value(Setting.EPOCHS))) {
      reasons.add(
          run.value(Setting.EPOCHS)
              + " epochs (the paper has "
              + paper.value(Setting.EPOCHS)
              + ")");
    }
    if (!result.synthetic() && !run.value(Setting.LIMIT).equals(paper.value(Setting.LIMIT))) {
      reasons.add("at most " + run.value(Setting.LIMIT) + " images a split");
    }
    return reasons;
  }
}
