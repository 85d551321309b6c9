// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Rows;
import io.cifarengine.tensor.ShapeException;
import io.cifarengine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

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

  /** A tensor for each of as many batch sizes as a {@link Network} keeps, so that a repeated size allocates nothing. */
  private final List<Tensor> gradients = new ArrayList<>();

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
  public Loss of(Tensor outputs, int[] labels) {
    requireLabels(outputs, labels);
    int n = labels.length;
    int classes = outputs.shape().dim(1);
    Tensor gradient = gradientLike(outputs);
    Rows.softmax(engine, outputs, gradient); // p
    float[] x = outputs.data();
    float[] p = gradient.data();
    double total = 0;
    int correct = 0;
    for (int i = 0; i < n; i++) {
      int label = i * classes + labels[i];
      int largest = argMax(x, i * classes, classes);
      total -= logProbability(x, p, label, largest);
      correct += largest == label ? 1 : 0;
      p[label] -= 1; // p - t
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= n;
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

  /** Where the largest of n elements stands, the first of equal ones. */
  private static int argMax(float[] x, int at, int n) {
    int best = at;
    for (int j = at + 1; j < at + n; j++) {
      if (x[j] > x[best]) {
        best = j;
      }
    }
    return best;
  }

  private static void requireLabels(Tensor outputs, int[] labels) {
    if (outputs.shape().rank() != 2 || outputs.shape().dim(0) != labels.length) {
      throw new ShapeException(
          "softmax cross-entropy: expected outputs ("
              + labels.length
              + ", classes) for "
              + labels.length
              + " labels, found "
              + outputs.shape());
    }
    int classes = outputs.shape().dim(1);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "softmax cross-entropy: label of example "
                + i
                + " out of range (expected 0 to "
                + (classes - 1)
                + ", found "
                + labels[i]
                + ")");
      }
    }
  }

  private Tensor gradientLike(Tensor outputs) {
    for (int i = 0; i < gradients.size(); i++) {
      if (gradients.get(i).shape().equals(outputs.shape())) {
        return gradients.get(i);
      }
    }
    if (gradients.size() == Network.KEPT_BATCH_SIZES) {
      gradients.remove(0);
    }
    Tensor gradient = Tensor.zeros(outputs.shape());
    gradients.add(gradient);
    return gradient;
  }
}
