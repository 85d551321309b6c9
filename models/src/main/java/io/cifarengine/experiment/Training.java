// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.BatchOrder;
import io.cifarengine.config.DecayKind;
import io.cifarengine.config.DecayScope;
import io.cifarengine.config.LossKind;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.data.Layout;
import io.cifarengine.nn.Initializer;
import io.cifarengine.nn.LossFunction;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.NetworkSummary;
import io.cifarengine.nn.Parameter;
import io.cifarengine.nn.SoftmaxCrossEntropy;
import io.cifarengine.nn.SquaredError;
import io.cifarengine.optim.LearningRate;
import io.cifarengine.optim.Sgd;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.train.Penalty;
import io.cifarengine.train.Trainer;
import io.cifarengine.train.TrainingPlan;
import io.cifarengine.zoo.Models;
import java.util.Optional;
import java.util.function.Predicate;

/** What settings describe, built: the network, its loss, its optimizer and its plan. */
public final class Training {
  private static final int CHANNELS = 3;
  private static final int SIDE = 32;

  private Training() {}

  /** A trainer that starts from the first update. */
  public static Trainer trainer(Engine engine, Settings settings, SplitData data) {
    Network network =
        network(engine, settings, data.train().exampleShape(), data.train().classes());
    LossFunction loss = loss(engine, settings);
    return new Trainer(
        network,
        optimizer(network, settings),
        loss,
        data.train(),
        data.validation(),
        plan(settings));
  }

  /** The network alone. */
  public static Network network(Engine engine, Settings settings, Shape input, int classes) {
    Initializer initializer =
        switch (settings.value(Setting.INIT)) {
          case LEGACY_POSITIVE -> Initializer.legacyPositive();
          case GLOROT_UNIFORM -> Initializer.glorotUniform();
          case NORMAL -> Initializer.normal(settings.value(Setting.INIT_DEVIATION));
        };
    return Network.build(
        engine,
        input,
        Randoms.seeded(settings.value(Setting.SEED)),
        Models.convolutionalNetwork(
            settings.value(Setting.CONVOLUTIONS),
            settings.value(Setting.HIDDEN),
            settings.value(Setting.ACTIVATION)::layer,
            classes,
            initializer));
  }

  /** The network in numbers; it takes no images, and computes nothing. */
  public static NetworkSummary summary(Settings settings) {
    try (Engine engine = Engine.scalar(1)) {
      int classes = settings.value(Setting.DATASET).classes();
      Shape image = layout(settings).shape(CHANNELS, SIDE, SIDE);
      return NetworkSummary.of(network(engine, settings, image, classes));
    }
  }

  /** How the images of its batches lie. */
  public static Layout layout(Settings settings) {
    return settings.value(Setting.CONVOLUTIONS).isEmpty() ? Layout.PLANAR : Layout.NHWC;
  }

  /** The loss alone. */
  public static LossFunction loss(Engine engine, Settings settings) {
    if (settings.value(Setting.LOSS) == LossKind.SQUARED_ERROR) {
      return new SquaredError();
    }
    double offset = settings.value(Setting.LOSS_OFFSET);
    return offset > 0
        ? SoftmaxCrossEntropy.withOffset(engine, offset)
        : new SoftmaxCrossEntropy(engine);
  }

  /** The optimizer alone, whose learning rate is still to be set. */
  public static Sgd optimizer(Network network, Settings settings) {
    Sgd sgd = Sgd.over(network).momentum(settings.value(Setting.MOMENTUM).floatValue());
    float lambda = settings.value(Setting.L2_PENALTY).floatValue();
    return settings.value(Setting.L2_KIND) == DecayKind.COUPLED
        ? sgd.weightDecay(lambda, decaying(settings))
        : sgd.decoupledDecay(lambda, decaying(settings));
  }

  private static Predicate<Parameter> decaying(Settings settings) {
    return settings.value(Setting.L2_SCOPE) == DecayScope.ALL
        ? parameter -> true
        : parameter -> parameter.kind() == Parameter.Kind.WEIGHT;
  }

  private static TrainingPlan plan(Settings settings) {
    Randoms order = Randoms.seeded(settings.value(Setting.SEED)).stream("order");
    return new TrainingPlan(
        settings.value(Setting.EPOCHS),
        settings.value(Setting.FIRST_EPOCH),
        settings.value(Setting.BATCH_SIZE),
        learningRate(settings),
        settings.value(Setting.BATCH_ORDER) == BatchOrder.SHUFFLED
            ? Optional.of(order)
            : Optional.empty(),
        settings.value(Setting.EARLY_STOP),
        penalty(settings),
        settings.value(Setting.TRAIN_METRICS));
  }

  private static LearningRate learningRate(Settings settings) {
    LearningRate byEpoch =
        LearningRate.exponential(
            settings.value(Setting.LEARNING_RATE), settings.value(Setting.EPOCH_FACTOR));
    LearningRate byStep = LearningRate.inverseTime(1, settings.value(Setting.STEP_DECAY));
    return (epoch, step) -> byEpoch.at(epoch, step) * byStep.at(epoch, step);
  }

  /** What reported losses hold beside the loss. */
  static Penalty penalty(Settings settings) {
    return settings.value(Setting.L2_IN_LOSS)
        ? Penalty.l2(settings.value(Setting.L2_PENALTY), decaying(settings))
        : Penalty.none();
  }
}
