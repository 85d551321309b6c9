// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.compute.Engine;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.StopSignal;
import io.cifarengine.train.Trainer;
import io.cifarengine.train.TrainingListener;
import io.cifarengine.train.TrainingResult;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;

/**
 * Runs trials: each from where its store has it, and up to a stop. As many train side by side as they may and as there
 * are threads, each with its share of these: two trainings on a thread each take less time than one after the other on
 * both. The bits are the same, and store and listener are called by one training at a time.
 */
public final class TrialRunner {
  private final Engine engine;
  private final int atOnce;
  private final SplitLoader images;
  private final TrialStore store;
  private final TrialListener listener;
  private final StopSignal stop;

  /**
   * A runner on these images.
   *
   * @param atOnce how many trials may train side by side
   */
  public TrialRunner(
      Engine engine,
      int atOnce,
      DataSource source,
      TrialStore store,
      TrialListener listener,
      StopSignal stop) {
    this.engine = engine;
    this.atOnce = atOnce;
    images = new SplitLoader(source, listener);
    this.store = store;
    this.listener = listener;
    this.stop = stop;
  }

  /**
   * Runs every trial that was not finished before, here or where the store takes it from. A trial that diverges does not
   * keep the others from going on; a failure does, after they have saved.
   *
   * @return the results in the order of the trials
   * @throws StoppedException after saving, where the stop signal asked for it
   */
  public List<TrialResult> run(List<Trial> trials) throws IOException, StoppedException {
    try {
      return new Pass(trials.size()).run(trials);
    } finally {
      listener.onEnd();
    }
  }

  /** One time through the trials. */
  private final class Pass {
    private final int trials;

    /** Who holds it has the store, the listener, the images and what follows to itself. */
    private final Object turn = new Object();

    private final Queue<Trial> open = new ArrayDeque<>();
    private final Map<Integer, TrialResult> results = new TreeMap<>();
    private Optional<Throwable> failure = Optional.empty();

    Pass(int trials) {
      this.trials = trials;
    }

    List<TrialResult> run(List<Trial> all) throws IOException, StoppedException {
      for (Trial trial : all) {
        Optional<TrialResult> before = store.finished(trial);
        if (before.isPresent()) {
          listener.onFinishedBefore(before.get(), trials);
          results.put(trial.number(), before.get());
        } else {
          open.add(trial);
        }
      }
      int lanes = Math.min(open.size(), Math.min(atOnce, engine.threads()));
      if (lanes > 0) {
        listener.onBegin(lanes);
      }
      if (lanes > 1) {
        sideBySide(lanes);
      } else {
        runOpen(engine);
      }
      return List.copyOf(results.values());
    }

    private void sideBySide(int lanes) throws IOException, StoppedException {
      List<Thread> threads = new ArrayList<>();
      for (int lane = 0; lane < lanes; lane++) {
        int share = (engine.threads() + lane) / lanes; // they add up to all of them
        threads.add(new Thread(() -> runLane(share), "training-" + (lane + 1)));
      }
      threads.forEach(Thread::start);
      threads.forEach(this::join);
      if (failure.isPresent()) {
        rethrow(failure.get());
      }
    }

    private void runLane(int share) {
      try (Engine own = engine.sibling(share)) {
        runOpen(own);
      } catch (Throwable t) { // an OutOfMemoryError must reach the caller like any other failure
        fail(t);
      }
    }

    /** The others save and stop. What went wrong counts more than that somebody asked to stop. */
    private void fail(Throwable cause) {
      synchronized (turn) {
        if (failure.isEmpty() || failure.get() instanceof StoppedException) {
          failure = Optional.of(cause);
        }
      }
    }

    private void join(Thread lane) {
      boolean interrupted = false;
      while (lane.isAlive()) {
        try {
          lane.join();
        } catch (InterruptedException e) {
          interrupted = true;
          fail(new StoppedException());
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    private static void rethrow(Throwable cause) throws IOException, StoppedException {
      if (cause instanceof IOException failed) {
        throw failed;
      }
      if (cause instanceof StoppedException stopped) {
        throw stopped;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) cause;
    }

    private void runOpen(Engine own) throws IOException, StoppedException {
      for (Optional<Trial> trial = next(); trial.isPresent(); trial = next()) {
        TrialResult result = run(own, trial.get());
        synchronized (turn) {
          results.put(trial.get().number(), result);
        }
      }
    }

    private Optional<Trial> next() {
      synchronized (turn) {
        return Optional.ofNullable(open.poll());
      }
    }

    private TrialResult run(Engine own, Trial trial) throws IOException, StoppedException {
      SplitData data;
      Trainer trainer;
      TrainingListener told;
      synchronized (turn) {
        requireNoStop();
        data = images.load(trial.settings());
        requireNoStop();
        Optional<TrialStore.Taken> taken = store.take(trial, data, own);
        if (taken.isPresent()) {
          listener.onTaken(taken.get().result(), taken.get().from(), trials);
          return taken.get().result();
        }
        trainer = Training.trainer(own, trial.settings(), data);
        store.restore(trial, data, trainer);
        told = inTurn(listener.onTrial(trial, trials, trainer));
      }
      while (trainer.advance(told)) {
        synchronized (turn) {
          if (isStopping()) {
            store.save(trial, data, trainer);
            throw new StoppedException();
          }
          store.afterUpdate(trial, data, trainer);
        }
      }
      synchronized (turn) {
        store.save(trial, data, trainer); // what was trained is safe before it is tested
      }
      trainer.restoreChosen();
      TrainingResult training = trainer.result();
      Optional<TestResult> test =
          trial.tested() && !training.failed()
              ? Optional.of(TestResult.of(trainer, data.test()))
              : Optional.empty();
      TrialResult result = new TrialResult(trial, training, test);
      synchronized (turn) {
        store.finish(result, data, trainer);
        listener.onResult(result);
      }
      return result;
    }

    private TrainingListener inTurn(TrainingListener told) {
      return new TrainingListener() {
        @Override
        public void onUpdate(
            int epoch, int update, int updates, double loss, int correct, int examples) {
          synchronized (turn) {
            told.onUpdate(epoch, update, updates, loss, correct, examples);
          }
        }

        @Override
        public void onEpoch(EpochReport report) {
          synchronized (turn) {
            told.onEpoch(report);
          }
        }
      };
    }

    private boolean isStopping() {
      return stop.isRequested() || failure.isPresent();
    }

    private void requireNoStop() throws StoppedException {
      if (isStopping()) {
        throw new StoppedException();
      }
    }
  }
}
