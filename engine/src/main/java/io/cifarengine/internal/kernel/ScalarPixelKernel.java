// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/** The specification of what pixels become. */
final class ScalarPixelKernel implements PixelKernel {
  @Override
  public void center(
      byte[] x, int xAt, float[] mean, int meanAt, float scale, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = centered(x[xAt + i], mean[meanAt + i], scale);
    }
  }

  static float centered(byte x, float mean, float scale) {
    return ((x & 0xFF) - mean) * scale;
  }
}
