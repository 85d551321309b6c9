// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

/** What outputs (n, classes) cost in double, given the labels of the n examples. */
public interface ReferenceLoss {
  /** The mean over the batch. */
  double of(double[] outputs, int[] labels);

  /** d mean / d outputs. */
  double[] gradient(double[] outputs, int[] labels);
}
