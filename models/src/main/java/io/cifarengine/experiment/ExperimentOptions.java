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
 */
public record ExperimentOptions(
    OptionalInt epochs,
    OptionalInt limit,
    Optional<SplitOrder> split,
    long seed,
    int seeds,
    Map<Setting<?>, String> only) {

  /** The experiment as the paper has it. */
  public static ExperimentOptions none() {
    return new ExperimentOptions(
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Setting.SEED.defaultValue(),
        1,
        Map.of());
  }

  /** The same for these arms alone. */
  public ExperimentOptions withOnly(Map<Setting<?>, String> arms) {
    return new ExperimentOptions(epochs, limit, split, seed, seeds, arms);
  }

  /** The same with another (first) seed. */
  public ExperimentOptions withSeed(long first) {
    return new ExperimentOptions(epochs, limit, split, first, seeds, only);
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
        Settings settings = applyTo(arm.settings()).with(Setting.SEED, seed + i);
        String words = experiment.inWords(settings);
        String label = seeds == 1 ? words : words + ", seed " + (seed + i);
        trials.add(new Trial(trials.size() + 1, label, settings, arm.tested(), Optional.of(arm)));
      }
    }
    return List.copyOf(trials);
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
