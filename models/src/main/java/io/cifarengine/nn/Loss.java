// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.tensor.Tensor;

/**
 * What a batch cost. The object is used again: it holds until the loss function's next call.
 *
 * <p>{@link #total} adds up over batches; {@link #mean} is what is minimized.
 */
public final class Loss {
  private Tensor gradient = Tensor.zeros(0);
  private double total;
  private int correct;
  private int examples;

  Loss() {}

  void set(Tensor gradient, double total, int correct, int examples) {
    this.gradient = gradient;
    this.total = total;
    this.correct = correct;
    this.examples = examples;
  }

  /** The mean over the batch; NaN where the network diverged. */
  public double mean() {
    return total / examples;
  }

  /** The sum over the batch. */
  public double total() {
    return total;
  }

  /** How many examples have their largest output at their label; the first of equal ones counts. */
  public int correct() {
    return correct;
  }

  /** How many examples there are. */
  public int examples() {
    return examples;
  }

  /** d mean / d output, of the output's shape; where these are a block of a batch, of the batch's mean. */
  public Tensor gradient() {
    return gradient;
  }
}
