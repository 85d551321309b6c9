// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.compute.Engine;
import io.cifarengine.experiment.SplitData;
import io.cifarengine.experiment.SplitLoader;
import io.cifarengine.experiment.Training;
import io.cifarengine.experiment.Trial;
import io.cifarengine.experiment.TrialResult;
import io.cifarengine.experiment.TrialStore;
import io.cifarengine.files.UnreadableFileException;
import io.cifarengine.nn.Network;
import io.cifarengine.train.Checkpoint;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps a run's trials in its folder: checkpoints, models, and the tables of epochs and events. */
final class RunStore implements TrialStore {
  private final RunDirectory run;
  private final RunPlan plan;
  private final long saveNanos;
  private final Metrics metrics;

  /** Epochs that are in the table, by trial. */
  private final Map<Integer, List<EpochReport>> written = new TreeMap<>();

  /** The runs that finished trials were taken over from, by trial. */
  private final Map<Integer, String> taken = new TreeMap<>();

  /** A finished trial for each of the images that the settings of trials name. */
  private final Map<List<Object>, TrialFile.Finished> images = new HashMap<>();

  /** When each trial in progress was saved last. */
  private final Map<Integer, Long> saved = new HashMap<>();

  /** The trial whose network is the run's model: of those that may give it, the first. */
  private int modelOf = Integer.MAX_VALUE;

  /** A store that saves a trial's progress each time this has passed. */
  RunStore(RunDirectory run, RunPlan plan, Duration saveEvery) {
    this.run = run;
    this.plan = plan;
    saveNanos = saveEvery.toNanos();
    metrics = new Metrics(run.metrics());
  }

  @Override
  public Optional<TrialResult> finished(Trial trial) throws IOException {
    Path file = run.trialFile(trial.number());
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    TrialFile.Finished finished = TrialFile.read(file, trial);
    TrialResult result = finished.result();
    if (givesModel(result)) {
      modelOf = Math.min(modelOf, trial.number());
    }
    written.put(trial.number(), result.training().epochs());
    finished.takenFrom().ifPresent(from -> taken.put(trial.number(), from));
    images.put(SplitLoader.decisive(trial.settings()), finished);
    return Optional.of(result);
  }

  /** One run is of the same images from its first trial to its last. */
  private void requireSameImages(Trial trial, SplitData data) throws UnreadableFileException {
    TrialFile.Finished before = images.get(SplitLoader.decisive(trial.settings()));
    if (before != null) {
      before.requireImages(data);
    }
  }

  @Override
  public Optional<Taken> take(Trial trial, SplitData data, Engine engine) throws IOException {
    requireSameImages(trial, data);
    if (!plan.takesOver()) {
      return Optional.empty();
    }
    Network network =
        Training.network(
            engine, trial.settings(), data.train().exampleShape(), data.train().classes());
    for (OtherRuns.Candidate candidate : OtherRuns.like(trial, run)) {
      Optional<TrialFile.TakenFile> file = read(candidate, trial, data, network);
      if (file.isPresent()) {
        String from = candidate.run().id();
        keep(file.get(), from, data, network);
        return Optional.of(new Taken(file.get().result(), from));
      }
    }
    return Optional.empty();
  }

  /** A file that is damaged, or of another training, is passed over. */
  private static Optional<TrialFile.TakenFile> read(
      OtherRuns.Candidate candidate, Trial trial, SplitData data, Network network) {
    try {
      return TrialFile.taken(candidate.file(), trial, data, network);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The trial's file is the last, since with it the trial is finished. */
  private void keep(TrialFile.TakenFile file, String from, SplitData data, Network network)
      throws IOException {
    Trial trial = file.result().trial();
    keepModel(file.result(), data, network);
    written.put(trial.number(), file.result().training().epochs());
    metrics.rewrite(written);
    file.write(run.trialFile(trial.number()), from);
    taken.put(trial.number(), from);
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("trial", trial.number());
    details.put("from", from);
    run.event("taken", details);
  }

  /** The runs that trials were taken over from, by their numbers. */
  Map<Integer, String> taken() {
    return Collections.unmodifiableMap(taken);
  }

  @Override
  public void restore(Trial trial, SplitData data, Trainer trainer) throws IOException {
    Optional<Checkpoint> last = TrialFile.last(run, trial);
    if (last.isPresent()) {
      TrialFile.require(run.lastCheckpoint(trial.number()), last.get(), trial, data);
      last.get().restore(trainer);
    }
    written.put(trial.number(), new ArrayList<>(trainer.epochs()));
    metrics.rewrite(written);
    event(last.isPresent() ? "resume" : "begin", trial, trainer);
    saved.put(trial.number(), System.nanoTime());
  }

  @Override
  public void afterUpdate(Trial trial, SplitData data, Trainer trainer) throws IOException {
    writeNewEpochs(trial, trainer);
    long now = System.nanoTime();
    if (now - saved.getOrDefault(trial.number(), now) >= saveNanos) {
      save(trial, data, trainer);
    }
  }

  @Override
  public void save(Trial trial, SplitData data, Trainer trainer) throws IOException {
    writeNewEpochs(trial, trainer);
    if (trainer.isFinite()) { // else it is about to end, and the last good checkpoint stays
      Path file = run.lastCheckpoint(trial.number());
      Checkpoint.save(file, trainer, TrialFile.texts(trial, data));
      event("checkpoint", trial, trainer);
    }
    saved.put(trial.number(), System.nanoTime());
  }

  @Override
  public void finish(TrialResult result, SplitData data, Trainer trainer) throws IOException {
    Trial trial = result.trial();
    writeNewEpochs(trial, trainer);
    keepModel(result, data, trainer.network());
    TrialFile.write(run.trialFile(trial.number()), result, data, trainer);
    Files.deleteIfExists(run.lastCheckpoint(trial.number()));
    metrics.rewrite(written); // rows of trials that trained side by side stand mixed so far
    event(result.training().diverged() ? "diverged" : "finished", trial, trainer);
  }

  /** Does what a kill may have kept from being done after a trial's file was written. */
  void tidy() throws IOException {
    metrics.rewrite(written);
    for (int number : written.keySet()) {
      Files.deleteIfExists(run.lastCheckpoint(number));
    }
  }

  private void keepModel(TrialResult result, SplitData data, Network network) throws IOException {
    int number = result.trial().number();
    if (givesModel(result) && number < modelOf) { // whichever is done first
      TrialFile.writeModel(run.bestModel(), result, data, network);
      modelOf = number;
    }
  }

  private boolean givesModel(TrialResult result) {
    return result.test().isPresent() && plan.givesModel(result.trial());
  }

  private void writeNewEpochs(Trial trial, Trainer trainer) throws IOException {
    List<EpochReport> known = written.computeIfAbsent(trial.number(), number -> new ArrayList<>());
    List<EpochReport> all = trainer.epochs();
    for (int i = known.size(); i < all.size(); i++) {
      metrics.add(trial.number(), all.get(i));
      known.add(all.get(i));
    }
  }

  private void event(String what, Trial trial, Trainer trainer) throws IOException {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("trial", trial.number());
    details.put("epochs", trainer.epochs().size());
    details.put("updates", trainer.updates());
    run.event(what, details);
  }
}
