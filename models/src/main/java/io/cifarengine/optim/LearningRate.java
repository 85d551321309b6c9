// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.optim;

/**
 * alpha(epoch, step): how large a step an optimizer takes, over the course of a training.
 *
 * <p>A schedule is a function of what is finished, without a state of its own, so a resumed training
 * goes on with the rates of an uninterrupted one.
 */
@FunctionalInterface
public interface LearningRate {
  /**
   * The rate of the next step.
   *
   * @param epoch how many epochs are finished, 0 in the first
   * @param step how many steps of the whole training are finished, 0 for the first
   */
  double at(int epoch, long step);

  /**
   * alpha.
   *
   * @throws IllegalArgumentException where alpha is not a positive, finite number
   */
  static LearningRate constant(double alpha) {
    requirePositive("alpha", alpha);
    return (epoch, step) -> alpha;
  }

  /**
   * alpha factor^epoch: the CIFAR-10 study's linear classifier (0.017, 0.999), perceptron on the full
   * batch (0.015, 0.9999) and on batches of 500 (0.001, 0.99).
   *
   * @throws IllegalArgumentException where alpha or factor is not a positive, finite number
   */
  static LearningRate exponential(double alpha, double factor) {
    requirePositive("alpha", alpha);
    requirePositive("factor", factor);
    return (epoch, step) -> alpha * StrictMath.pow(factor, epoch);
  }

  /**
   * alpha / (1 + decay step): the CIFAR-10 study's convolutional network (0.015, 0.001), whose steps are
   * batches.
   *
   * @throws IllegalArgumentException where alpha is not a positive, finite number, or decay is negative
   *     or not finite
   */
  static LearningRate inverseTime(double alpha, double decay) {
    requirePositive("alpha", alpha);
    if (!(decay >= 0 && decay <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "learning rate: expected a finite decay of at least 0, found " + decay);
    }
    return (epoch, step) -> alpha / (1 + decay * step);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "learning rate: expected a positive, finite " + name + ", found " + value);
    }
  }
}
