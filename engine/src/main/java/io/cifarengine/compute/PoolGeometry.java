// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.internal.conv.PoolWindow;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;

/**
 * The sizes of a pooling, checked once.
 *
 * <pre>
 * x (n, height, width, channels)      y (n, outputHeight, outputWidth, channels)
 * outputHeight = floor((height - windowHeight) / stride) + 1, outputWidth likewise
 * </pre>
 *
 * Rows and columns behind the last window are not looked at.
 */
public final class PoolGeometry {
  private final Shape image;
  private final Shape output;
  private final PoolWindow window;
  private final int stride;
  private final boolean disjoint;
  private final int[] taps;

  private PoolGeometry(Shape image, int windowHeight, int windowWidth, int stride) {
    if (image.rank() != 3) {
      throw new ShapeException(
          "pooling: expected images of shape (height, width, channels), found " + image);
    }
    requirePositive(windowHeight, "window height");
    requirePositive(windowWidth, "window width");
    requirePositive(stride, "stride");
    if (windowHeight > image.dim(0) || windowWidth > image.dim(1)) {
      throw new ShapeException(
          "pooling: a window of "
              + windowHeight
              + " x "
              + windowWidth
              + " does not fit images of "
              + image.dim(0)
              + " x "
              + image.dim(1));
    }
    int channels = image.dim(2);
    this.image = image;
    this.stride = stride;
    window = new PoolWindow(windowHeight, windowWidth);
    output =
        Shape.of(
            (image.dim(0) - windowHeight) / stride + 1,
            (image.dim(1) - windowWidth) / stride + 1,
            channels);
    disjoint = stride >= windowHeight && stride >= windowWidth;
    taps = new int[windowHeight * windowWidth];
    for (int t = 0; t < taps.length; t++) {
      taps[t] = (t / windowWidth * image.dim(1) + t % windowWidth) * channels;
    }
  }

  private static void requirePositive(int value, String what) {
    if (value < 1) {
      throw new ShapeException("pooling: expected " + what + " of at least 1, found " + value);
    }
  }

  /**
   * Windows of this size.
   *
   * @param image (height, width, channels)
   * @param stride pixels from one window to the next, both ways
   * @throws ShapeException where a size is not positive, or the window does not fit
   */
  public static PoolGeometry of(Shape image, int windowHeight, int windowWidth, int stride) {
    return new PoolGeometry(image, windowHeight, windowWidth, stride);
  }

  /** (height, width, channels). */
  public Shape imageShape() {
    return image;
  }

  /** (outputHeight, outputWidth, channels). */
  public Shape outputShape() {
    return output;
  }

  /** The size of a window. */
  PoolWindow window() {
    return window;
  }

  /** Where the pixels of a window stand from its first one, in floats, row by row. */
  int[] taps() {
    return taps;
  }

  /** Where the window at (oy, ox) of an image begins, in floats of a batch. */
  int windowAt(int i, int oy, int ox) {
    return ((i * image.dim(0) + oy * stride) * image.dim(1) + ox * stride) * image.dim(2);
  }

  /** Whether no pixel is in two windows. */
  boolean isDisjoint() {
    return disjoint;
  }

  /** Whether every pixel is in a window. */
  boolean coversAll() {
    return disjoint && (long) output.size() * taps.length == image.size();
  }

  @Override
  public String toString() {
    return "pooling of " + image + ", stride " + stride + ", to " + output;
  }
}
