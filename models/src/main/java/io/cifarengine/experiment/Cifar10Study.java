// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import static io.cifarengine.config.Setting.ACTIVATION;
import static io.cifarengine.config.Setting.BATCH_ORDER;
import static io.cifarengine.config.Setting.BATCH_SIZE;
import static io.cifarengine.config.Setting.CONVOLUTIONS;
import static io.cifarengine.config.Setting.DATASET;
import static io.cifarengine.config.Setting.EARLY_STOP;
import static io.cifarengine.config.Setting.EPOCHS;
import static io.cifarengine.config.Setting.EPOCH_FACTOR;
import static io.cifarengine.config.Setting.FIRST_EPOCH;
import static io.cifarengine.config.Setting.HIDDEN;
import static io.cifarengine.config.Setting.INIT;
import static io.cifarengine.config.Setting.INIT_DEVIATION;
import static io.cifarengine.config.Setting.INPUT;
import static io.cifarengine.config.Setting.L2_IN_LOSS;
import static io.cifarengine.config.Setting.L2_KIND;
import static io.cifarengine.config.Setting.L2_PENALTY;
import static io.cifarengine.config.Setting.L2_SCOPE;
import static io.cifarengine.config.Setting.LEARNING_RATE;
import static io.cifarengine.config.Setting.LOSS;
import static io.cifarengine.config.Setting.LOSS_OFFSET;
import static io.cifarengine.config.Setting.MOMENTUM;
import static io.cifarengine.config.Setting.SPLIT;
import static io.cifarengine.config.Setting.STEP_DECAY;
import static io.cifarengine.config.Setting.TRAIN_METRICS;
import static io.cifarengine.config.Setting.VALIDATION;

import io.cifarengine.config.ActivationFunction;
import io.cifarengine.config.BatchOrder;
import io.cifarengine.config.DecayKind;
import io.cifarengine.config.DecayScope;
import io.cifarengine.config.ImageSet;
import io.cifarengine.config.InputScaling;
import io.cifarengine.config.LossKind;
import io.cifarengine.config.Settings;
import io.cifarengine.config.SplitOrder;
import io.cifarengine.config.WeightStart;
import io.cifarengine.train.TrainMetrics;
import io.cifarengine.train.TrainingPlan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The CIFAR-10 study's classifiers, with its numbers. It counts epochs from 0, those of the network with
 * convolutions from 1; the first 45,000 training images train and the last 5,000 validate.
 */
final class Cifar10Study {
  private static final Settings COMMON =
      Settings.defaults()
          .with(DATASET, ImageSet.CIFAR10)
          .with(SPLIT, SplitOrder.SEQUENTIAL)
          .with(VALIDATION, 0.1)
          .with(INIT, WeightStart.NORMAL)
          .with(LOSS, LossKind.SQUARED_ERROR)
          .with(EPOCHS, 301)
          .with(FIRST_EPOCH, 0)
          .with(L2_SCOPE, DecayScope.WEIGHTS)
          .with(L2_IN_LOSS, true)
          .with(EARLY_STOP, 0);

  private static final Settings LINEAR_SETTINGS =
      COMMON
          .with(INPUT, InputScaling.MEAN_IMAGE)
          .with(HIDDEN, List.of())
          .with(INIT_DEVIATION, 1e-5)
          .with(BATCH_SIZE, TrainingPlan.FULL_BATCH)
          .with(LEARNING_RATE, 0.017)
          .with(EPOCH_FACTOR, 0.999)
          .with(L2_PENALTY, 1e-6)
          .with(L2_KIND, DecayKind.DECOUPLED)
          .with(TRAIN_METRICS, TrainMetrics.DURING_EPOCH);

  private static final Settings PERCEPTRON =
      COMMON
          .with(INPUT, InputScaling.MEAN_IMAGE_X100)
          .with(HIDDEN, List.of(200))
          .with(ACTIVATION, ActivationFunction.SIGMOID)
          .with(INIT_DEVIATION, 1e-3);

  private static final Settings NN_SETTINGS =
      PERCEPTRON
          .with(BATCH_SIZE, TrainingPlan.FULL_BATCH)
          .with(LEARNING_RATE, 0.015)
          .with(EPOCH_FACTOR, 0.9999)
          .with(L2_PENALTY, 1e-6)
          .with(TRAIN_METRICS, TrainMetrics.DURING_EPOCH);

  private static final Settings NN_SGD_SETTINGS =
      PERCEPTRON
          .with(BATCH_SIZE, 500)
          .with(BATCH_ORDER, BatchOrder.SHUFFLED)
          .with(LEARNING_RATE, 0.001)
          .with(EPOCH_FACTOR, 0.99)
          .with(L2_PENALTY, 1e-3);

  private static final GridExperiment LINEAR =
      new GridExperiment(
          "linear",
          "linear classifier, CIFAR-10",
          "CIFAR-10 study, part 1, Figures 1 and 2",
          """
          Trains 3072-10 with squared error on all 45,000 images at once, 301 updates, learning rate
          0.017 less 0.1 % each epoch. The weights start so small, and the batch is so full, that the
          curve repeats exactly. Loss and accuracy of the training set are taken before each update.""",
          List.of(),
          List.of(
              arm(
                  LINEAR_SETTINGS,
                  PaperValue.at(0, Metric.TRAIN_LOSS, 0.99999, 2e-4),
                  PaperValue.at(20, Metric.TRAIN_LOSS, 0.83267, 2e-4),
                  PaperValue.at(20, Metric.TRAIN_ACCURACY, 0.3788, 0.001),
                  PaperValue.at(20, Metric.VALIDATION_ACCURACY, 0.3764, 0.001),
                  PaperValue.at(100, Metric.TRAIN_LOSS, 0.78984, 2e-4),
                  PaperValue.at(100, Metric.TRAIN_ACCURACY, 0.4094, 0.001),
                  PaperValue.at(100, Metric.VALIDATION_ACCURACY, 0.4048, 0.001),
                  PaperValue.at(300, Metric.TRAIN_LOSS, 0.78056, 2e-4),
                  PaperValue.at(300, Metric.TRAIN_ACCURACY, 0.4239, 0.001),
                  PaperValue.at(300, Metric.VALIDATION_ACCURACY, 0.4040, 0.001),
                  PaperValue.chosen(Metric.TEST_ACCURACY, 0.4060, 0.001),
                  PaperValue.chosen(Metric.TEST_LOSS, 0.78722, 2e-4))),
          "full batches from weights near 0 leave nothing to chance: 0.0002 of a loss and 0.1 points"
              + " are what arithmetic in another order may change",
          Optional.of("7 min on a cloud CPU"));

  private static final GridExperiment NN =
      new GridExperiment(
          "nn",
          "two-layer perceptron, full batches, CIFAR-10",
          "CIFAR-10 study, part 2, Figure 3",
          """
          Trains 3072-200-10 (sigmoid, squared error) on all 45,000 images at once, 301 updates,
          learning rate 0.015 less 0.01 % each epoch, inputs 100 times as large as the linear
          classifier's.""",
          List.of(),
          List.of(
              arm(
                  NN_SETTINGS,
                  PaperValue.at(20, Metric.TRAIN_LOSS, 0.8216, 6e-3),
                  PaperValue.at(20, Metric.TRAIN_ACCURACY, 0.3344, 0.015),
                  PaperValue.at(20, Metric.VALIDATION_ACCURACY, 0.3320, 0.021),
                  PaperValue.at(100, Metric.TRAIN_LOSS, 0.7797, 6e-3),
                  PaperValue.at(100, Metric.TRAIN_ACCURACY, 0.4028, 0.015),
                  PaperValue.at(100, Metric.VALIDATION_ACCURACY, 0.4002, 0.021),
                  PaperValue.at(300, Metric.TRAIN_LOSS, 0.7335, 6e-3),
                  PaperValue.at(300, Metric.TRAIN_ACCURACY, 0.4700, 0.015),
                  PaperValue.at(300, Metric.VALIDATION_ACCURACY, 0.4384, 0.021),
                  PaperValue.chosen(Metric.TEST_ACCURACY, 0.4353, 0.009))),
          "the start is random and unseeded: 0.006 of a loss, 0.9 points of the test (two standard"
              + " errors, 0.5), 1.5 of the training set and 2.1 of validation (three, 0.7)",
          Optional.of("25 min on a cloud CPU"));

  private static final GridExperiment NN_SGD =
      new GridExperiment(
          "nn-sgd",
          "two-layer perceptron, mini-batches, CIFAR-10",
          "CIFAR-10 study, part 3, Figures 4, 5 and 8",
          """
          Trains 3072-200-10 (sigmoid, squared error) in batches of 500, in another order each epoch,
          for 301 epochs, learning rate 0.001 less 1 % each epoch (the text says 5 %, the log 1 %).""",
          List.of(),
          List.of(
              arm(
                  NN_SGD_SETTINGS,
                  PaperValue.at(0, Metric.TRAIN_ACCURACY, 0.2760, 0.03),
                  PaperValue.at(0, Metric.VALIDATION_ACCURACY, 0.2784, 0.03),
                  PaperValue.at(20, Metric.TRAIN_ACCURACY, 0.4263, 0.012),
                  PaperValue.at(20, Metric.VALIDATION_ACCURACY, 0.4184, 0.012),
                  PaperValue.at(100, Metric.TRAIN_ACCURACY, 0.5157, 0.012),
                  PaperValue.at(100, Metric.VALIDATION_ACCURACY, 0.4706, 0.012),
                  PaperValue.at(300, Metric.TRAIN_ACCURACY, 0.5703, 0.012),
                  PaperValue.at(300, Metric.VALIDATION_ACCURACY, 0.4818, 0.012),
                  PaperValue.chosen(Metric.TEST_ACCURACY, 0.4727, 0.012),
                  PaperValue.chosen(Metric.TEST_LOSS, 0.7206, 0).shownOnly())),
          "start and order are random and unseeded: 1.2 points are two standard errors of the"
              + " difference of two runs (0.6); 3 points after the first epoch, where the curve is"
              + " steep",
          Optional.of("41 min on a cloud CPU"));

  private static final Settings CNN_SETTINGS =
      Settings.defaults()
          .with(DATASET, ImageSet.CIFAR10)
          .with(INPUT, InputScaling.MEAN_IMAGE)
          .with(SPLIT, SplitOrder.SEQUENTIAL)
          .with(VALIDATION, 0.1)
          .with(CONVOLUTIONS, List.of(32, 64, 64))
          .with(HIDDEN, List.of(64))
          .with(ACTIVATION, ActivationFunction.SIGMOID)
          .with(INIT, WeightStart.GLOROT_UNIFORM)
          .with(LOSS_OFFSET, 0.0)
          .with(BATCH_SIZE, 50)
          .with(BATCH_ORDER, BatchOrder.SHUFFLED)
          .with(EPOCHS, 300)
          .with(LEARNING_RATE, 0.015)
          .with(STEP_DECAY, 0.001)
          .with(MOMENTUM, 0.5)
          .with(EARLY_STOP, 0)
          .with(TRAIN_METRICS, TrainMetrics.DURING_EPOCH);

  private static final String CNN_NAME = "cnn";
  private static final String CNN_TITLE = "convolutional network, CIFAR-10";
  private static final String CNN_DESCRIPTION =
      """
      Trains three 3x3 convolutions (32, 64 and 64 filters, no activation), each before a 2x2 max
      pooling, then 64 sigmoid units and 10 outputs, with softmax cross-entropy in batches of 50 and
      momentum 0.5, learning rate 0.015 / (1 + 0.001 step). 300 epochs, or 10 with --epochs 10. Loss
      and accuracy of the training set are means over the batches of an epoch as they come.""";

  private static final GridExperiment CNN_10 =
      new GridExperiment(
          CNN_NAME,
          CNN_TITLE + ", 10 epochs",
          "CIFAR-10 study, part 4, the run of 10 epochs",
          CNN_DESCRIPTION,
          List.of(),
          List.of(
              arm(
                  CNN_SETTINGS.with(EPOCHS, 10),
                  PaperValue.at(10, Metric.TRAIN_ACCURACY, 0.5120, 0.02),
                  PaperValue.at(10, Metric.VALIDATION_ACCURACY, 0.5084, 0.02),
                  PaperValue.chosen(Metric.TEST_ACCURACY, 0.5071, 0.02))),
          "start and order are random and unseeded; the curve still rises, and two of the paper's own"
              + " runs differ by 0.8 points at this epoch",
          Optional.of("15 min on a cloud CPU"));

  private static final GridExperiment CNN =
      new GridExperiment(
              CNN_NAME,
              CNN_TITLE,
              "CIFAR-10 study, part 4, Table 1, Figures 6 and 7",
              CNN_DESCRIPTION,
              List.of(),
              List.of(
                  arm(
                      CNN_SETTINGS,
                      PaperValue.at(1, Metric.TRAIN_ACCURACY, 0.274, 0.03),
                      PaperValue.at(1, Metric.VALIDATION_ACCURACY, 0.345, 0.03),
                      PaperValue.at(10, Metric.TRAIN_ACCURACY, 0.504, 0.02),
                      PaperValue.at(10, Metric.VALIDATION_ACCURACY, 0.501, 0.02),
                      PaperValue.at(50, Metric.TRAIN_ACCURACY, 0.584, 0.02),
                      PaperValue.at(50, Metric.VALIDATION_ACCURACY, 0.568, 0.02),
                      PaperValue.at(100, Metric.TRAIN_ACCURACY, 0.613, 0.02),
                      PaperValue.at(100, Metric.VALIDATION_ACCURACY, 0.587, 0.02),
                      PaperValue.at(200, Metric.TRAIN_ACCURACY, 0.637, 0.02),
                      PaperValue.at(200, Metric.VALIDATION_ACCURACY, 0.604, 0.02),
                      PaperValue.at(300, Metric.TRAIN_ACCURACY, 0.652, 0.02),
                      PaperValue.at(300, Metric.VALIDATION_ACCURACY, 0.614, 0.02),
                      PaperValue.at(300, Metric.VALIDATION_LOSS, 1.093, 0).shownOnly(),
                      PaperValue.chosen(Metric.TEST_ACCURACY, 0.6029, 0.015),
                      PaperValue.chosen(Metric.TEST_LOSS, 1.115, 0).shownOnly())),
              "start and order are random and unseeded: 1.5 points of the test are two standard errors"
                  + " of the difference of two runs (0.7), 2 points three of validation (0.7); 3 points"
                  + " after the first epoch, where the curve is steep",
              Optional.of("15 min on a cloud GPU"))
          .orShorter(CNN_10);

  /** In the order of the paper. */
  static final List<GridExperiment> EXPERIMENTS = List.of(LINEAR, NN, NN_SGD, CNN);

  /** Of the same trainings, so that it needs none where they are done. */
  static final ComparisonExperiment COMPARISON =
      new ComparisonExperiment(
          "comparison",
          "the four classifiers of CIFAR-10 side by side",
          "CIFAR-10 study, part 5, Table 2, Figures 8 and 9",
          """
          Trains linear, nn, nn-sgd and cnn and sets their test accuracies beside each other. A
          training that another run has finished, with the same settings, images and numerics, is
          taken over from it; --fresh trains all four again. The run's model is the paper's best,
          the convolutional network. The paper's accuracies are those of its text, with a digit
          more than its table, whose third is a slip.""",
          EXPERIMENTS);

  private Cifar10Study() {}

  private static Arm arm(Settings settings, PaperValue... paper) {
    return new Arm(settings, List.of(paper), OptionalInt.empty(), true);
  }
}
