// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a result agrees with the paper.
 *
 * @param kind the answer
 * @param words the answer with its reason
 */
public record Verdict(Kind kind, String words) {
  /** The possible answers. */
  public enum Kind {
    /** Every accuracy that was measured lies within its tolerance. */
    AGREES,
    /** At least one does not. */
    DIFFERS,
    /** The run was not what the paper ran, so there is nothing to judge. */
    NOT_JUDGED
  }

  static Verdict of(ExperimentResult result) {
    List<String> reasons = notComparable(result);
    if (!reasons.isEmpty()) {
      return new Verdict(Kind.NOT_JUDGED, "not judged: " + String.join(", ", reasons));
    }
    List<String> outside = new ArrayList<>();
    for (ArmResult arm : result.arms()) {
      if (!arm.withinTolerance()) {
        outside.add(result.experiment().inWords(arm.arm().settings()));
      }
    }
    if (result.chosen().isPresent() && !testWithinTolerance(result)) {
      outside.add("the test accuracy");
    }
    if (outside.isEmpty()) {
      return new Verdict(
          Kind.AGREES,
          String.format(
              Locale.ROOT,
              "agrees with the paper: %d of %d arms%s within tolerance",
              result.arms().size(),
              result.arms().size(),
              result.chosen().isPresent() ? " and the test accuracy" : ""));
    }
    return new Verdict(
        Kind.DIFFERS, "differs from the paper: outside tolerance: " + String.join("; ", outside));
  }

  private static boolean testWithinTolerance(ExperimentResult result) {
    Experiment experiment = result.experiment();
    return result
        .chosen()
        .flatMap(ArmResult::test)
        .filter(
            test ->
                Math.abs(test.accuracy() - experiment.paperTestAccuracy())
                    <= experiment.tolerance())
        .isPresent();
  }

  private static List<String> notComparable(ExperimentResult result) {
    List<String> reasons = new ArrayList<>();
    if (result.synthetic()) {
      reasons.add("synthetic data");
    }
    if (result.options().epochs() != result.experiment().epochs()) {
      reasons.add(
          result.options().epochs()
              + " epochs (the paper has "
              + result.experiment().epochs()
              + ")");
    }
    if (!result.synthetic() && result.options().limit() < Integer.MAX_VALUE) {
      reasons.add("at most " + result.options().limit() + " images a split");
    }
    return reasons;
  }
}
