// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.experiment.TestResult;
import io.cifarengine.experiment.Trial;
import io.cifarengine.files.UnreadableFileException;
import io.cifarengine.train.Checkpoint;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run's files say of one trial.
 *
 * @param trial as the run's configuration has it now
 * @param training what was measured so far; empty where nothing is recorded
 * @param test of the weights that count, where they were tested
 * @param settings those the trial was trained with, as they are written
 * @param data SHA-256 of the images it was trained on
 * @param numerics the version of the engine's bits it was trained with
 */
public record TrialRecord(
    Trial trial,
    Progress progress,
    Optional<TrainingResult> training,
    Optional<TestResult> test,
    Map<String, String> settings,
    String data,
    String numerics) {
  /** How far a trial has come. */
  public enum Progress {
    /** Nothing of it is recorded. */
    WAITING,
    /** It has a checkpoint. */
    STARTED,
    /** It has its result. */
    FINISHED
  }

  /** The records of these trials, those of which there is none among them. */
  public static List<TrialRecord> of(RunDirectory run, List<Trial> trials) throws IOException {
    List<TrialRecord> records = new ArrayList<>();
    for (Trial trial : trials) {
      records.add(of(run, trial));
    }
    return List.copyOf(records);
  }

  private static TrialRecord of(RunDirectory run, Trial trial) throws IOException {
    Path finished = run.trialFile(trial.number());
    Path started = run.lastCheckpoint(trial.number());
    Optional<Checkpoint> last = Optional.empty();
    if (!Files.exists(finished)) {
      try {
        last = TrialFile.last(run, trial);
      } catch (UnreadableFileException e) {
        if (!Files.exists(finished)) {
          throw e;
        }
      }
    }
    if (Files.exists(finished)) { // asked again: a run that goes on may have finished it meanwhile
      return TrialFile.record(finished, Checkpoint.read(finished), trial, Progress.FINISHED);
    }
    return last.isPresent()
        ? TrialFile.record(started, last.get(), trial, Progress.STARTED)
        : new TrialRecord(
            trial, Progress.WAITING, Optional.empty(), Optional.empty(), Map.of(), "none", "none");
  }

  /** The finished epochs. */
  public List<EpochReport> epochs() {
    return training.map(TrainingResult::epochs).orElse(List.of());
  }

  /** The epoch whose weights count; of a trial in progress, the last one. */
  public Optional<EpochReport> chosen() {
    return training.flatMap(TrainingResult::chosen);
  }

  /** The settings in which the configuration says something else than when it was trained. */
  public List<SettingChange> changes() {
    return progress == Progress.WAITING
        ? List.of()
        : SettingChange.between(settings, trial.settings());
  }
}
