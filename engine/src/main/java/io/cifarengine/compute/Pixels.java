// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import java.util.Objects;

/**
 * y = f(x): the levels x of pixels, bytes from 0 to 255, become floats. On the calling thread, since those who read
 * images do it from parts of a task, an image or more each.
 */
public final class Pixels {
  private Pixels() {}

  /**
   * y = (x - mean[p]) scale at pixel p, in float, one subtraction and one product, for as many pixels as the mean
   * image has.
   *
   * @throws IndexOutOfBoundsException where x or y has fewer elements from there on
   */
  public static void center(
      Engine engine, byte[] x, int xAt, float[] mean, float scale, float[] y, int yAt) {
    Objects.checkFromIndexSize(xAt, mean.length, x.length);
    Objects.checkFromIndexSize(yAt, mean.length, y.length);
    engine.pixels().center(x, xAt, mean, scale, y, yAt, mean.length);
  }

  /**
   * y = (x - mean) scale for n pixels: one subtraction and one product in double, rounded to float once.
   *
   * @throws IndexOutOfBoundsException where x or y has fewer elements from there on, or n is negative
   */
  public static void standardize(
      Engine engine, byte[] x, int xAt, double mean, double scale, float[] y, int yAt, int n) {
    Objects.checkFromIndexSize(xAt, n, x.length);
    Objects.checkFromIndexSize(yAt, n, y.length);
    engine.pixels().standardize(x, xAt, mean, scale, y, yAt, n);
  }
}
