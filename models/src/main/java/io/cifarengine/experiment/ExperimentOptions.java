// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.config.SplitOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to run an experiment other than as the paper does.
 *
 * @param epochs how long each arm trains, where not as long as in the paper
 * @param limit the most images of each split
 * @param split how the training images are cut, where not as in the paper
 * @param seed of split, weights and order; with more seeds the first one
 * @param seeds how many seeds each arm is trained with
 * @param only the values that an arm must have to be run, by setting, as they are written
 * @param fresh whether every training is made here, also where another run has the same one
 */
public record ExperimentOptions(
    OptionalInt epochs,
    OptionalInt limit,
    Optional<SplitOrder> split,
    long seed,
    int seeds,
    Map<Setting<?>, String> only,
    boolean fresh) {

  /** The experiment as the paper has it. */
  public static ExperimentOptions none() {
    return new ExperimentOptions(
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Setting.SEED.defaultValue(),
        1,
        Map.of(),
        false);
  }

  /** The same for these arms alone. */
  public ExperimentOptions withOnly(Map<Setting<?>, String> arms) {
    return new ExperimentOptions(epochs, limit, split, seed, seeds, arms, fresh);
  }

  /** The same with another (first) seed. */
  public ExperimentOptions withSeed(long first) {
    return new ExperimentOptions(epochs, limit, split, first, seeds, only, fresh);
  }

  /** The arms to run, in the experiment's order. */
  public List<Arm> arms(GridExperiment experiment) {
    return experiment.arms().stream().filter(this::matches).toList();
  }

  private boolean matches(Arm arm) {
    return only.entrySet().stream()
        .allMatch(entry -> entry.getKey().matches(arm.settings(), entry.getValue()));
  }

  /** Every training of an experiment: all arms with the first seed, all arms with the next one. */
  public List<Trial> trials(GridExperiment experiment) {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      for (Arm arm : arms(experiment)) {
        String words = experiment.inWords(applyTo(arm.settings()));
        trials.add(trial(trials.size() + 1, words, arm, i));
      }
    }
    return List.copyOf(trials);
  }

  /** Every training of a comparison: all members with the first seed, all members with the next one. */
  public List<Trial> trials(ComparisonExperiment experiment) {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      for (GridExperiment member : experiment.members()) {
        trials.add(trial(trials.size() + 1, member.name(), member.tested(), i));
      }
    }
    return List.copyOf(trials);
  }

  private Trial trial(int number, String words, Arm arm, int seedIndex) {
    long own = seed + seedIndex;
    Settings settings = applyTo(arm.settings()).with(Setting.SEED, own);
    String label = seeds == 1 ? words : words + ", seed " + own;
    return new Trial(number, label, settings, arm.tested(), Optional.of(arm));
  }

  /** The settings with these options instead of the paper's. */
  public Settings applyTo(Settings paper) {
    Settings settings = paper.with(Setting.SEED, seed);
    if (epochs.isPresent()) {
      settings = settings.with(Setting.EPOCHS, epochs.getAsInt());
    }
    if (limit.isPresent()) {
      settings = settings.with(Setting.LIMIT, limit.getAsInt());
    }
    return split.isPresent() ? settings.with(Setting.SPLIT, split.get()) : settings;
  }
}
