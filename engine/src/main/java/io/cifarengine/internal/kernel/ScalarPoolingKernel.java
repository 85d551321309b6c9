// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/** The specification of pooling. */
final class ScalarPoolingKernel implements PoolingKernel {
  @Override
  public void max(float[] x, int xAt, int[] taps, float[] y, int yAt, int n) {
    max(x, xAt, taps, y, yAt, 0, n);
  }

  @Override
  public void maxAndWinners(
      int windows,
      float[] x,
      int xAt,
      int xStep,
      int[] taps,
      float[] y,
      float[] winners,
      int yAt,
      int n) {
    for (int w = 0; w < windows; w++) {
      maxAndWinners(x, xAt + w * xStep, taps, y, winners, yAt + w * n, 0, n);
    }
  }

  @Override
  public void spread(
      float tap,
      int windows,
      float[] dy,
      float[] winners,
      int yAt,
      int yStep,
      float[] dx,
      int xAt,
      int xStep,
      int n) {
    for (int w = 0; w < windows; w++) {
      spread(tap, dy, winners, yAt + w * yStep, dx, xAt + w * xStep, 0, n);
    }
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
  static void maxAndWinners(
      float[] x, int xAt, int[] taps, float[] y, float[] winners, int yAt, int from, int n) {
    max(x, xAt, taps, y, yAt, from, n);
    for (int j = from; j < n; j++) {
      int winner = 0;
      while (!takes(x[xAt + taps[winner] + j], y[yAt + j])) {
        winner++;
      }
      winners[yAt + j] = winner;
    }
  }

  /** For from &lt;= j &lt; n. */
  static void spread(
      float tap, float[] dy, float[] winners, int yAt, float[] dx, int xAt, int from, int n) {
    for (int j = from; j < n; j++) {
      dx[xAt + j] = winners[yAt + j] == tap ? dy[yAt + j] : 0f;
    }
  }

  private static boolean takes(float x, float largest) {
    return x == largest || Float.isNaN(x);
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
        boolean takes = takes(x[at], y[yAt + j]);
        float taken = takes ? rest : 0f;
        dx[at] = add ? dx[at] + taken : taken;
        rest = takes ? 0f : rest;
      }
    }
  }
}
