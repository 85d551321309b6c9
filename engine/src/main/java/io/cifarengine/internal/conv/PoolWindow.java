// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

/**
 * The windows of a pooling that stand side by side and cover an image. A band is the rows of the image
 * that one row of windows covers.
 *
 * @param height rows of a window
 * @param width columns of a window
 */
public record PoolWindow(int height, int width) {

  /** Places of a band of an image of this width. */
  int placesOfBand(int imageWidth) {
    return height * imageWidth;
  }
}
