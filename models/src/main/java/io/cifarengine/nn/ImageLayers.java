// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;

/** What layers that move a window over images check, in errors that name the layer. */
final class ImageLayers {
  private ImageLayers() {}

  /** Throws where a size of a layer that is being written is too small. */
  static void requireAtLeast(int least, int value, String layer, String what) {
    if (value < least) {
      throw new IllegalArgumentException(
          layer + ": expected " + what + " of at least " + least + ", found " + value);
    }
  }

  /**
   * Throws where examples are no images (height, width, channels), or smaller than this.
   *
   * @param hint what to do about smaller ones
   */
  static void requireImages(String layer, Shape input, long height, long width, String hint) {
    if (input.rank() != 3) {
      throw new ShapeException(
          layer
              + ": expected images (height, width, channels), got examples of shape "
              + input
              + (input.rank() == 1 ? "; put it before flatten()" : ""));
    }
    if (input.dim(0) < height || input.dim(1) < width) {
      throw new ShapeException(
          layer
              + ": expected images of at least "
              + height
              + " x "
              + width
              + ", got examples of shape "
              + input
              + "; "
              + hint);
    }
  }
}
