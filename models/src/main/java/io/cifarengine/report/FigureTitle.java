// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.experiment.ArmResult;
import io.cifarengine.experiment.ExperimentResult;

/** What stands over a figure: what was trained, and what a reader must know to trust it. */
final class FigureTitle {
  private FigureTitle() {}

  /** Over all arms. */
  static String of(ExperimentResult result) {
    int seeds = result.arms().stream().mapToInt(arm -> arm.trials().size()).max().orElse(1);
    return result.experiment().title() + seeds(seeds) + images(result);
  }

  /** Over one arm. */
  static String of(ExperimentResult result, ArmResult arm) {
    boolean alone = result.experiment().varied().isEmpty();
    return (alone ? result.experiment().title() : settings(result, arm))
        + seeds(arm.trials().size())
        + images(result);
  }

  /** The settings of an arm: {@code momentum 0.8, learning rate 0.001}. */
  static String settings(ExperimentResult result, ArmResult arm) {
    String words = result.experiment().inWords(arm.arm().settings()).replace('_', ' ');
    return words + (arm.first().training().diverged() ? ", diverged" : "");
  }

  /** What is said where images were rendered. */
  private static String images(ExperimentResult result) {
    return result.synthetic() ? " (synthetic images)" : "";
  }

  private static String seeds(int seeds) {
    return seeds == 1 ? "" : ", first of " + seeds + " seeds";
  }
}
