// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.compute.Engine;
import io.cifarengine.train.StopSignal;
import io.cifarengine.train.Trainer;
import io.cifarengine.train.TrainingResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs trials one after another: each from where its store has it, and up to a stop. */
public final class TrialRunner {
  private final Engine engine;
  private final SplitLoader images;
  private final TrialStore store;
  private final TrialListener listener;
  private final StopSignal stop;

  /** A runner on these images. */
  public TrialRunner(
      Engine engine, DataSource source, TrialStore store, TrialListener listener, StopSignal stop) {
    this.engine = engine;
    images = new SplitLoader(source, listener);
    this.store = store;
    this.listener = listener;
    this.stop = stop;
  }

  /**
   * Runs every trial that was not finished before, here or where the store takes it from. A trial that diverges does not keep the others from
   * going on.
   *
   * @throws StoppedException after saving, where the stop signal asked for it
   */
  public List<TrialResult> run(List<Trial> trials) throws IOException, StoppedException {
    List<TrialResult> results = new ArrayList<>();
    try {
      for (Trial trial : trials) {
        Optional<TrialResult> before = store.finished(trial);
        if (before.isPresent()) {
          listener.onFinishedBefore(before.get(), trials.size());
          results.add(before.get());
        } else {
          results.add(run(trial, trials.size()));
        }
      }
    } finally {
      listener.onEnd();
    }
    return List.copyOf(results);
  }

  private TrialResult run(Trial trial, int trials) throws IOException, StoppedException {
    requireNoStop();
    SplitData data = images.load(trial.settings());
    requireNoStop();
    Optional<TrialStore.Taken> taken = store.take(trial, data, engine);
    if (taken.isPresent()) {
      listener.onTaken(taken.get().result(), taken.get().from(), trials);
      return taken.get().result();
    }
    Trainer trainer = Training.trainer(engine, trial.settings(), data);
    store.restore(trial, data, trainer);
    listener.onTrial(trial, trials, trainer);
    while (trainer.advance(listener)) {
      if (stop.isRequested()) {
        store.save(trial, data, trainer);
        throw new StoppedException();
      }
      store.afterUpdate(trial, data, trainer);
    }
    store.save(trial, data, trainer); // what was trained is safe before it is tested
    trainer.restoreChosen();
    TrainingResult training = trainer.result();
    Optional<TestResult> test =
        trial.tested() && !training.failed()
            ? Optional.of(TestResult.of(trainer, data.test()))
            : Optional.empty();
    TrialResult result = new TrialResult(trial, training, test);
    store.finish(result, data, trainer);
    listener.onResult(result);
    return result;
  }

  private void requireNoStop() throws StoppedException {
    if (stop.isRequested()) {
      throw new StoppedException();
    }
  }
}
