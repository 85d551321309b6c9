// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.config.Settings;
import io.cifarengine.data.Dataset;
import io.cifarengine.nn.Network;
import io.cifarengine.train.ConfusionMatrix;
import io.cifarengine.train.Evaluation;
import io.cifarengine.train.Trainer;

/** What the weights that count do on the test set. */
public record TestResult(Evaluation evaluation, ConfusionMatrix confusion) {
  static TestResult of(Trainer trainer, Dataset test) {
    return new TestResult(trainer.evaluate(test), ConfusionMatrix.of(trainer.network(), test));
  }

  /** The same bits for a network that no trainer holds: by the settings' loss, with their penalty. */
  public static TestResult of(Network network, Settings settings, Dataset test) {
    Evaluation data = Evaluation.of(network, Training.loss(network.engine(), settings), test);
    return new TestResult(
        data.plus(Training.penalty(settings).of(network)), ConfusionMatrix.of(network, test));
  }

  /** Mean loss. */
  public double loss() {
    return evaluation.loss();
  }

  /** The fraction that is right. */
  public double accuracy() {
    return evaluation.accuracy();
  }
}
