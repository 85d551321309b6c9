// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

/**
 * loss = -mean over the batch of log p[label], with p = softmax(outputs); d loss / d outputs = (p - t)
 * / n, with t = 1 at the label and 0 elsewhere.
 */
public final class ReferenceSoftmaxCrossEntropy implements ReferenceLoss {
  /** -mean log p, without the 1e-6 that the CIFAR-100 study adds to p where it reports a loss. */
  public ReferenceSoftmaxCrossEntropy() {}

  @Override
  public double of(double[] outputs, int[] labels) {
    int classes = outputs.length / labels.length;
    double total = 0;
    for (int e = 0; e < labels.length; e++) {
      int at = e * classes;
      int largest = largest(outputs, at, classes);
      double others = 0;
      for (int j = at; j < at + classes; j++) {
        others += j == largest ? 0 : StrictMath.exp(outputs[j] - outputs[largest]);
      }
      // log1p keeps the digits of a loss near 0, where 1 + others would round them away.
      total += outputs[largest] - outputs[at + labels[e]] + StrictMath.log1p(others);
    }
    return total / labels.length;
  }

  @Override
  public double[] gradient(double[] outputs, int[] labels) {
    int n = labels.length;
    int classes = outputs.length / n;
    double[] d = probabilities(outputs, n);
    for (int e = 0; e < n; e++) {
      d[e * classes + labels[e]] -= 1; // p - t
    }
    for (int i = 0; i < d.length; i++) {
      d[i] /= n;
    }
    return d;
  }

  /** p[e][j] = e^outputs[e][j] / sum over k of e^outputs[e][k], for n examples. */
  public static double[] probabilities(double[] outputs, int n) {
    int classes = outputs.length / n;
    double[] p = new double[outputs.length];
    for (int at = 0; at < p.length; at += classes) {
      double maximum = outputs[largest(outputs, at, classes)];
      double sum = 0;
      for (int j = at; j < at + classes; j++) {
        p[j] = StrictMath.exp(outputs[j] - maximum);
        sum += p[j];
      }
      for (int j = at; j < at + classes; j++) {
        p[j] /= sum;
      }
    }
    return p;
  }

  private static int largest(double[] x, int at, int n) {
    int best = at;
    for (int j = at + 1; j < at + n; j++) {
      best = x[j] > x[best] ? j : best;
    }
    return best;
  }
}
