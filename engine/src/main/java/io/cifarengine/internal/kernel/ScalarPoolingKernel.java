// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/** The specification of pooling. */
final class ScalarPoolingKernel implements PoolingKernel {
  @Override
  public void max(float[] x, int xAt, int[] taps, float[] y, int yAt, int n) {
    max(x, xAt, taps, y, yAt, 0, n);
  }

  @Override
  public void maxBackward(
      float[] x,
      int xAt,
      int[] taps,
      float[] y,
      float[] dy,
      int yAt,
      float[] dx,
      boolean add,
      int n) {
    maxBackward(x, xAt, taps, y, dy, yAt, dx, add, 0, n);
  }

  /** For from &lt;= j &lt; n. */
  static void max(float[] x, int xAt, int[] taps, float[] y, int yAt, int from, int n) {
    for (int j = from; j < n; j++) {
      float largest = x[xAt + taps[0] + j];
      for (int t = 1; t < taps.length; t++) {
        largest = Math.max(largest, x[xAt + taps[t] + j]);
      }
      y[yAt + j] = largest;
    }
  }

  /** For from &lt;= j &lt; n. */
  static void maxBackward(
      float[] x,
      int xAt,
      int[] taps,
      float[] y,
      float[] dy,
      int yAt,
      float[] dx,
      boolean add,
      int from,
      int n) {
    for (int j = from; j < n; j++) {
      float rest = dy[yAt + j]; // until the first of the largest takes it
      for (int tap : taps) {
        int at = xAt + tap + j;
        boolean takes = x[at] == y[yAt + j] || Float.isNaN(x[at]);
        float taken = takes ? rest : 0f;
        dx[at] = add ? dx[at] + taken : taken;
        rest = takes ? 0f : rest;
      }
    }
  }
}
