// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.config.ConfigException;
import io.cifarengine.experiment.EveryExperiment;
import io.cifarengine.experiment.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where another run may have finished the training that a trial asks for. */
final class OtherRuns {
  /**
   * A finished trial of another run.
   *
   * @param file what it came to, unread
   */
  record Candidate(RunDirectory run, Path file) {}

  private OtherRuns() {}

  /**
   * The finished trials whose run asks for the same settings: first in the same run of all experiments,
   * then below the same folder of all runs, the latest first. What cannot be read is passed over.
   */
  static List<Candidate> like(Trial trial, RunDirectory run) {
    List<Candidate> candidates = new ArrayList<>();
    for (RunDirectory other : beside(run)) {
      try {
        for (Trial theirs : other.plan().trials()) {
          Path file = other.trialFile(theirs.number());
          if (theirs.tested() && theirs.settings().equals(trial.settings()) && Files.exists(file)) {
            candidates.add(new Candidate(other, file));
          }
        }
      } catch (IOException | ConfigException e) {
        // a run that nobody can read is no reason for this one to fail
      }
    }
    return List.copyOf(candidates);
  }

  private static List<RunDirectory> beside(RunDirectory run) {
    List<RunDirectory> others = new ArrayList<>();
    Path own = run.folder().toAbsolutePath().normalize();
    Path parent = own.getParent();
    if (parent == null) {
      return others;
    }
    boolean inside = RunDirectory.isRun(parent);
    Path runs = (inside ? parent : own).resolve("../..").normalize();
    try {
      if (inside) {
        add(others, Runs.in(parent), own);
      }
      List<RunDirectory> all = new Runs(runs).all();
      for (int i = all.size() - 1; i >= 0; i--) {
        RunDirectory one = all.get(i);
        if (!one.folder().equals(parent)) {
          add(others, isEvery(one) ? one.members() : List.of(one), own);
        }
      }
    } catch (IOException e) {
      // a folder that nobody can list holds nothing to take
    }
    return others;
  }

  private static void add(List<RunDirectory> others, List<RunDirectory> runs, Path own) {
    runs.stream().filter(run -> !run.folder().equals(own)).forEach(others::add);
  }

  private static boolean isEvery(RunDirectory run) {
    try {
      return run.plan().experiment() instanceof EveryExperiment;
    } catch (IOException | ConfigException e) {
      return false;
    }
  }
}
