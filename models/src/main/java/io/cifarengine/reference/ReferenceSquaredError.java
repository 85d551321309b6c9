// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

/**
 * loss = mean over the batch of the sum over the classes of (y - t)^2, with t = 1 at the label and 0
 * elsewhere; d loss / d y = 2 (y - t) / n.
 */
public final class ReferenceSquaredError implements ReferenceLoss {
  /** Targets of 1 and 0. */
  public ReferenceSquaredError() {}

  @Override
  public double of(double[] outputs, int[] labels) {
    double total = 0;
    for (double d : differences(outputs, labels)) {
      total += d * d;
    }
    return total / labels.length;
  }

  @Override
  public double[] gradient(double[] outputs, int[] labels) {
    double[] d = differences(outputs, labels);
    for (int i = 0; i < d.length; i++) {
      d[i] = 2 * d[i] / labels.length;
    }
    return d;
  }

  /** y - t. */
  private static double[] differences(double[] outputs, int[] labels) {
    int classes = outputs.length / labels.length;
    double[] d = outputs.clone();
    for (int e = 0; e < labels.length; e++) {
      d[e * classes + labels[e]] -= 1;
    }
    return d;
  }
}
