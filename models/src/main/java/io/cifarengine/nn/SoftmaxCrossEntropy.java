// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Rows;
import io.cifarengine.tensor.Tensor;

/**
 * loss = -mean over the batch of log p[label], with p = softmax(outputs); d loss / d outputs = (p - t)
 * / n, with t = 1 at the label and 0 elsewhere.
 *
 * <p>The value is finite for any finite outputs: with m the largest output of a row, -log p[label] = m -
 * outputs[label] - log p[argmax], and p[argmax] is at least 1 / classes.
 */
public final class SoftmaxCrossEntropy implements LossFunction {
  private final Engine engine;
  private final double offset;
  private final Loss loss = new Loss();
  private final GradientBuffers gradients = new GradientBuffers();

  /** Reports -log p. */
  public SoftmaxCrossEntropy(Engine engine) {
    this(engine, 0);
  }

  private SoftmaxCrossEntropy(Engine engine, double offset) {
    this.engine = engine;
    this.offset = offset;
  }

  /**
   * Reports -log(p + offset) as the CIFAR-100 study does with 1e-6. The gradient stays that of -log p,
   * as it does there.
   */
  public static SoftmaxCrossEntropy withOffset(Engine engine, double offset) {
    if (!(offset > 0)) {
      throw new IllegalArgumentException("offset: expected a positive number, found " + offset);
    }
    return new SoftmaxCrossEntropy(engine, offset);
  }

  @Override
  public Loss of(Tensor outputs, int[] labels, int examples) {
    Labels.require("softmax cross-entropy", outputs, labels, examples);
    int n = labels.length;
    int classes = outputs.shape().dim(1);
    Tensor gradient = gradients.like(outputs);
    Rows.softmax(engine, outputs, gradient); // p
    float[] x = outputs.data();
    float[] p = gradient.data();
    double total = 0;
    int correct = 0;
    for (int i = 0; i < n; i++) {
      int label = i * classes + labels[i];
      int largest = i * classes + ArgMax.of(x, i * classes, classes);
      total -= logProbability(x, p, label, largest);
      correct += largest == label ? 1 : 0;
      p[label] -= 1; // p - t
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= examples;
    }
    loss.set(gradient, total, correct, n);
    return loss;
  }

  private double logProbability(float[] x, float[] p, int label, int largest) {
    if (offset > 0) {
      return StrictMath.log(p[label] + offset);
    }
    return (double) x[label] - x[largest] + StrictMath.log(p[largest]);
  }
}
