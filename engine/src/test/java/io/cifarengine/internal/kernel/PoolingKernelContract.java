// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import io.cifarengine.testing.Bits;
import io.cifarengine.testing.Draw;
import java.util.Arrays;

/**
 * What every {@link PoolingKernel} keeps: the bits of the formulas in the interface's comment, at every
 * offset and length, and not an element outside the taps. A plain class, so that a JVM of another
 * vector width can run it too.
 */
public final class PoolingKernelContract {
  private static final int[] LENGTHS = {
    0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 37, 64, 67
  };
  private static final int[] OFFSETS = {0, 1, 3, 19};
  private static final int TAPS = 9;
  private static final float CANARY = -0x1.badcaep+99f;

  /** What arithmetic on x86 makes of infinity - infinity: a NaN with its sign bit set. */
  private static final float NEGATIVE_NAN = Float.intBitsToFloat(0xffc00000);

  /** Few values, so that the largest of a window stands in it several times. */
  private static final float[] VALUES = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NEGATIVE_INFINITY,
    Float.POSITIVE_INFINITY,
    Float.NaN,
    NEGATIVE_NAN,
    Float.MIN_VALUE
  };

  private final PoolingKernel kernel;

  private PoolingKernelContract(PoolingKernel kernel) {
    this.kernel = kernel;
  }

  /** Fails where the kernel breaks the contract. */
  public static void check(PoolingKernel kernel) {
    PoolingKernelContract contract = new PoolingKernelContract(kernel);
    for (int n : LENGTHS) {
      for (int at : OFFSETS) {
        for (int count : new int[] {1, 2, 4, TAPS}) {
          contract.check(n, at, count);
        }
      }
    }
    contract.check(1000, 5, 4);
    for (int n : LENGTHS) {
      contract.checkRow(n, 0);
      contract.checkRow(n, 3);
    }
  }

  /** A row of windows is its windows one by one, and leaves what lies between them alone. */
  private void checkRow(int n, int windows) {
    int[] taps = {0, n, 7 * n + 2, 8 * n + 2};
    int xStep = 2 * n + 1;
    int yStep = n + 5;
    String what = windows + " windows of " + n + "; " + Draw.replay();
    Draw draw = Draw.ofCase(n);
    float[] x = data(draw, 1, 20 * n + 20);
    float[] y = draw.withSpecials(1 + windows * n + 3, 5);
    float[] winners = draw.withSpecials(y.length, 5);
    float[] expectedY = y.clone();
    float[] expectedWinners = winners.clone();
    for (int w = 0; w < windows; w++) {
      kernel.maxAndWinners(1, x, 2 + w * xStep, 0, taps, expectedY, expectedWinners, 1 + w * n, n);
    }
    kernel.maxAndWinners(windows, x, 2, xStep, taps, y, winners, 1, n);
    Bits.assertSame(expectedY, y, "maxAndWinners, " + what);
    Bits.assertSame(expectedWinners, winners, "winners, " + what);

    float[] dy = draw.withSpecials(1 + windows * yStep, 5);
    float[] won = new float[dy.length];
    for (int i = 0; i < won.length; i++) {
      won[i] = draw.below(taps.length);
    }
    float[] dx = draw.withSpecials(x.length, 5);
    float[] expectedDx = dx.clone();
    for (int w = 0; w < windows; w++) {
      kernel.spread(1, 1, dy, won, 1 + w * yStep, 0, expectedDx, 2 + w * xStep, 0, n);
    }
    kernel.spread(1, windows, dy, won, 1, yStep, dx, 2, xStep, n);
    Bits.assertSame(expectedDx, dx, "spread, " + what);
  }

  /** So many runs of n floats from {@code at} on, one behind the other with gaps. */
  private void check(int n, int at, int count) {
    int[] taps = new int[count];
    for (int t = 0; t < count; t++) {
      taps[t] = t * (n + 3);
    }
    for (int kind = 0; kind < 3; kind++) {
      Draw draw = Draw.ofCase(n * 1000 + at * 30 + count * 3 + kind);
      float[] x = data(draw, kind, at + count * (n + 3));
      float[] dy = draw.withSpecials(at + n + 7, 5);
      float[] before = draw.withSpecials(x.length, 5);
      String what =
          n + " of " + count + " taps from " + at + ", data " + kind + "; " + Draw.replay();

      float[] y = new float[at + n + 7];
      Arrays.fill(y, CANARY);
      float[] expected = y.clone();
      for (int j = 0; j < n; j++) {
        expected[at + j] = x[at + taps[firstOfLargest(x, at + j, taps, true)] + j];
      }
      float[] xBefore = x.clone();
      kernel.max(x, at, taps, y, at, n);
      Bits.assertSame(expected, y, "max, " + what);

      checkWinners(x, taps, expected, dy, at, n, before, what);
      checkBackward(x, taps, y, dy, at, n, before, false, "maxBackward, " + what);
      checkBackward(x, taps, y, dy, at, n, before, true, "adding maxBackward, " + what);
      Bits.assertSame(xBefore, x, "x after all, " + what);
      Bits.assertSame(expected, y, "y after all, " + what);
    }
  }

  private void checkWinners(
      float[] x,
      int[] taps,
      float[] largest,
      float[] dy,
      int at,
      int n,
      float[] before,
      String what) {
    float[] y = new float[largest.length];
    Arrays.fill(y, CANARY);
    float[] winners = y.clone();
    float[] expected = y.clone();
    for (int j = 0; j < n; j++) {
      expected[at + j] = firstOfLargest(x, at + j, taps, false);
    }
    kernel.maxAndWinners(1, x, at, 0, taps, y, winners, at, n);
    Bits.assertSame(largest, y, "maxAndWinners, " + what);
    Bits.assertSame(expected, winners, "winners, " + what);
    for (int t = 0; t < taps.length; t++) {
      float[] dx = before.clone();
      float[] spread = before.clone();
      for (int j = 0; j < n; j++) {
        spread[at + taps[t] + j] = expected[at + j] == t ? dy[at + j] : 0f;
      }
      kernel.spread(t, 1, dy, winners, at, 0, dx, at + taps[t], 0, n);
      Bits.assertSame(spread, dx, "spread to tap " + t + ", " + what);
    }
  }

  private void checkBackward(
      float[] x,
      int[] taps,
      float[] y,
      float[] dy,
      int at,
      int n,
      float[] before,
      boolean add,
      String what) {
    float[] dx = before.clone();
    float[] expected = before.clone();
    for (int j = 0; j < n; j++) {
      int first = firstOfLargest(x, at + j, taps, false);
      for (int t = 0; t < taps.length; t++) {
        float taken = t == first ? dy[at + j] : 0;
        int to = at + taps[t] + j;
        expected[to] = add ? expected[to] + taken : taken;
      }
    }
    kernel.maxBackward(x, at, taps, y, dy, at, dx, add, n);
    Bits.assertSame(expected, dx, what);
  }

  /** NaN is the largest of all; zeros have an order, or none. */
  private static int firstOfLargest(float[] x, int at, int[] taps, boolean signedZeros) {
    int first = 0;
    for (int t = 1; t < taps.length; t++) {
      float largest = x[at + taps[first]];
      float other = x[at + taps[t]];
      boolean bothZero = largest == 0 && other == 0;
      // Float.compare: -infinity ... -0 < +0 ... infinity < NaN
      if (Float.compare(other, largest) > 0 && (signedZeros || !bothZero)) {
        first = t;
      }
    }
    return first;
  }

  private static float[] data(Draw draw, int kind, int n) {
    if (kind == 0) {
      return draw.uniform(n);
    }
    if (kind == 1) {
      return draw.withSpecials(n, 3);
    }
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = VALUES[draw.below(VALUES.length)];
    }
    return x;
  }
}
