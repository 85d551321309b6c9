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
            Map.of(Setting.MOMENTUM, "0.80"));
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
