// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import java.util.List;

/**
 * The hyper-parameters of one training.
 *
 * @param momentum gamma, of the velocity
 * @param learningRate alpha
 * @param l2Penalty lambda, of all weights and biases
 * @param activation of the hidden layers
 * @param hidden widths of the hidden layers
 */
public record Settings(
    double momentum,
    double learningRate,
    double l2Penalty,
    ActivationFunction activation,
    List<Integer> hidden) {

  /** The same with another momentum. */
  public Settings withMomentum(double gamma) {
    return new Settings(gamma, learningRate, l2Penalty, activation, hidden);
  }

  /** The same with another learning rate. */
  public Settings withLearningRate(double alpha) {
    return new Settings(momentum, alpha, l2Penalty, activation, hidden);
  }
}
