// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.config.ConfigException;
import io.cifarengine.data.DataException;
import io.cifarengine.experiment.EveryExperiment;
import io.cifarengine.experiment.Experiment;
import io.cifarengine.experiment.Outcome;
import io.cifarengine.experiment.StoppedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs every experiment in a folder of its own inside one run's, from where it was left. */
public final class AllSession {
  /** How one experiment is run. */
  @FunctionalInterface
  public interface Member {
    /** Begins or continues it. */
    Outcome run(RunDirectory run) throws IOException, ConfigException, StoppedException;
  }

  /**
   * What became of one experiment.
   *
   * @param outcome empty where there were no images for it
   * @param words the verdict, or what was wrong with the images
   */
  public record Row(Experiment experiment, Optional<Outcome> outcome, String words) {}

  private final Map<String, Object> environment;
  private final Member member;

  /**
   * A session that runs experiments so.
   *
   * @param environment what each begins on
   */
  public AllSession(Map<String, Object> environment, Member member) {
    this.environment = environment;
    this.member = member;
  }

  /**
   * The run of all experiments to go on with: the latest with these options and images that is not
   * over and in nobody's hands; empty where there is none. One that cannot be read is none.
   */
  public static Optional<RunDirectory> unfinished(Runs runs, RunPlan plan, String data)
      throws IOException {
    List<RunDirectory> before = runs.named(EveryExperiment.NAME);
    for (int i = before.size() - 1; i >= 0; i--) {
      RunDirectory run = before.get(i);
      try {
        if (isLeft(run, plan, data)) {
          return Optional.of(run);
        }
      } catch (IOException e) {
        // A damaged run must not keep a new one from beginning.
      }
    }
    return Optional.empty();
  }

  private static boolean isLeft(RunDirectory run, RunPlan plan, String data) throws IOException {
    return run.config().equals(plan.yaml())
        && run.environment().text(RunDirectory.DATA).equals(data)
        && !run.status().isOver()
        && !RunLock.isHeld(run.folder());
  }

  /** Runs what is left of all experiments. */
  @SuppressWarnings("try") // the lock is held while its block lasts
  public List<Row> execute(RunDirectory run) throws IOException, ConfigException, StoppedException {
    try (RunLock lock = RunLock.acquire(run.folder())) {
      RunStatus status = run.status();
      if (status.isOver()) {
        return rows(run);
      }
      run.status(status.now(RunStatus.State.RUNNING, ""));
      try {
        List<Row> rows = rows(run);
        boolean all = rows.stream().allMatch(row -> row.outcome().isPresent());
        RunStatus.State state = all ? RunStatus.State.DONE : RunStatus.State.INTERRUPTED;
        run.status(status.now(state, words(rows)));
        return rows;
      } catch (StoppedException e) {
        run.status(status.now(RunStatus.State.INTERRUPTED, "saved"));
        throw e;
      } catch (IOException | ConfigException | RuntimeException | Error e) {
        run.noteFailure(status, e);
        throw e;
      }
    }
  }

  private List<Row> rows(RunDirectory run) throws IOException, ConfigException, StoppedException {
    RunPlan plan = run.plan();
    List<Row> rows = new ArrayList<>();
    for (Experiment experiment : ((EveryExperiment) plan.experiment()).members()) {
      rows.add(row(run, RunPlan.of(experiment, plan.options())));
    }
    return List.copyOf(rows);
  }

  private Row row(RunDirectory all, RunPlan plan)
      throws IOException, ConfigException, StoppedException {
    Path folder = all.folder().resolve(plan.name());
    RunDirectory run =
        RunDirectory.isRun(folder)
            ? RunDirectory.open(folder)
            : RunDirectory.createAt(folder, plan, environment);
    try {
      Outcome outcome = member.run(run);
      return new Row(plan.experiment(), Optional.of(outcome), outcome.verdict().words());
    } catch (DataException e) {
      return new Row(plan.experiment(), Optional.empty(), "no data: " + e.getMessage());
    }
  }

  private static String words(List<Row> rows) {
    long done = rows.stream().filter(row -> row.outcome().isPresent()).count();
    return done + " of " + rows.size() + " experiments have a result";
  }
}
