// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

/** Reads images, counted through all records, as floats; owns scratch memory and allocates nothing. */
interface PixelReader {
  /** Writes channel after channel, as they are stored. */
  void planar(int image, float[] target, int to);

  /** Writes pixel after pixel, the channels of each side by side. */
  void interleaved(int image, float[] target, int to);
}
