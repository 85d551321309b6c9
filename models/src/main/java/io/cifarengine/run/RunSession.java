// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.ConfigException;
import io.cifarengine.config.Setting;
import io.cifarengine.experiment.ComparisonExperiment;
import io.cifarengine.experiment.ComparisonResult;
import io.cifarengine.experiment.DataSource;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.GridExperiment;
import io.cifarengine.experiment.Outcome;
import io.cifarengine.experiment.SplitData;
import io.cifarengine.experiment.StoppedException;
import io.cifarengine.experiment.TableExperiment;
import io.cifarengine.experiment.TableResult;
import io.cifarengine.experiment.TrialListener;
import io.cifarengine.experiment.TrialResult;
import io.cifarengine.experiment.TrialRunner;
import io.cifarengine.files.AtomicFiles;
import io.cifarengine.report.OutcomeJson;
import io.cifarengine.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does what is left to do of a run, in its folder, which nobody else may work in meanwhile. */
public final class RunSession {
  private final Engine engine;
  private final DataSource source;
  private final StopSignal stop;
  private final Duration saveEvery;

  /**
   * A session on these images.
   *
   * @param saveEvery what a kill may cost at most, beside one update and the time to save
   */
  public RunSession(Engine engine, DataSource source, StopSignal stop, Duration saveEvery) {
    this.engine = engine;
    this.source = source;
    this.stop = stop;
    this.saveEvery = saveEvery;
  }

  /**
   * Begins a run or continues it from where it was last saved, and writes its result.
   *
   * @throws RunInUseException where somebody works in the folder
   * @throws StoppedException after saving, where the stop signal asked for it
   */
  @SuppressWarnings("try") // the lock is held while its block lasts
  public Outcome execute(RunDirectory run, TrialListener listener)
      throws IOException, ConfigException, StoppedException {
    if (isComplete(run)) { // nothing is written, so an archive may be read-only
      return saved(run, run.plan(), listener);
    }
    try (RunLock lock = RunLock.acquire(run.folder())) {
      RunPlan plan = run.plan();
      RunStatus status = run.status();
      run.removeDebris();
      begin(run, status);
      try {
        RunStore store = new RunStore(run, plan, saveEvery);
        Outcome outcome = outcome(plan, store, listener, made(plan));
        store.tidy();
        finish(run, status, outcome);
        return outcome;
      } catch (StoppedException e) {
        run.end(status, RunStatus.State.INTERRUPTED, "saved");
        throw e;
      } catch (IOException | RuntimeException | Error e) {
        run.noteFailure(status, e);
        throw e;
      }
    }
  }

  /** Whether it is over and all that it came to is there. */
  private static boolean isComplete(RunDirectory run) throws IOException, ConfigException {
    return run.status().isOver()
        && Files.exists(run.result())
        && run.plan().trials().stream()
            .allMatch(trial -> Files.exists(run.trialFile(trial.number())));
  }

  /** On what this session makes a result. */
  private OutcomeJson.Made made(RunPlan plan) {
    return new OutcomeJson.Made(
        source.name(plan.settings().value(Setting.DATASET)),
        source.synthetic(),
        engine.threads(),
        engine.simdBits());
  }

  private void begin(RunDirectory run, RunStatus before) throws IOException {
    run.status(before.now(RunStatus.State.RUNNING, ""));
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("threads", engine.threads());
    details.put("simd", engine.simdBits());
    details.put("java", Runtime.version().toString());
    run.event("start", details);
  }

  private Outcome outcome(
      RunPlan plan, RunStore store, TrialListener listener, OutcomeJson.Made made)
      throws IOException, StoppedException {
    if (plan.experiment() instanceof TableExperiment table) {
      SplitData data = SplitData.load(source, plan.settings());
      listener.onData(data);
      return table.run(engine, data, plan.settings());
    }
    List<TrialResult> trials =
        new TrialRunner(engine, atOnce(plan), source, store, listener, stop).run(plan.trials());
    if (plan.experiment() instanceof ComparisonExperiment comparison) {
      return new ComparisonResult(
          comparison,
          made.data(),
          made.synthetic(),
          made.threads(),
          made.simdBits(),
          trials,
          store.taken());
    }
    return new ExperimentResult(
        (GridExperiment) plan.experiment(),
        made.data(),
        made.synthetic(),
        made.threads(),
        made.simdBits(),
        trials);
  }

  /**
   * A comparison measures how long its trainings take, and they differ too much in length to end together: they
   * have all threads, one after another.
   */
  private int atOnce(RunPlan plan) {
    return plan.experiment() instanceof ComparisonExperiment ? 1 : engine.threads();
  }

  /** What a finished run came to, from what it saved, on what it was made then. */
  private Outcome saved(RunDirectory run, RunPlan plan, TrialListener listener)
      throws IOException, StoppedException {
    if (plan.experiment() instanceof TableExperiment table) {
      Optional<TableResult> result = OutcomeJson.readTable(table, run.result());
      if (result.isPresent()) {
        return result.get();
      }
    }
    RunStore store = new RunStore(run, plan, saveEvery);
    OutcomeJson.Made made = OutcomeJson.made(run.result()).orElse(made(plan));
    return outcome(plan, store, listener, made);
  }

  private static void finish(RunDirectory run, RunStatus status, Outcome outcome)
      throws IOException {
    AtomicFiles.write(run.result(), OutcomeJson.of(outcome));
    RunFiles.write(run, outcome);
    RunStatus.State state = outcome.failed() ? RunStatus.State.DIVERGED : RunStatus.State.DONE;
    run.end(status, state, outcome.verdict().words());
  }
}
