// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

/**
 * dL / dv = (L(v + h) - L(v - h)) / 2h + O(h^2), for any element v of a parameter or of the input.
 *
 * <p>The formula leaves out h^2 L''' / 6, and the rounding of the two losses, some u = 2^-53 each,
 * adds about u |L| / h. Both are equally small near h = cbrt(3 u |L / L'''|), which for losses and
 * third derivatives about 1 is the cube root of 2^-52: hence {@link #STEP}, and an error about 1e-10.
 * A larger step shows the curvature of the loss, a smaller one the noise of its last digits.
 *
 * <p>Where v - h and v + h lie on two sides of a kink of relu the result is the mean of two slopes,
 * which is no derivative.
 */
final class CentralDifferences {
  /** 7.6e-6, near the cube root of 2^-52; a power of two, so that v + h is mostly exact. */
  static final double STEP = 0x1p-17;

  private final ReferenceNetwork network;
  private final ReferenceLoss loss;
  private final double[] x;
  private final int[] labels;
  private final double step;

  CentralDifferences(
      ReferenceNetwork network, ReferenceLoss loss, double[] x, int[] labels, double step) {
    this.network = network;
    this.loss = loss;
    this.x = x;
    this.labels = labels;
    this.step = step;
  }

  /** dL / d values[i], where {@code values} are a parameter of the network or the input itself. */
  double at(double[] values, int i) {
    double v = values[i];
    double above = v + step;
    double below = v - step;
    values[i] = above;
    double lossAbove = loss();
    values[i] = below;
    double lossBelow = loss();
    values[i] = v;
    // above - below is the step that was made, which rounding can tell from 2h.
    return (lossAbove - lossBelow) / (above - below);
  }

  private double loss() {
    return loss.of(network.forward(x, labels.length), labels);
  }
}
