// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/**
 * The specification of pooling. Which place of a window wins is as good as random, so that a branch on it would be
 * mispredicted every other time: where a training spends its time, it is decided by integers.
 */
final class ScalarPoolingKernel implements PoolingKernel {
  /** The keys of the infinities, see {@link #key}; of NaN they are above and below. */
  private static final int LEAST_KEY = key(Float.NEGATIVE_INFINITY);

  private static final int LARGEST_KEY = key(Float.POSITIVE_INFINITY);

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
    int last = taps.length - 1;
    for (int j = from; j < n; j++) {
      int least = Integer.MAX_VALUE;
      long largest = Long.MIN_VALUE;
      for (int t = 0; t <= last; t++) {
        int key = key(x[xAt + taps[t] + j]);
        least = Math.min(least, key);
        largest = Math.max(largest, (long) key << 32 | last - t); // of equal ones the first
      }
      int key = (int) (largest >> 32);
      if (least < LEAST_KEY || key > LARGEST_KEY || key == 0) { // NaN is above all, -0 equals +0
        max(x, xAt, taps, y, yAt, j, j + 1);
        winners[yAt + j] = firstOf(x, xAt + j, taps, y[yAt + j]);
      } else {
        y[yAt + j] = ofKey(key);
        winners[yAt + j] = last - (int) largest;
      }
    }
  }

  /** Integers in the order of the floats, -0 below +0. */
  private static int key(float x) {
    return turned(Float.floatToRawIntBits(x));
  }

  private static float ofKey(int key) {
    return Float.intBitsToFloat(turned(key));
  }

  /** Turns the order of the negative ones round; twice is nothing. */
  private static int turned(int bits) {
    return bits ^ bits >> 31 >>> 1;
  }

  private static int firstOf(float[] x, int at, int[] taps, float largest) {
    int first = 0;
    while (!takes(x[at + taps[first]], largest)) {
      first++;
    }
    return first;
  }

  /** For from &lt;= j &lt; n. */
  static void spread(
      float tap, float[] dy, float[] winners, int yAt, float[] dx, int xAt, int from, int n) {
    int winner = Float.floatToRawIntBits(tap);
    for (int j = from; j < n; j++) {
      int other = Float.floatToRawIntBits(winners[yAt + j]) ^ winner; // 0 where this tap wins
      int lost = (other | -other) >> 31; // else all ones
      dx[xAt + j] = Float.intBitsToFloat(Float.floatToRawIntBits(dy[yAt + j]) & ~lost);
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
