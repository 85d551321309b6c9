// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.train.ConfusionMatrix;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.Evaluation;
import io.cifarengine.train.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** From results to what they say about the paper. */
class VerdictTest {
  private static final GridExperiment MOMENTUM =
      (GridExperiment) Experiments.named("momentum").orElseThrow();

  private static final PaperValue VALIDATION =
      PaperValue.chosen(Metric.VALIDATION_ACCURACY, 0.25, 0.01);

  private static EpochReport epoch(int number, double accuracy) {
    return new EpochReport(
        number,
        new Evaluation(3 + number, 0.5, 100),
        new Evaluation(4 + number, accuracy, 50),
        2,
        "ab".repeat(32));
  }

  private static TrainingResult training(EpochReport... epochs) {
    return new TrainingResult(
        List.of(epochs), OptionalInt.of(0), OptionalInt.empty(), false, List.of());
  }

  private static TrialResult trial(Settings settings, Arm arm, TrainingResult training) {
    TestResult test =
        new TestResult(
            new Evaluation(2.5, 0.75, 4),
            ConfusionMatrix.of(List.of("a", "b"), new long[] {2, 1, 0, 1}));
    return new TrialResult(
        new Trial(1, "", settings, arm.tested(), Optional.of(arm)),
        training,
        arm.tested() ? Optional.of(test) : Optional.empty());
  }

  private static ExperimentResult result(boolean synthetic, List<TrialResult> trials) {
    return new ExperimentResult(MOMENTUM, "data", synthetic, 1, 0, trials);
  }

  @Test
  void seedsTrainEveryArmWithOneSeedAndThenWithTheNext() {
    ExperimentOptions paper = ExperimentOptions.none();
    assertEquals(6, paper.trials(MOMENTUM).size());
    assertEquals("momentum 0.7, learning_rate 0.001", paper.trials(MOMENTUM).get(0).label());
    ExperimentOptions options =
        new ExperimentOptions(
            OptionalInt.of(3),
            OptionalInt.of(200),
            Optional.empty(),
            7,
            3,
            Map.of(Setting.MOMENTUM, "0.80"),
            false);
    List<Trial> trials = options.trials(MOMENTUM);
    assertEquals(
        List.of(
            "1: momentum 0.8, learning_rate 0.001, seed 7 tested",
            "2: momentum 0.8, learning_rate 0.005, seed 7",
            "3: momentum 0.8, learning_rate 0.001, seed 8 tested",
            "4: momentum 0.8, learning_rate 0.005, seed 8",
            "5: momentum 0.8, learning_rate 0.001, seed 9 tested",
            "6: momentum 0.8, learning_rate 0.005, seed 9"),
        trials.stream()
            .map(t -> t.number() + ": " + t.label() + (t.tested() ? " tested" : ""))
            .toList());
    for (Trial trial : trials) {
      assertEquals(3, trial.settings().value(Setting.EPOCHS));
      assertEquals(200, trial.settings().value(Setting.LIMIT));
      assertEquals(7 + (trial.number() - 1) / 2, trial.settings().value(Setting.SEED));
      assertEquals(0.8, trial.settings().value(Setting.MOMENTUM));
    }
  }

  @Test
  void aComparisonHasTheMeanAndTheSampleDeviation() {
    Comparison three = Comparison.of(VALIDATION, List.of(0.24, 0.25, 0.29));
    assertEquals(0.26, three.mean().orElseThrow(), 1e-15);
    // (0.02^2 + 0.01^2 + 0.03^2) / 2
    assertEquals(Math.sqrt(0.0007), three.deviation().orElseThrow(), 1e-15);
    assertEquals(0.01, three.difference().orElseThrow(), 1e-15);
    Comparison one = Comparison.of(VALIDATION, List.of(0.2375));
    assertEquals(Optional.of(0.2375), one.mean());
    assertEquals(Optional.empty(), one.deviation());
    assertFalse(one.isWithin());
    assertTrue(Comparison.of(VALIDATION, List.of(0.2421)).isWithin());
    Comparison none = Comparison.of(VALIDATION, List.of());
    assertEquals(Optional.empty(), none.mean());
    assertFalse(none.isWithin(), "what was not measured does not agree");
    Comparison shown = Comparison.of(VALIDATION.shownOnly(), List.of(0.9));
    assertFalse(shown.isJudged());
    assertTrue(shown.isWithin());
  }

  @Test
  void aNumberOfAnEpochIsThatEpochsAlsoWhereTheFirstIsZero() {
    Arm arm = MOMENTUM.tested();
    TrialResult trial = trial(arm.settings(), arm, training(epoch(0, 0.1), epoch(1, 0.2)));
    assertEquals(
        Optional.of(0.1), trial.measured(PaperValue.at(0, Metric.VALIDATION_ACCURACY, 0, 0)));
    assertEquals(Optional.of(4.0), trial.measured(PaperValue.at(1, Metric.TRAIN_LOSS, 0, 0)));
    assertEquals(Optional.of(0.5), trial.measured(PaperValue.at(0, Metric.TRAIN_ACCURACY, 0, 0)));
    assertEquals(Optional.empty(), trial.measured(PaperValue.at(2, Metric.TRAIN_LOSS, 0, 0)));
    assertEquals(Optional.empty(), trial.measured(PaperValue.at(1, Metric.TEST_LOSS, 0, 0)));
    assertEquals(Optional.of(0.2), trial.measured(VALIDATION), "of the last epoch");
    assertEquals(Optional.of(5.0), trial.measured(PaperValue.chosen(Metric.VALIDATION_LOSS, 0, 0)));
    assertEquals(Optional.of(2.5), trial.measured(PaperValue.chosen(Metric.TEST_LOSS, 0, 0)));
    assertEquals(Optional.of(0.75), trial.measured(PaperValue.chosen(Metric.TEST_ACCURACY, 0, 0)));
    assertEquals(4, trial.seconds());
  }

  @Test
  void aRunAsThePapersIsJudgedByTheMeanOverItsSeeds() {
    Arm arm = MOMENTUM.arms().get(0); // 25.69 +- 1.3
    Settings s = arm.settings();
    TrialResult low = trial(s, arm, training(epoch(1, 0.24)));
    TrialResult high = trial(s.with(Setting.SEED, 43L), arm, training(epoch(1, 0.26)));
    ExperimentResult outside = result(false, List.of(low));
    assertEquals(Verdict.Kind.DIFFERS, outside.verdict().kind());
    assertEquals(
        "differs from the paper: 1 of 1 outside tolerance: momentum 0.7, learning_rate 0.001:"
            + " validation accuracy",
        outside.verdict().words());
    ExperimentResult inside = result(false, List.of(low, high));
    assertEquals(1, inside.arms().size());
    assertEquals(2, inside.arms().get(0).trials().size());
    assertEquals(
        new Verdict(Verdict.Kind.AGREES, "agrees with the paper: 1 of 1 within tolerance"),
        inside.verdict());
    TrainingResult diverged =
        new TrainingResult(List.of(), OptionalInt.empty(), OptionalInt.empty(), true, List.of());
    ExperimentResult half = result(false, List.of(high, trial(s, arm, diverged)));
    assertEquals(Verdict.Kind.DIFFERS, half.verdict().kind(), "a mean needs every seed");
    assertFalse(half.failed());
    assertTrue(result(false, List.of(trial(s, arm, diverged))).failed());
  }

  /** Every classifier with a test accuracy that is so far from the paper's. */
  private static ComparisonResult comparison(boolean synthetic, int epochs, double... off) {
    ComparisonExperiment experiment =
        (ComparisonExperiment) Experiments.named("comparison").orElseThrow();
    List<TrialResult> trials = new ArrayList<>();
    for (Trial trial : ExperimentOptions.none().trials(experiment)) {
      PaperValue paper =
          trial.arm().orElseThrow().paper().stream()
              .filter(value -> value.metric() == Metric.TEST_ACCURACY)
              .findFirst()
              .orElseThrow();
      Evaluation measured = new Evaluation(1, paper.value() + off[trials.size()], 4);
      ConfusionMatrix confusion = ConfusionMatrix.of(List.of("a", "b"), new long[] {2, 1, 0, 1});
      Trial own =
          epochs == 0
              ? trial
              : new Trial(
                  trial.number(),
                  trial.label(),
                  trial.settings().with(Setting.EPOCHS, epochs),
                  true,
                  trial.arm());
      trials.add(
          new TrialResult(
              own, training(epoch(1, 0.1)), Optional.of(new TestResult(measured, confusion))));
    }
    return new ComparisonResult(experiment, "data", synthetic, 1, 0, trials, Map.of(2, "nn/1"));
  }

  @Test
  void aComparisonIsJudgedByItsTestAccuraciesEachWithItsOwnTolerance() {
    ComparisonResult near = comparison(false, 0, 0.0009, -0.0089, 0.0119, -0.0149);
    assertEquals("agrees with the paper: 4 of 4 within tolerance", near.verdict().words());
    assertEquals(6, near.seconds(), "without the one that was taken over");
    assertEquals(
        List.of("linear", "nn", "nn-sgd", "cnn"),
        near.members().stream().map(member -> member.experiment().name()).toList());
    assertEquals("cnn", near.experiment().best().name());
    assertEquals(
        "differs from the paper: 2 of 4 outside tolerance: linear: test accuracy; cnn: test"
            + " accuracy",
        comparison(false, 0, 0.0011, 0, 0, 0.0151).verdict().words());
    assertEquals(
        "not judged: 3 epochs (the paper has 301 and 300)",
        comparison(false, 3, 0, 0, 0, 0).verdict().words());
    assertEquals(
        "not judged: 301 epochs (the paper has 300)",
        comparison(false, 301, 0, 0, 0, 0).verdict().words());
    assertEquals("not judged: synthetic data", comparison(true, 0, 0, 0, 0, 0).verdict().words());
  }

  @Test
  void seedsOfAComparisonTrainEveryClassifierWithOneSeedAndThenWithTheNext() {
    ComparisonExperiment experiment =
        (ComparisonExperiment) Experiments.named("comparison").orElseThrow();
    ExperimentOptions options =
        new ExperimentOptions(
            OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), 7, 2, Map.of(), false);
    List<Trial> trials = options.trials(experiment);
    assertEquals(8, trials.size());
    assertEquals("cnn, seed 7", trials.get(3).label());
    assertEquals("linear, seed 8", trials.get(4).label());
    assertEquals(5, trials.get(4).number());
    assertEquals(8, trials.get(4).settings().value(Setting.SEED));
    assertEquals(300, trials.get(7).settings().value(Setting.EPOCHS));
  }

  @Test
  void aVerdictIsReadBackFromItsWords() {
    for (Verdict verdict :
        List.of(
            Verdict.of(3, List.of()),
            Verdict.of(3, List.of("a")),
            comparison(true, 0, 0, 0, 0, 0).verdict())) {
      assertEquals(Optional.of(verdict), Verdict.read(verdict.words()));
    }
    assertEquals(Optional.empty(), Verdict.read("perhaps"));
  }

  @Test
  void aRunThatIsNotThePapersIsNotJudged() {
    Arm arm = MOMENTUM.tested();
    Settings s = arm.settings();
    TrainingResult training = training(epoch(1, 0.2585));
    assertEquals(
        "not judged: synthetic data",
        result(true, List.of(trial(s, arm, training))).verdict().words());
    assertEquals(
        "not judged: 3 epochs (the paper has 100), at most 200 images a split",
        result(
                false,
                List.of(trial(s.with(Setting.EPOCHS, 3).with(Setting.LIMIT, 200), arm, training)))
            .verdict()
            .words());
  }
}
