// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.config.ConfigException;
import io.cifarengine.experiment.Trial;
import io.cifarengine.experiment.TrialResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The run of another experiment that lies beside one and saw the same images. */
final class ComparedRun {
  private ComparedRun() {}

  /**
   * The first training of the latest run of this experiment that is done, on the images of the given
   * run: among those below the same folder of all runs, or in the same run of all experiments.
   */
  static Optional<TrialResult> beside(RunDirectory run, String experiment) throws IOException {
    List<RunDirectory> candidates = candidates(run, experiment);
    String images = TrialFile.dataDigest(run.trialFile(1));
    for (int i = candidates.size() - 1; i >= 0; i--) {
      Optional<TrialResult> result = finished(candidates.get(i), experiment, images);
      if (result.isPresent()) {
        return result;
      }
    }
    return Optional.empty();
  }

  private static List<RunDirectory> candidates(RunDirectory run, String experiment)
      throws IOException {
    Path parent = run.folder().toAbsolutePath().normalize().getParent();
    if (parent == null) {
      return List.of();
    }
    if (RunDirectory.isRun(parent)) {
      Path member = parent.resolve(experiment);
      return RunDirectory.isRun(member) ? List.of(RunDirectory.open(member)) : List.of();
    }
    Path runs = parent.getParent();
    return runs == null ? List.of() : new Runs(runs).named(experiment);
  }

  /** A run that cannot be read, or is of another version, is no reason for this one to fail. */
  private static Optional<TrialResult> finished(
      RunDirectory run, String experiment, String images) {
    try {
      List<Trial> trials = run.plan().trials();
      boolean done =
          run.status().state() == RunStatus.State.DONE
              && run.plan().name().equals(experiment)
              && !trials.isEmpty();
      if (!done) {
        return Optional.empty();
      }
      TrialFile.Finished first = TrialFile.read(run.trialFile(1), trials.get(0));
      return first.data().equals(images) ? Optional.of(first.result()) : Optional.empty();
    } catch (IOException | ConfigException e) {
      return Optional.empty();
    }
  }
}
