// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.config.ConfigException;
import io.cifarengine.config.Configuration;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.config.SplitOrder;
import io.cifarengine.experiment.Arm;
import io.cifarengine.experiment.ComparisonExperiment;
import io.cifarengine.experiment.Experiment;
import io.cifarengine.experiment.ExperimentOptions;
import io.cifarengine.experiment.Experiments;
import io.cifarengine.experiment.GridExperiment;
import io.cifarengine.experiment.Trial;
import io.cifarengine.files.Yaml;
import io.cifarengine.files.YamlEntry;
import io.cifarengine.files.YamlException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a run has to do, as its {@code config.yaml} says: an experiment of a paper with options, or one
 * training by settings, which is a grid of one arm without a paper.
 *
 * @param experiment what is run
 * @param options how, where not as in the paper
 * @param origins where settings came from, by their keys, that neither the paper nor a default gave
 */
public record RunPlan(
    Experiment experiment, ExperimentOptions options, Map<String, String> origins) {
  /** The folder of runs that are trainings by settings. */
  public static final String TRAIN = "train";

  private static final String EXPERIMENT = "experiment";
  private static final String SEEDS = "seeds";
  private static final String ONLY = "only";
  private static final String FRESH = "fresh";
  private static final List<Setting<?>> OPTIONS =
      List.of(Setting.SEED, Setting.EPOCHS, Setting.LIMIT, Setting.SPLIT);

  /** An experiment with these options. */
  public static RunPlan of(Experiment named, ExperimentOptions options) {
    Experiment experiment = named.lasting(options.epochs());
    Map<String, String> origins = new LinkedHashMap<>();
    Settings paper = experiment.settings();
    Settings settings = options.applyTo(paper);
    for (Setting<?> setting : Setting.all()) {
      boolean asked = !settings.value(setting).equals(paper.value(setting));
      origins.put(setting.key(), asked ? "option" : "paper");
    }
    return new RunPlan(experiment, options, origins);
  }

  /**
   * One training by a configuration.
   *
   * @throws ConfigException where it has problems
   */
  public static RunPlan training(Configuration configuration) throws ConfigException {
    Settings settings = configuration.settings();
    Map<String, String> origins = new LinkedHashMap<>();
    Setting.all().forEach(s -> origins.put(s.key(), configuration.origin(s)));
    GridExperiment alone =
        new GridExperiment(
            TRAIN,
            "one training by its settings",
            "no paper",
            "Trains a network by its settings and tests it.",
            List.of(),
            List.of(new Arm(settings, List.of(), OptionalInt.empty(), true)),
            "there is no paper to compare with",
            Optional.empty());
    long seed = settings.value(Setting.SEED);
    return new RunPlan(alone, ExperimentOptions.none().withSeed(seed), origins);
  }

  /** The same with another (first) seed. */
  public RunPlan withSeed(long seed) {
    return new RunPlan(experiment, options.withSeed(seed), origins);
  }

  /** The name of the folder for runs like this. */
  public String name() {
    return experiment.name();
  }

  /** Whether it is one training by settings. */
  public boolean isTraining() {
    return experiment.name().equals(TRAIN);
  }

  /** Every training of the run. */
  public List<Trial> trials() {
    if (experiment instanceof ComparisonExperiment comparison) {
      return options.trials(comparison);
    }
    return experiment instanceof GridExperiment grid ? options.trials(grid) : List.of();
  }

  /** Whether trainings that other runs have finished count as the run's own. */
  boolean takesOver() {
    return experiment instanceof ComparisonExperiment && !options.fresh();
  }

  /** Whether the network of this trial may be the run's model: of a comparison, the paper's best. */
  boolean givesModel(Trial trial) {
    return !(experiment instanceof ComparisonExperiment comparison)
        || trial.arm().filter(comparison.best().tested()::equals).isPresent();
  }

  /** The settings of its data and first trial. */
  public Settings settings() {
    return options.applyTo(experiment.settings());
  }

  /** The text of {@code config.yaml}. */
  public String yaml() {
    if (isTraining()) {
      return Configuration.print(settings(), origins);
    }
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put(EXPERIMENT, name());
    entries.put(Setting.SEED.key(), Long.toString(options.seed()));
    entries.put(SEEDS, Integer.toString(options.seeds()));
    options.epochs().ifPresent(n -> entries.put(Setting.EPOCHS.key(), Integer.toString(n)));
    options.limit().ifPresent(n -> entries.put(Setting.LIMIT.key(), Integer.toString(n)));
    options.split().ifPresent(split -> entries.put(Setting.SPLIT.key(), split.toString()));
    if (!options.only().isEmpty()) {
      List<String> only = new ArrayList<>();
      options.only().forEach((setting, value) -> only.add(setting.key() + "=" + value));
      entries.put(ONLY, only);
    }
    if (options.fresh()) {
      entries.put(FRESH, "true");
    }
    return Yaml.write(entries);
  }

  /** Every setting of the first trial, and of the others what differs, for {@code config.resolved.json}. */
  Map<String, Object> resolved() {
    Map<String, Object> resolved = new LinkedHashMap<>();
    resolved.put(EXPERIMENT, name());
    resolved.put("settings", settings().inWords());
    resolved.put("origins", origins);
    List<Map<String, Object>> trials = new ArrayList<>();
    for (Trial trial : trials()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("trial", trial.number());
      entry.put("label", trial.label());
      entry.put("tested", trial.tested());
      entry.put("settings", trial.settings().inWords());
      trials.add(entry);
    }
    resolved.put("trials", trials);
    return resolved;
  }

  /** Reads the text of a {@code config.yaml}. */
  public static RunPlan read(String name, String text) throws ConfigException {
    Map<String, List<String>> entries = entries(name, text);
    List<String> experiment = entries.remove(EXPERIMENT);
    if (experiment == null) {
      return training(Configuration.defaults().text(name, text));
    }
    Optional<Experiment> known = Experiments.named(String.join(",", experiment));
    if (known.isEmpty()) {
      throw new ConfigException(List.of(name + ": unknown experiment " + experiment));
    }
    Map<Setting<?>, String> only = new LinkedHashMap<>();
    for (String pair : Optional.ofNullable(entries.remove(ONLY)).orElse(List.of())) {
      int equals = Math.max(0, pair.indexOf('='));
      Setting<?> setting =
          Setting.named(pair.substring(0, equals))
              .orElseThrow(() -> new ConfigException(List.of(name + ": only: unknown " + pair)));
      only.put(setting, pair.substring(equals + 1));
    }
    int seeds = seeds(name, Optional.ofNullable(entries.remove(SEEDS)));
    boolean fresh = fresh(name, Optional.ofNullable(entries.remove(FRESH)));
    Configuration rest = Configuration.defaults();
    for (Map.Entry<String, List<String>> entry : entries.entrySet()) {
      Setting<?> setting = option(name, entry.getKey());
      rest.option(setting, String.join(",", entry.getValue()), name);
    }
    Settings settings = rest.settings();
    ExperimentOptions options =
        new ExperimentOptions(
            given(entries, Setting.EPOCHS)
                ? OptionalInt.of(settings.value(Setting.EPOCHS))
                : OptionalInt.empty(),
            given(entries, Setting.LIMIT)
                ? OptionalInt.of(settings.value(Setting.LIMIT))
                : OptionalInt.empty(),
            given(entries, Setting.SPLIT)
                ? Optional.of(settings.value(Setting.SPLIT))
                : Optional.<SplitOrder>empty(),
            settings.value(Setting.SEED),
            seeds,
            only,
            fresh);
    return of(known.get(), options);
  }

  /** An experiment has its other settings from its paper. */
  private static Setting<?> option(String name, String key) throws ConfigException {
    return OPTIONS.stream()
        .filter(setting -> setting.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    List.of(
                        name
                            + ": "
                            + key
                            + ": no option of an experiment (expected one of "
                            + OPTIONS
                            + ")")));
  }

  private static boolean given(Map<String, List<String>> entries, Setting<?> setting) {
    return entries.containsKey(setting.key());
  }

  private static int seeds(String name, Optional<List<String>> words) throws ConfigException {
    String text = words.map(w -> String.join(",", w)).orElse("1");
    if (!text.matches("[1-9]\\d{0,3}")) {
      throw new ConfigException(
          List.of(name + ": seeds: expected a whole number from 1 to 9999, found " + text));
    }
    return Integer.parseInt(text);
  }

  private static boolean fresh(String name, Optional<List<String>> words) throws ConfigException {
    String text = words.map(w -> String.join(",", w)).orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      throw new ConfigException(List.of(name + ": fresh: expected true or false, found " + text));
    }
    return text.equals("true");
  }

  private static Map<String, List<String>> entries(String name, String text)
      throws ConfigException {
    Map<String, List<String>> entries = new LinkedHashMap<>();
    try {
      for (YamlEntry entry : Yaml.parse(name, text).root().entries()) {
        entries.put(entry.key().text(), entry.value().texts().orElse(List.of()));
      }
    } catch (YamlException e) {
      throw new ConfigException(List.of(e.getMessage()));
    }
    return entries;
  }
}
