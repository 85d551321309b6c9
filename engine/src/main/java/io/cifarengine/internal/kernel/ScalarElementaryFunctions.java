// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/**
 * y = exp x, tanh x or sigmoid x over a range, one element at a time: the twin of {@link
 * VectorElementaryFunctions}, with the same bits, for machines and JVMs without vectors.
 *
 * <p>x and y may be the same array at the same place, and may not overlap otherwise. Nothing is
 * checked here.
 */
public final class ScalarElementaryFunctions {
  private ScalarElementaryFunctions() {}

  /** y[yAt + i] = e^x[xAt + i], i = 0 .. n - 1. */
  public static void exp(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = ElementaryFunctions.exp(x[xAt + i]);
    }
  }

  /** y[yAt + i] = tanh x[xAt + i], i = 0 .. n - 1. */
  public static void tanh(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = ElementaryFunctions.tanh(x[xAt + i]);
    }
  }

  /** y[yAt + i] = 1 / (1 + e^-x[xAt + i]), i = 0 .. n - 1. */
  public static void sigmoid(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = ElementaryFunctions.sigmoid(x[xAt + i]);
    }
  }
}
