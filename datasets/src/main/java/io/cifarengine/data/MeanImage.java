// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;

/**
 * mean[p] = sum over the images of x[p] / n at every pixel p: the image in the middle of a set, in
 * levels from 0 to 255, planar (channels, height, width). Immutable.
 *
 * <p>It holds floats and nothing besides, so that a mean image that was written to a file and read
 * again gives the same bits.
 */
public final class MeanImage {
  private final Shape shape;
  private final float[] levels;

  private MeanImage(Shape shape, float[] levels) {
    this.shape = shape;
    this.levels = levels;
  }

  /**
   * The mean of all images of a set, whatever its layout and normalization: sums of integers, divided
   * by n in double and rounded to float.
   *
   * @throws IllegalArgumentException where the set is empty
   */
  public static MeanImage of(ImageDataset images) {
    if (images.size() == 0) {
      throw new IllegalArgumentException("mean image: expected at least 1 image, found none");
    }
    long[] sums = images.pixelSums();
    float[] levels = new float[sums.length];
    for (int p = 0; p < levels.length; p++) {
      levels[p] = (float) ((double) sums[p] / images.size());
    }
    return new MeanImage(images.planarShape(), levels);
  }

  /**
   * The mean image with these levels, as {@link #levels} gave them.
   *
   * @param planar (channels, height, width)
   * @throws ShapeException where the shape is not planar or has another number of pixels
   * @throws IllegalArgumentException where a level is not within 0 to 255
   */
  public static MeanImage of(Shape planar, float[] levels) {
    if (planar.rank() != 3 || planar.size() != levels.length) {
      throw new ShapeException(
          "mean image: expected (channels, height, width) of "
              + levels.length
              + " levels, found "
              + planar);
    }
    for (int p = 0; p < levels.length; p++) {
      if (!(levels[p] >= 0 && levels[p] <= 255)) { // NaN fails too
        throw new IllegalArgumentException(
            "mean image: level of pixel "
                + p
                + " out of range (expected 0 to 255, found "
                + levels[p]
                + ")");
      }
    }
    return new MeanImage(planar, levels.clone());
  }

  /** (channels, height, width). */
  public Shape shape() {
    return shape;
  }

  /** The mean of every pixel, from 0 to 255, planar: a copy. */
  public float[] levels() {
    return levels.clone();
  }
}
