// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.random.MersenneTwister;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Tensor;

/** The values with which a layer that multiplies starts. */
@FunctionalInterface
public interface Initializer {
  /** Fills W (in, out), or (kernelHeight, kernelWidth, in, out) of a convolution, and b (out). */
  void fill(Tensor w, Tensor b, Randoms randoms);

  /**
   * W = U(-r, r) with r = sqrt(6 / (in + out)), b = 0; in a convolution r = sqrt(6 / (kernelHeight
   * kernelWidth (in + out))).
   *
   * <p>Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
   * networks", 2010, equation 16.
   */
  static Initializer glorotUniform() {
    return (w, b, randoms) -> {
      int last = w.shape().rank() - 1;
      double fans = (double) w.shape().dim(last - 1) + w.shape().dim(last); // in + out
      for (int axis = 0; axis < last - 1; axis++) {
        fans *= w.shape().dim(axis); // places of the kernel
      }
      double r = Math.sqrt(6.0 / fans);
      for (int i = 0; i < w.size(); i++) {
        w.data()[i] = (float) (r * (2 * randoms.uniformDouble(i) - 1));
      }
    };
  }

  /**
   * W = deviation N(0, 1), b = 0: how the CIFAR-10 study starts its linear classifier (1e-5) and its
   * perceptrons (1e-3).
   *
   * @throws IllegalArgumentException where the deviation is not a positive, finite number
   */
  static Initializer normal(double deviation) {
    if (!(deviation > 0 && deviation <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "normal: expected a positive, finite deviation, found " + deviation);
    }
    return (w, b, randoms) -> {
      for (int i = 0; i < w.size(); i++) {
        w.data()[i] = (float) (deviation * randoms.gaussian(i));
      }
    };
  }

  /**
   * b = 0.01 U[0, 1) and W = 0.01 U[0, 1), drawn in this order from NumPy's legacy generator seeded
   * anew with 42 for every layer: how the CIFAR-100 study starts. That all weights are positive
   * matters: it makes the plateau that a second hidden layer must leave.
   */
  static Initializer legacyPositive() {
    return (w, b, randoms) -> {
      MersenneTwister legacy = new MersenneTwister(42);
      for (Tensor t : new Tensor[] {b, w}) {
        for (int i = 0; i < t.size(); i++) {
          t.data()[i] = (float) (0.01 * legacy.nextDouble());
        }
      }
    };
  }
}
