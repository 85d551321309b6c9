// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import java.util.Arrays;

/** The specification of what pixels become. */
final class ScalarPixelKernel implements PixelKernel {
  /** The levels of a byte. Loaded, since C2 on JDK 17 takes seven times as long to make doubles of ints. */
  private static final double[] LEVELS = new double[256];

  static {
    Arrays.setAll(LEVELS, level -> level);
  }

  @Override
  public void center(byte[] x, int xAt, float[] mean, float scale, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = centered(x[xAt + i], mean[i], scale);
    }
  }

  static float centered(byte x, float mean, float scale) {
    return ((x & 0xFF) - mean) * scale;
  }

  @Override
  public void standardize(byte[] x, int xAt, double mean, double scale, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = standardized(x[xAt + i], mean, scale);
    }
  }

  static float standardized(byte x, double mean, double scale) {
    return (float) ((LEVELS[x & 0xFF] - mean) * scale);
  }
}
