// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.experiment.SplitData;
import io.cifarengine.experiment.Trial;
import io.cifarengine.experiment.TrialResult;
import io.cifarengine.experiment.TrialStore;
import io.cifarengine.train.Checkpoint;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps a run's trials in its folder: checkpoints, models, and the tables of epochs and events. */
final class RunStore implements TrialStore {
  private final RunDirectory run;
  private final long saveNanos;
  private final Metrics metrics;

  /** Epochs that are in the table, by trial. */
  private final Map<Integer, List<EpochReport>> written = new TreeMap<>();

  private long saved = System.nanoTime();

  /** A store that saves a trial's progress each time this has passed. */
  RunStore(RunDirectory run, Duration saveEvery) {
    this.run = run;
    saveNanos = saveEvery.toNanos();
    metrics = new Metrics(run.metrics());
  }

  @Override
  public Optional<TrialResult> finished(Trial trial) throws IOException {
    Path file = run.trialFile(trial.number());
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    TrialResult result = TrialFile.read(file, trial);
    written.put(trial.number(), result.training().epochs());
    return Optional.of(result);
  }

  @Override
  public void restore(Trial trial, SplitData data, Trainer trainer) throws IOException {
    Optional<Checkpoint> last = TrialFile.last(run).filter(c -> TrialFile.isOf(c, trial));
    if (last.isPresent()) {
      TrialFile.require(run.lastCheckpoint(), last.get(), trial, data);
      last.get().restore(trainer);
    }
    written.put(trial.number(), new ArrayList<>(trainer.epochs()));
    metrics.rewrite(written);
    event(last.isPresent() ? "resume" : "begin", trial, trainer);
    saved = System.nanoTime();
  }

  @Override
  public void afterUpdate(Trial trial, SplitData data, Trainer trainer) throws IOException {
    writeNewEpochs(trial, trainer);
    if (System.nanoTime() - saved >= saveNanos) {
      save(trial, data, trainer);
    }
  }

  @Override
  public void save(Trial trial, SplitData data, Trainer trainer) throws IOException {
    writeNewEpochs(trial, trainer);
    if (trainer.isFinite()) { // else it is about to end, and the last good checkpoint stays
      Checkpoint.save(run.lastCheckpoint(), trainer, TrialFile.texts(trial, data));
      event("checkpoint", trial, trainer);
    }
    saved = System.nanoTime();
  }

  @Override
  public void finish(TrialResult result, SplitData data, Trainer trainer) throws IOException {
    Trial trial = result.trial();
    writeNewEpochs(trial, trainer);
    if (result.test().isPresent() && !Files.exists(run.bestModel())) { // the first seed's stays
      TrialFile.writeModel(run.bestModel(), result, data, trainer.network());
    }
    TrialFile.write(run.trialFile(trial.number()), result, data, trainer);
    event(result.training().diverged() ? "diverged" : "finished", trial, trainer);
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
