// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import java.util.List;
import java.util.Map;

/**
 * How to run an experiment.
 *
 * @param epochs how long each arm trains
 * @param limit the most images of each split, {@link Integer#MAX_VALUE} for all
 * @param shuffledSplit whether the training images are shuffled before 80 % are taken to train
 * @param seed of that shuffle
 * @param only the values that an arm must have to be run, by setting
 */
public record ExperimentOptions(
    int epochs, int limit, boolean shuffledSplit, long seed, Map<Setting, String> only) {

  /** The experiment as the paper has it. */
  public static ExperimentOptions of(Experiment experiment) {
    return new ExperimentOptions(experiment.epochs(), Integer.MAX_VALUE, true, 42, Map.of());
  }

  /** The same for these arms alone. */
  public ExperimentOptions withOnly(Map<Setting, String> only) {
    return new ExperimentOptions(epochs, limit, shuffledSplit, seed, only);
  }

  /** The arms to run, in the experiment's order. */
  public List<Arm> arms(Experiment experiment) {
    return experiment.arms().stream().filter(this::matches).toList();
  }

  private boolean matches(Arm arm) {
    return only.entrySet().stream()
        .allMatch(entry -> entry.getKey().matches(arm.settings(), entry.getValue()));
  }
}
