// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.compute.Engine;
import io.cifarengine.nn.Initializer;
import io.cifarengine.nn.LossFunction;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.SoftmaxCrossEntropy;
import io.cifarengine.optim.Sgd;
import io.cifarengine.random.Randoms;
import io.cifarengine.train.EarlyStopping;
import io.cifarengine.train.Evaluation;
import io.cifarengine.train.Trainer;
import io.cifarengine.train.TrainingResult;
import io.cifarengine.zoo.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Trains the arms of a grid one after another and tests the arm that the paper tests. */
public final class ExperimentRunner {
  /** Inside the logarithm of the reported loss. */
  private static final double LOSS_OFFSET = 1e-6;

  private static final int PATIENCE = 5;

  private final Engine engine;
  private final Experiment experiment;
  private final ExperimentOptions options;
  private final ExperimentListener listener;

  /** A runner for one experiment. */
  public ExperimentRunner(
      Engine engine,
      Experiment experiment,
      ExperimentOptions options,
      ExperimentListener listener) {
    this.engine = engine;
    this.experiment = experiment;
    this.options = options;
    this.listener = listener;
  }

  /** Runs every arm that the options select. */
  public ExperimentResult run(ExperimentData data) {
    List<Arm> arms = options.arms(experiment);
    List<ArmResult> results = new ArrayList<>();
    long start = System.nanoTime();
    try {
      for (Arm arm : arms) {
        Network network = build(arm.settings(), data);
        if (results.isEmpty()) {
          listener.onStart(data, network, arms.size());
        }
        listener.onArm(results.size() + 1, arm);
        results.add(train(arm, network, data));
      }
    } finally {
      listener.onEnd();
    }
    return new ExperimentResult(
        experiment,
        options,
        data.name(),
        data.synthetic(),
        engine.threads(),
        engine.simdBits(),
        (System.nanoTime() - start) * 1e-9,
        List.copyOf(results));
  }

  private Network build(Settings settings, ExperimentData data) {
    return Network.build(
        engine,
        data.train().exampleShape(),
        Randoms.seeded(
            options.seed()), // unused by this study's initializer, which has its own seed
        Models.multilayerPerceptron(
            settings.hidden(),
            settings.activation()::layer,
            data.train().classes(),
            Initializer.legacyPositive()));
  }

  private ArmResult train(Arm arm, Network network, ExperimentData data) {
    long start = System.nanoTime();
    Settings settings = arm.settings();
    LossFunction loss = SoftmaxCrossEntropy.withOffset(engine, LOSS_OFFSET);
    Sgd sgd =
        Sgd.over(network)
            .learningRate((float) settings.learningRate())
            .momentum((float) settings.momentum())
            .weightDecay((float) settings.l2Penalty());
    Trainer trainer =
        new Trainer(network, sgd, loss, data.train(), data.validation(), experiment.batchSize());
    TrainingResult training = trainer.fit(options.epochs(), new EarlyStopping(PATIENCE), listener);
    boolean tested = settings.equals(experiment.chosen()) && !training.diverged();
    Optional<Evaluation> test =
        tested ? Optional.of(Evaluation.of(network, loss, data.test())) : Optional.empty();
    return new ArmResult(arm, training, (System.nanoTime() - start) * 1e-9, test);
  }
}
