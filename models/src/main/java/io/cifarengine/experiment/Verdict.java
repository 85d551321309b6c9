// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
    AGREES("agrees with the paper: "),
    /** At least one does not. */
    DIFFERS("differs from the paper: "),
    /** The run was not what the paper ran, so there is nothing to judge. */
    NOT_JUDGED("not judged: ");

    private final String beginning;

    Kind(String beginning) {
      this.beginning = beginning;
    }

    private Verdict because(String reason) {
      return new Verdict(this, beginning + reason);
    }
  }

  private static final String SYNTHETIC = "synthetic data";

  /** The verdict that was written in these words; empty where they are none's. */
  public static Optional<Verdict> read(String words) {
    return Arrays.stream(Kind.values())
        .filter(kind -> words.startsWith(kind.beginning))
        .map(kind -> new Verdict(kind, words))
        .findFirst();
  }

  /** For measured values of which these lie outside their tolerance. */
  static Verdict of(int judged, List<String> outside) {
    return outside.isEmpty()
        ? Kind.AGREES.because(judged + " of " + judged + " within tolerance")
        : Kind.DIFFERS.because(
            outside.size() + " of " + judged + " outside tolerance: " + String.join("; ", outside));
  }

  /** For the rows of a table; those of rendered images say nothing of a paper. */
  static Verdict ofTable(boolean synthetic, int judged, List<String> outside) {
    return synthetic ? notJudged(List.of(SYNTHETIC)) : of(judged, outside);
  }

  private static Verdict notJudged(List<String> reasons) {
    return Kind.NOT_JUDGED.because(String.join(", ", reasons));
  }

  static Verdict of(ExperimentResult result) {
    List<String> reasons = notComparable(List.of(result));
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

  /** By the test accuracies alone, which are all that the paper compares. */
  static Verdict of(ComparisonResult result) {
    List<ExperimentResult> members = result.members();
    List<String> reasons = notComparable(members);
    if (!reasons.isEmpty()) {
      return notJudged(reasons);
    }
    List<String> outside = new ArrayList<>();
    for (ExperimentResult member : members) {
      Optional<Comparison> accuracy =
          member.tested().flatMap(arm -> arm.chosen(Metric.TEST_ACCURACY));
      if (accuracy.filter(Comparison::isWithin).isEmpty()) {
        outside.add(member.experiment().name() + ": " + Metric.TEST_ACCURACY.inWords());
      }
    }
    return of(members.size(), outside);
  }

  private static List<String> notComparable(List<ExperimentResult> results) {
    Settings run = settings(results.get(0));
    boolean synthetic = results.get(0).synthetic();
    List<String> reasons = new ArrayList<>();
    if (synthetic) {
      reasons.add(SYNTHETIC);
    }
    List<ExperimentResult> otherEpochs =
        results.stream().filter(r -> !epochs(settings(r)).equals(paperEpochs(r))).toList();
    if (!otherEpochs.isEmpty()) {
      reasons.add(
          epochs(settings(otherEpochs.get(0)))
              + " epochs (the paper has "
              + otherEpochs.stream()
                  .map(Verdict::paperEpochs)
                  .distinct()
                  .map(Object::toString)
                  .collect(Collectors.joining(" and "))
              + ")");
    }
    Settings paper = results.get(0).experiment().settings();
    if (!synthetic && !run.value(Setting.LIMIT).equals(paper.value(Setting.LIMIT))) {
      reasons.add("at most " + run.value(Setting.LIMIT) + " images a split");
    }
    return reasons;
  }

  private static Settings settings(ExperimentResult result) {
    return result.trials().get(0).trial().settings();
  }

  private static Integer epochs(Settings settings) {
    return settings.value(Setting.EPOCHS);
  }

  private static Integer paperEpochs(ExperimentResult result) {
    return epochs(result.experiment().settings());
  }
}
