// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.experiment.Arm;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.Experiments;
import io.cifarengine.experiment.GridExperiment;
import io.cifarengine.experiment.TestResult;
import io.cifarengine.experiment.Trial;
import io.cifarengine.experiment.TrialResult;
import io.cifarengine.train.ConfusionMatrix;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.Evaluation;
import io.cifarengine.train.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Results of trainings that never were. */
final class Results {
  private Results() {}

  static GridExperiment grid(String name) {
    return (GridExperiment) Experiments.named(name).orElseThrow();
  }

  /** Epochs first .. last, after which early stopping fired at once where a best one is given. */
  static TrainingResult training(int first, int last, OptionalInt best) {
    List<EpochReport> epochs = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    for (int epoch = first; epoch <= last; epoch++) {
      Evaluation train = new Evaluation(2.0 - 0.1 * epoch, 0.1 + 0.02 * epoch, 100);
      Evaluation validation = new Evaluation(2.2 - 0.05 * epoch, 0.1 + 0.01 * epoch, 50);
      epochs.add(new EpochReport(epoch, train, validation, 0.5, "00"));
      losses.addAll(List.of(2.5, 2.4, 2.3));
    }
    OptionalInt stopped = best.isPresent() ? OptionalInt.of(last) : OptionalInt.empty();
    OptionalInt lowest = best.isPresent() || first > last ? best : OptionalInt.of(last);
    return new TrainingResult(epochs, lowest, stopped, false, losses);
  }

  /** A training that ended in the epoch after the last one. */
  static TrainingResult diverged(int first, int last) {
    List<EpochReport> epochs = training(first, last, OptionalInt.empty()).epochs();
    return new TrainingResult(epochs, OptionalInt.empty(), OptionalInt.empty(), true, List.of(2.5));
  }

  static TrialResult trial(int number, Arm arm, TrainingResult training) {
    boolean tested = arm.tested() && !training.failed();
    Trial trial =
        new Trial(number, "trial " + number, arm.settings(), arm.tested(), Optional.of(arm));
    return new TrialResult(trial, training, tested ? Optional.of(test()) : Optional.empty());
  }

  private static TestResult test() {
    ConfusionMatrix confusion = ConfusionMatrix.of(List.of("cat", "dog"), new long[] {3, 1, 2, 4});
    return new TestResult(new Evaluation(1.5, 0.7, 10), confusion);
  }

  static ExperimentResult of(GridExperiment experiment, boolean synthetic, TrialResult... trials) {
    return new ExperimentResult(experiment, "images", synthetic, 1, 0, List.of(trials));
  }

  /** Every arm trained like this. */
  static ExperimentResult allArms(GridExperiment experiment, TrainingResult training) {
    List<Arm> arms = experiment.arms();
    return of(
        experiment,
        false,
        Stream.iterate(0, i -> i < arms.size(), i -> i + 1)
            .map(i -> trial(i + 1, arms.get(i), training))
            .toArray(TrialResult[]::new));
  }
}
