// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/** Bytes x from 0 to 255 that become floats y, over a range of pixels. */
public interface PixelKernel {
  /** y = (x - mean[p]) scale at pixel p, in float: one subtraction and one product. */
  void center(byte[] x, int xAt, float[] mean, float scale, float[] y, int yAt, int n);

  /** y = (x - mean) scale, in double: one subtraction and one product, rounded to float. */
  void standardize(byte[] x, int xAt, double mean, double scale, float[] y, int yAt, int n);
}
