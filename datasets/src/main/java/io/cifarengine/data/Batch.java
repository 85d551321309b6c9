// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import io.cifarengine.tensor.Tensor;

/**
 * Examples to work on together: images (size, ...) and their labels. The object is used again: it
 * holds until the next batch is taken.
 */
public final class Batch {
  private final Tensor images;
  private final int[] labels;

  Batch(Tensor images) {
    this.images = images;
    labels = new int[images.shape().dim(0)];
  }

  /** The examples, one a row. */
  public Tensor images() {
    return images;
  }

  /** The class of each example. */
  public int[] labels() {
    return labels;
  }

  /** How many examples there are. */
  public int size() {
    return labels.length;
  }
}
