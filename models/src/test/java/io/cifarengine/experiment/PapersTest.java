// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.config.ActivationFunction;
import io.cifarengine.config.BatchOrder;
import io.cifarengine.config.DecayKind;
import io.cifarengine.config.DecayScope;
import io.cifarengine.config.ImageSet;
import io.cifarengine.config.InputScaling;
import io.cifarengine.config.LossKind;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.config.SplitOrder;
import io.cifarengine.config.WeightStart;
import io.cifarengine.train.TrainMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The experiments against the papers' tables, typed from the papers once more. */
class PapersTest {
  private static final Experiment CNN = Experiments.named("cnn").orElseThrow();

  @Test
  void theExperimentsStandInTheOrderOfThePapers() {
    assertEquals(
        List.of(
            "normalization",
            "gradients",
            "momentum",
            "regularization",
            "activation",
            "hidden-units",
            "hidden-layers",
            "fine-labels",
            "linear",
            "nn",
            "nn-sgd",
            "cnn",
            "comparison"),
        Experiments.all().stream().map(Experiment::name).toList());
    for (Experiment experiment : Experiments.all()) {
      assertEquals(Optional.of(experiment), Experiments.named(experiment.name()));
    }
    assertEquals(Optional.of(Experiments.every()), Experiments.named("all"));
    assertEquals(Optional.empty(), Experiments.named("cnnn"));
  }

  /**
   * The tables of the CIFAR-100 study: hidden layers, activation, momentum, L2 penalty and learning
   * rate; validation accuracy in percent, early-stop epoch or a dash; test accuracy of the choice.
   */
  @Test
  void everyRowOfTheCifar100StudyIsAnArm() {
    assertEquals(
        """
        momentum [128] tanh 0.7 0.0 0.001: 25.69 -
        momentum [128] tanh 0.7 0.0 0.005: 25.30 21
        momentum [128] tanh 0.8 0.0 0.001: 25.85 70 tested 25.41
        momentum [128] tanh 0.8 0.0 0.005: 26.32 14
        momentum [128] tanh 0.9 0.0 0.001: 25.56 35
        momentum [128] tanh 0.9 0.0 0.005: 24.77 7
        regularization [128] tanh 0.8 0.01 0.001: 26.29 -
        regularization [128] tanh 0.8 0.01 0.005: 25.71 39
        regularization [128] tanh 0.8 0.001 0.001: 25.88 74
        regularization [128] tanh 0.8 0.001 0.005: 25.42 15
        regularization [128] tanh 0.8 1.0E-4 0.001: 25.92 71 tested 25.37
        regularization [128] tanh 0.8 1.0E-4 0.005: 25.26 14
        activation [128] relu 0.8 0.01 0.001: 29.69 95 tested 29.23
        activation [128] relu 0.8 0.01 0.005: 28.76 18
        activation [128] sigmoid 0.8 0.01 0.005: 23.54 -
        activation [128] sigmoid 0.8 0.01 0.05: 21.68 55
        hidden-units [64] relu 0.8 0.01 0.001: 28.14 -
        hidden-units [64] relu 0.8 0.01 0.003: 27.78 36
        hidden-units [64] relu 0.8 0.01 0.005: 27.55 22
        hidden-units [256] relu 0.8 0.01 0.001: 30.38 -
        hidden-units [256] relu 0.8 0.01 0.003: 29.82 33 tested 29.98
        hidden-units [256] relu 0.8 0.01 0.005: 29.46 20
        hidden-layers [120, 120] relu 0.8 0.01 0.001: 18.47 -
        hidden-layers [120, 120] relu 0.8 0.01 0.005: 27.94 50 tested 27.62
        fine-labels [128] relu 0.8 0.01 0.001: 18.64 -
        fine-labels [128] relu 0.8 0.01 0.005: 20.58 -
        fine-labels [128] relu 0.8 0.01 0.01: 20.11 -
        fine-labels [128] relu 0.8 0.001 0.001: 19.52 96
        fine-labels [128] relu 0.8 0.001 0.005: 19.59 19 tested 20.13
        fine-labels [128] relu 0.8 0.001 0.01: 18.93 9
        """,
        Experiments.all().subList(2, 8).stream()
            .map(experiment -> (GridExperiment) experiment)
            .flatMap(grid -> grid.arms().stream().map(arm -> row(grid, arm)))
            .collect(Collectors.joining()));
  }

  private static String row(GridExperiment grid, Arm arm) {
    Settings s = arm.settings();
    ActivationFunction activation = s.value(Setting.ACTIVATION);
    String epoch =
        arm.paperEarlyStopEpoch().isPresent() ? "" + arm.paperEarlyStopEpoch().getAsInt() : "-";
    String test = arm.tested() ? " tested " + percent(arm, Metric.TEST_ACCURACY) : "";
    return grid.name()
        + " "
        + s.value(Setting.HIDDEN)
        + " "
        + activation.name().toLowerCase(Locale.ROOT)
        + " "
        + s.value(Setting.MOMENTUM)
        + " "
        + s.value(Setting.L2_PENALTY)
        + " "
        + s.value(Setting.LEARNING_RATE)
        + ": "
        + percent(arm, Metric.VALIDATION_ACCURACY)
        + " "
        + epoch
        + test
        + "\n";
  }

  private static String percent(Arm arm, Metric metric) {
    List<PaperValue> values =
        arm.paper().stream().filter(v -> v.metric() == metric && v.epoch().isEmpty()).toList();
    assertEquals(1, values.size());
    return String.format(Locale.ROOT, "%.2f", 100 * values.get(0).value());
  }

  @Test
  void theCifar100StudyHasItsCommonSetting() {
    for (Experiment experiment : Experiments.all().subList(2, 8)) {
      GridExperiment grid = (GridExperiment) experiment;
      assertEquals(1, grid.arms().stream().filter(Arm::tested).count(), grid.name());
      for (Arm arm : grid.arms()) {
        Settings s = arm.settings();
        boolean fine = grid.name().equals("fine-labels");
        assertEquals(
            fine ? ImageSet.CIFAR100_FINE : ImageSet.CIFAR100_COARSE, s.value(Setting.DATASET));
        assertEquals(InputScaling.Z_SCORE, s.value(Setting.INPUT));
        assertEquals(SplitOrder.SHUFFLED, s.value(Setting.SPLIT));
        assertEquals(0.2, s.value(Setting.VALIDATION));
        assertEquals(WeightStart.LEGACY_POSITIVE, s.value(Setting.INIT));
        assertEquals(LossKind.CROSS_ENTROPY, s.value(Setting.LOSS));
        assertEquals(1e-6, s.value(Setting.LOSS_OFFSET));
        assertEquals(128, s.value(Setting.BATCH_SIZE));
        assertEquals(BatchOrder.FIXED, s.value(Setting.BATCH_ORDER));
        assertEquals(100, s.value(Setting.EPOCHS));
        assertEquals(1, s.value(Setting.FIRST_EPOCH));
        assertEquals(1, s.value(Setting.EPOCH_FACTOR));
        assertEquals(0, s.value(Setting.STEP_DECAY));
        assertEquals(DecayKind.COUPLED, s.value(Setting.L2_KIND));
        assertEquals(DecayScope.ALL, s.value(Setting.L2_SCOPE));
        assertEquals(false, s.value(Setting.L2_IN_LOSS));
        assertEquals(5, s.value(Setting.EARLY_STOP));
        assertEquals(TrainMetrics.AFTER_EPOCH, s.value(Setting.TRAIN_METRICS));
        assertEquals(42, s.value(Setting.SEED));
      }
    }
  }

  @Test
  void theNetworkThatDidNotConvergeIsJudgedByItsPlateau() {
    List<PaperValue> paper =
        ((GridExperiment) Experiments.named("hidden-layers").orElseThrow()).arms().get(0).paper();
    assertTrue(paper.get(0).tolerance().isEmpty(), "where chance left it is only shown");
    assertEquals(Metric.VALIDATION_LOSS, paper.get(1).metric());
    assertEquals(2.94, paper.get(1).value());
    assertTrue(paper.get(1).tolerance().isPresent());
  }

  @Test
  void everyLoggedNumberOfTheCifar10StudyIsCompared() {
    assertEquals(
        """
        train loss, epoch 0: 0.99999
        train loss, epoch 20: 0.83267
        train accuracy, epoch 20: 0.37880
        validation accuracy, epoch 20: 0.37640
        train loss, epoch 100: 0.78984
        train accuracy, epoch 100: 0.40940
        validation accuracy, epoch 100: 0.40480
        train loss, epoch 300: 0.78056
        train accuracy, epoch 300: 0.42390
        validation accuracy, epoch 300: 0.40400
        test accuracy: 0.40600
        test loss: 0.78722
        """,
        numbers("linear"));
    assertEquals(
        """
        train loss, epoch 20: 0.82160
        train accuracy, epoch 20: 0.33440
        validation accuracy, epoch 20: 0.33200
        train loss, epoch 100: 0.77970
        train accuracy, epoch 100: 0.40280
        validation accuracy, epoch 100: 0.40020
        train loss, epoch 300: 0.73350
        train accuracy, epoch 300: 0.47000
        validation accuracy, epoch 300: 0.43840
        test accuracy: 0.43530
        """,
        numbers("nn"));
    assertEquals(
        """
        train accuracy, epoch 0: 0.27600
        validation accuracy, epoch 0: 0.27840
        train accuracy, epoch 20: 0.42630
        validation accuracy, epoch 20: 0.41840
        train accuracy, epoch 100: 0.51570
        validation accuracy, epoch 100: 0.47060
        train accuracy, epoch 300: 0.57030
        validation accuracy, epoch 300: 0.48180
        test accuracy: 0.47270
        test loss: 0.72060
        """,
        numbers("nn-sgd"));
    assertEquals(
        """
        train accuracy, epoch 1: 0.27400 +- 0.030
        validation accuracy, epoch 1: 0.34500 +- 0.030
        train accuracy, epoch 10: 0.50400 +- 0.020
        validation accuracy, epoch 10: 0.50100 +- 0.020
        train accuracy, epoch 50: 0.58400 +- 0.020
        validation accuracy, epoch 50: 0.56800 +- 0.020
        train accuracy, epoch 100: 0.61300 +- 0.020
        validation accuracy, epoch 100: 0.58700 +- 0.020
        train accuracy, epoch 200: 0.63700 +- 0.020
        validation accuracy, epoch 200: 0.60400 +- 0.020
        train accuracy, epoch 300: 0.65200 +- 0.020
        validation accuracy, epoch 300: 0.61400 +- 0.020
        validation loss, epoch 300: 1.09300 shown
        test accuracy: 0.60290 +- 0.015
        test loss: 1.11500 shown
        """,
        toleratedNumbers(CNN));
    assertEquals(
        """
        train accuracy, epoch 10: 0.51200 +- 0.020
        validation accuracy, epoch 10: 0.50840 +- 0.020
        test accuracy: 0.50710 +- 0.020
        """,
        toleratedNumbers(CNN.lasting(OptionalInt.of(10))));
  }

  private static String toleratedNumbers(Experiment experiment) {
    Arm arm = ((GridExperiment) experiment).tested();
    return arm.paper().stream()
        .map(
            v ->
                String.format(Locale.ROOT, "%s: %.5f ", v.inWords(), v.value())
                    + (v.tolerance().isPresent()
                        ? String.format(Locale.ROOT, "+- %.3f", v.tolerance().getAsDouble())
                        : "shown")
                    + "\n")
        .collect(Collectors.joining());
  }

  private static String numbers(String name) {
    GridExperiment grid = (GridExperiment) Experiments.named(name).orElseThrow();
    assertEquals(1, grid.arms().size());
    assertTrue(grid.arms().get(0).tested());
    return grid.arms().get(0).paper().stream()
        .map(v -> String.format(Locale.ROOT, "%s: %.5f%n", v.inWords(), v.value()))
        .collect(Collectors.joining())
        .replace("\r", "");
  }

  @Test
  void theCifar10StudyHasItsHyperParameters() {
    List<String> found = new ArrayList<>();
    for (Experiment experiment : Experiments.all().subList(8, 11)) {
      Settings s = experiment.settings();
      assertEquals(ImageSet.CIFAR10, s.value(Setting.DATASET));
      assertEquals(SplitOrder.SEQUENTIAL, s.value(Setting.SPLIT));
      assertEquals(0.1, s.value(Setting.VALIDATION));
      assertEquals(WeightStart.NORMAL, s.value(Setting.INIT));
      assertEquals(LossKind.SQUARED_ERROR, s.value(Setting.LOSS));
      assertEquals(301, s.value(Setting.EPOCHS));
      assertEquals(0, s.value(Setting.FIRST_EPOCH));
      assertEquals(0, s.value(Setting.MOMENTUM));
      assertEquals(DecayScope.WEIGHTS, s.value(Setting.L2_SCOPE));
      assertEquals(true, s.value(Setting.L2_IN_LOSS));
      assertEquals(0, s.value(Setting.EARLY_STOP));
      if (!s.value(Setting.HIDDEN).isEmpty()) {
        assertEquals(ActivationFunction.SIGMOID, s.value(Setting.ACTIVATION));
      }
      List<Object> row = new ArrayList<>();
      for (Setting<?> setting :
          List.of(
              Setting.HIDDEN,
              Setting.INPUT,
              Setting.INIT_DEVIATION,
              Setting.BATCH_SIZE,
              Setting.BATCH_ORDER,
              Setting.LEARNING_RATE,
              Setting.EPOCH_FACTOR,
              Setting.L2_PENALTY,
              Setting.L2_KIND,
              Setting.TRAIN_METRICS)) {
        Object value = s.value(setting);
        row.add(value instanceof Enum<?> word ? word.name() : value);
      }
      found.add(experiment.name() + " " + row);
    }
    assertEquals(
        List.of(
            "linear [[], MEAN_IMAGE, 1.0E-5, 0, FIXED, 0.017, 0.999, 1.0E-6, DECOUPLED,"
                + " DURING_EPOCH]",
            "nn [[200], MEAN_IMAGE_X100, 0.001, 0, FIXED, 0.015, 0.9999, 1.0E-6, COUPLED,"
                + " DURING_EPOCH]",
            "nn-sgd [[200], MEAN_IMAGE_X100, 0.001, 500, SHUFFLED, 0.001, 0.99, 0.001, COUPLED,"
                + " AFTER_EPOCH]"),
        found);
  }

  @Test
  void theConvolutionalNetworkHasItsOwnHyperParametersInBothLengths() {
    Experiment shorter = CNN.lasting(OptionalInt.of(10));
    assertEquals(300, CNN.settings().value(Setting.EPOCHS));
    assertEquals(CNN, CNN.lasting(OptionalInt.of(300)));
    assertEquals(CNN, CNN.lasting(OptionalInt.of(9)));
    assertEquals(CNN.settings().with(Setting.EPOCHS, 10), shorter.settings());
    Settings s = CNN.settings();
    assertEquals(ImageSet.CIFAR10, s.value(Setting.DATASET));
    assertEquals(InputScaling.MEAN_IMAGE, s.value(Setting.INPUT));
    assertEquals(SplitOrder.SEQUENTIAL, s.value(Setting.SPLIT));
    assertEquals(0.1, s.value(Setting.VALIDATION));
    assertEquals(List.of(32, 64, 64), s.value(Setting.CONVOLUTIONS));
    assertEquals(List.of(64), s.value(Setting.HIDDEN));
    assertEquals(ActivationFunction.SIGMOID, s.value(Setting.ACTIVATION));
    assertEquals(WeightStart.GLOROT_UNIFORM, s.value(Setting.INIT));
    assertEquals(LossKind.CROSS_ENTROPY, s.value(Setting.LOSS));
    assertEquals(0, s.value(Setting.LOSS_OFFSET));
    assertEquals(50, s.value(Setting.BATCH_SIZE));
    assertEquals(BatchOrder.SHUFFLED, s.value(Setting.BATCH_ORDER));
    assertEquals(1, s.value(Setting.FIRST_EPOCH));
    assertEquals(0.015, s.value(Setting.LEARNING_RATE));
    assertEquals(0.001, s.value(Setting.STEP_DECAY));
    assertEquals(1, s.value(Setting.EPOCH_FACTOR));
    assertEquals(0.5, s.value(Setting.MOMENTUM));
    assertEquals(0, s.value(Setting.L2_PENALTY));
    assertEquals(0, s.value(Setting.EARLY_STOP));
    assertEquals(TrainMetrics.DURING_EPOCH, s.value(Setting.TRAIN_METRICS));
  }
}
