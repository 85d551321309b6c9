// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.tensor.Tensor;

/**
 * loss = mean over the batch of the sum over the classes of (y - t)^2, with outputs y, and t = 1 at the
 * label and 0 elsewhere; d loss / d y = 2 (y - t) / n.
 *
 * <p>The loss of the CIFAR-10 study's linear classifier and perceptrons. It is not divided by the number
 * of classes. y - t is rounded to float, the sum of the squares runs in double.
 */
public final class SquaredError implements LossFunction {
  private final Loss loss = new Loss();
  private final GradientBuffers gradients = new GradientBuffers();

  /** Targets of 1 and 0. */
  public SquaredError() {}

  @Override
  public Loss of(Tensor outputs, int[] labels, int examples) {
    Labels.require("squared error", outputs, labels, examples);
    int n = labels.length;
    int classes = outputs.shape().dim(1);
    Tensor gradient = gradients.like(outputs);
    float[] y = outputs.data();
    float[] d = gradient.data();
    double total = 0;
    int correct = 0;
    for (int i = 0; i < n; i++) {
      int at = i * classes;
      int label = at + labels[i];
      for (int j = at; j < at + classes; j++) {
        float off = j == label ? y[j] - 1 : y[j]; // y - t
        total += (double) off * off;
        d[j] = 2 * off / examples;
      }
      correct += at + ArgMax.of(y, at, classes) == label ? 1 : 0;
    }
    loss.set(gradient, total, correct, n);
    return loss;
  }
}
