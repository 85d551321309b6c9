// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.config.ConfigException;
import io.cifarengine.experiment.EveryExperiment;
import io.cifarengine.experiment.TableExperiment;
import io.cifarengine.experiment.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run in one line.
 *
 * @param state as its status says, but {@code killed} where it says running and nobody works on it, and
 *     {@code damaged} where its files cannot be read
 * @param started when it was made, in UTC; empty where it is damaged
 * @param resumable whether {@code resume} has something to do
 * @param progress what is done of what there is to do, such as {@code 3/6 trials}
 * @param words its verdict, or why it ended, or what is damaged
 * @param members the runs inside
 */
public record RunOverview(
    RunDirectory run,
    String state,
    Optional<String> started,
    boolean resumable,
    String progress,
    String words,
    List<RunOverview> members) {
  private static final String KILLED = "killed";
  private static final String DAMAGED = "damaged";

  /** The overview of a run; damage is part of it and never thrown. */
  public static RunOverview of(RunDirectory run) {
    try {
      List<RunOverview> members = new ArrayList<>();
      for (RunDirectory member : run.members()) {
        members.add(of(member));
      }
      RunStatus status = run.status();
      boolean held = RunLock.isHeld(run.folder());
      boolean killed = status.state() == RunStatus.State.RUNNING && !held;
      return new RunOverview(
          run,
          killed ? KILLED : status.state().toString(),
          Optional.of(status.started()),
          !status.isOver() && !held,
          progress(run, members),
          status.words(),
          List.copyOf(members));
    } catch (IOException | ConfigException e) {
      String why = String.valueOf(e.getMessage()).replaceAll("\\R", " ");
      return new RunOverview(run, DAMAGED, Optional.empty(), false, "-", why, List.of());
    }
  }

  private static String progress(RunDirectory run, List<RunOverview> members)
      throws IOException, ConfigException {
    RunPlan plan = run.plan();
    if (plan.experiment() instanceof EveryExperiment every) {
      long done = members.stream().filter(member -> member.isDone()).count();
      return done + "/" + every.members().size() + " experiments";
    }
    if (plan.experiment() instanceof TableExperiment) {
      return Files.exists(run.result()) ? "1/1 table" : "0/1 table";
    }
    List<Trial> trials = plan.trials();
    long done = trials.stream().filter(t -> Files.exists(run.trialFile(t.number()))).count();
    return done + "/" + trials.size() + (trials.size() == 1 ? " trial" : " trials");
  }

  private boolean isDone() {
    return state.equals(RunStatus.State.DONE.toString())
        || state.equals(RunStatus.State.DIVERGED.toString());
  }
}
