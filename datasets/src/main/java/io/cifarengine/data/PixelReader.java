// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

/** Reads images, counted through all records, as floats, and allocates nothing. */
@FunctionalInterface
interface PixelReader {
  /** Writes an image. */
  void read(int image, float[] target, int to);
}
