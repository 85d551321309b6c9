// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.ConfigException;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.experiment.DataSource;
import io.cifarengine.experiment.SplitData;
import io.cifarengine.experiment.SplitLoader;
import io.cifarengine.experiment.TableExperiment;
import io.cifarengine.experiment.Training;
import io.cifarengine.experiment.Trial;
import io.cifarengine.experiment.TrialListener;
import io.cifarengine.experiment.TrialResult;
import io.cifarengine.files.JsonException;
import io.cifarengine.files.JsonObject;
import io.cifarengine.files.UnreadableFileException;
import io.cifarengine.report.OutcomeJson;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.Trainer;
import io.cifarengine.train.TrainingListener;
import io.cifarengine.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Trains a run's trials again, from the first update and in memory, and compares the digest of the
 * weights after every epoch with the recorded one. Nothing is written.
 */
public final class Verification {
  private static final String DIVERGED = "diverged";

  private final Engine engine;
  private final DataSource source;
  private final TrialListener listener;
  private final OptionalInt epochs;
  private final OptionalLong seed;

  /**
   * A verification on these images.
   *
   * @param epochs how many epochs of each trial, where not all
   * @param seed the seed to train with, where not the run's
   */
  public Verification(
      Engine engine,
      DataSource source,
      TrialListener listener,
      OptionalInt epochs,
      OptionalLong seed) {
    this.engine = engine;
    this.source = source;
    this.listener = listener;
    this.epochs = epochs;
    this.seed = seed;
  }

  /** Does a run again; a trial ends with the first epoch that differs. */
  public VerifiedRun verify(RunDirectory run) throws IOException, ConfigException {
    RunPlan configured = run.plan();
    List<String> problems = configurationProblems(run, configured);
    RunPlan plan = seed.isPresent() ? configured.withSeed(seed.getAsLong()) : configured;
    if (plan.experiment() instanceof TableExperiment table) {
      return new VerifiedRun(run, problems, List.of(), table(run, plan, table));
    }
    List<Trial> trials = plan.trials();
    boolean over = run.status().isOver();
    SplitLoader images = new SplitLoader(source, listener);
    List<VerifiedTrial> verified = new ArrayList<>();
    try {
      for (TrialRecord record : TrialRecord.of(run, trials)) {
        verified.add(verify(record, over, trials.size(), images));
      }
    } finally {
      listener.onEnd();
    }
    return new VerifiedRun(run, problems, List.copyOf(verified), Optional.empty());
  }

  private Optional<Boolean> table(RunDirectory run, RunPlan plan, TableExperiment table)
      throws IOException {
    if (!Files.exists(run.result())) {
      return Optional.empty();
    }
    SplitData data = SplitData.load(source, plan.settings());
    listener.onData(data);
    String again = OutcomeJson.of(table.run(engine, data, plan.settings()));
    return Optional.of(again.equals(Files.readString(run.result())));
  }

  private VerifiedTrial verify(TrialRecord record, boolean over, int trials, SplitLoader images)
      throws IOException {
    if (record.training().isEmpty()) {
      Optional<String> lost =
          over
              ? Optional.of("nothing is recorded of it, though the run is over")
              : Optional.empty();
      return new VerifiedTrial(record, 0, Optional.empty(), List.of(), lost);
    }
    List<SettingChange> changes = record.changes();
    if (isChanged(changes, List.of(Setting.DATASET))) {
      return untrained(record, changes, "not trained again: its images are of another dataset");
    }
    String numerics = Integer.toString(Engine.NUMERICS);
    if (!record.numerics().equals(numerics)) {
      return untrained(
          record, changes, "made with numerics " + record.numerics() + ", this is " + numerics);
    }
    SplitData data = images.load(record.trial().settings());
    if (!data.digest().equals(record.data()) && !isChanged(changes, SplitLoader.SETTINGS)) {
      return untrained(
          record,
          changes,
          "other images (recorded sha256 " + record.data() + ", found " + data.digest() + ")");
    }
    return train(record, changes, trials, data);
  }

  private static boolean isChanged(List<SettingChange> changes, List<Setting<?>> settings) {
    return changes.stream()
        .anyMatch(change -> settings.stream().anyMatch(s -> s.key().equals(change.setting())));
  }

  private static VerifiedTrial untrained(
      TrialRecord record, List<SettingChange> changes, String why) {
    return new VerifiedTrial(record, 0, Optional.empty(), changes, Optional.of(why));
  }

  private VerifiedTrial train(
      TrialRecord record, List<SettingChange> changes, int trials, SplitData data) {
    Trial trial = record.trial();
    Trainer trainer = Training.trainer(engine, trial.settings(), data);
    List<EpochReport> recorded = record.epochs();
    int most = Math.min(epochs.orElse(Integer.MAX_VALUE), recorded.size());
    boolean untilDivergence = diverged(record) && epochs.orElse(Integer.MAX_VALUE) > most;
    int all = most + (untilDivergence ? 1 : 0);
    TrainingListener told = listener.onTrial(lasting(trial, all), trials, trainer);
    int compared = 0;
    Optional<VerifiedTrial.Difference> difference = Optional.empty();
    while (difference.isEmpty() && compared < most) {
      EpochReport report = recorded.get(compared);
      String found = nextDigest(trainer, told);
      compared++;
      if (!found.equals(report.digest())) {
        difference =
            Optional.of(new VerifiedTrial.Difference(report.epoch(), report.digest(), found));
      }
    }
    if (difference.isEmpty() && untilDivergence) {
      String found = nextDigest(trainer, told);
      compared++;
      if (!found.equals(DIVERGED)) {
        int epoch = trainer.plan().firstEpoch() + most;
        difference = Optional.of(new VerifiedTrial.Difference(epoch, DIVERGED, found));
      }
    }
    listener.onResult(new TrialResult(trial, trainer.result(), Optional.empty()));
    return new VerifiedTrial(record, compared, difference, changes, Optional.empty());
  }

  /** The trial as it is trained here, with so many epochs. */
  private static Trial lasting(Trial trial, int epochs) {
    Settings settings = trial.settings().with(Setting.EPOCHS, epochs);
    return new Trial(trial.number(), trial.label(), settings, trial.tested(), trial.arm());
  }

  private static boolean diverged(TrialRecord record) {
    return record.training().filter(TrainingResult::diverged).isPresent();
  }

  /** Trains one epoch; its digest, or why there is none. */
  private static String nextDigest(Trainer trainer, TrainingListener told) {
    int before = trainer.epochs().size();
    boolean more = !trainer.isDone();
    while (more && trainer.epochs().size() == before) {
      more = trainer.advance(told);
    }
    if (trainer.epochs().size() > before) {
      return trainer.epochs().get(before).digest();
    }
    return trainer.result().diverged() ? DIVERGED : "no such epoch";
  }

  /** How {@code config.yaml} differs from what the run's other file of settings says. */
  private static List<String> configurationProblems(RunDirectory run, RunPlan plan)
      throws IOException {
    Set<String> problems = new LinkedHashSet<>(); // most settings change in every trial alike
    List<Trial> trials = plan.trials();
    try {
      JsonObject resolved = run.resolved();
      String experiment = resolved.text("experiment");
      if (!experiment.equals(plan.name())) {
        problems.add("experiment: recorded " + experiment + ", now " + plan.name());
      }
      addChanges(problems, resolved, plan.settings());
      List<JsonObject> recorded = resolved.objects("trials");
      if (recorded.size() != trials.size()) {
        problems.add("trials: recorded " + recorded.size() + ", now " + trials.size());
      }
      for (int i = 0; i < Math.min(recorded.size(), trials.size()); i++) {
        addChanges(problems, recorded.get(i), trials.get(i).settings());
      }
    } catch (UnreadableFileException | JsonException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return List.copyOf(problems);
  }

  private static void addChanges(Set<String> problems, JsonObject entry, Settings now)
      throws JsonException {
    JsonObject settings = entry.object("settings");
    Map<String, String> recorded = new LinkedHashMap<>();
    for (String key : settings.keys()) {
      recorded.put(key, settings.text(key));
    }
    SettingChange.between(recorded, now).forEach(change -> problems.add(change.inWords()));
  }
}
