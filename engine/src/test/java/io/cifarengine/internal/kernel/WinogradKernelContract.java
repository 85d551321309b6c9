// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import static java.lang.Math.fma;

import io.cifarengine.testing.Bits;
import io.cifarengine.testing.Draw;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * What every {@link WinogradKernel} keeps: the bits of the matrices in the interface's comment, their sums from left
 * to right, and not an element outside. A plain class, so that a JVM of another vector width can run it too.
 */
public final class WinogradKernelContract {
  private static final int[] CHANNELS = {16, 32, 48, 128};
  private static final int[] TILES = {0, 1, 2, 5};
  private static final int SIZE = WinogradKernel.SIZE;
  private static final float P2 = 9f / 16;
  private static final float Q2 = 9f / 4;
  private static final float AT_0 = 64f / 81;
  private static final float AT_P = -128f / 243;
  private static final float AT_Q = 32f / 243;
  private static final int BEFORE = 3;
  private static final int BEHIND = 19;

  /** Between one run of channels and the next. */
  private static final int GAP = 5;

  private final WinogradKernel kernel;

  private WinogradKernelContract(WinogradKernel kernel) {
    this.kernel = kernel;
  }

  /** Fails where the kernel breaks the contract. */
  public static void check(WinogradKernel kernel) {
    WinogradKernelContract contract = new WinogradKernelContract(kernel);
    for (int n : CHANNELS) {
      for (int every : new int[] {1000, 5}) {
        Draw draw = Draw.ofCase(n + every);
        contract.runs(n, every, draw);
        for (int tiles : TILES) {
          contract.outputs(tiles, n, every, draw);
          contract.imageRow(tiles, n, every, draw);
          contract.gradientRow(tiles, n, every, draw);
        }
      }
    }
  }

  /** B' x. */
  private static float[] image(float[] x) {
    return new float[] {
      fma(-P2, fma(-Q2, x[0], x[2]), fma(-Q2, x[2], x[4])),
      fma(0.75f, fma(-Q2, x[1], x[3]), fma(-Q2, x[2], x[4])),
      fma(-0.75f, fma(-Q2, x[1], x[3]), fma(-Q2, x[2], x[4])),
      fma(1.5f, fma(-P2, x[1], x[3]), fma(-P2, x[2], x[4])),
      fma(-1.5f, fma(-P2, x[1], x[3]), fma(-P2, x[2], x[4])),
      fma(-P2, fma(-Q2, x[1], x[3]), fma(-Q2, x[3], x[5]))
    };
  }

  /** A x. */
  private static float[] gradient(float[] x) {
    return new float[] {
      x[0],
      fma(0.75f, fma(P2, x[3], x[1]), fma(P2, x[2], x[0])),
      fma(-0.75f, fma(P2, x[3], x[1]), fma(P2, x[2], x[0])),
      fma(1.5f, fma(Q2, x[3], x[1]), fma(Q2, x[2], x[0])),
      fma(-1.5f, fma(Q2, x[3], x[1]), fma(Q2, x[2], x[0])),
      x[3]
    };
  }

  /** A' x. */
  private static float[] output(float[] x) {
    return new float[] {
      x[0] + (x[1] + x[2]) + (x[3] + x[4]),
      fma(0.75f, x[1] - x[2], 1.5f * (x[3] - x[4])),
      fma(P2, x[1] + x[2], Q2 * (x[3] + x[4])),
      fma(27f / 64, x[1] - x[2], fma(27f / 8, x[3] - x[4], x[5]))
    };
  }

  /** A row of A' M A. */
  private static float[] outputRow(int row, float[] m) {
    float[] once = new float[SIZE];
    for (int s = 0; s < SIZE; s++) {
      once[s] = output(pick(m, s, SIZE, SIZE))[row];
    }
    return output(once);
  }

  private void imageRow(int tiles, int n, int every, Draw draw) {
    int pixelStep = n + GAP;
    int first = 2;
    int[] at = new int[first + tiles];
    Arrays.fill(at, -1);
    for (int t = 0; t < tiles; t++) {
      at[first + t] = 4 * (tiles - 1 - t) * pixelStep; // in no order of memory
    }
    float[] x = draw.withSpecials(BEFORE + (4 * tiles + 2) * pixelStep, every);
    int positionStep = n + GAP;
    int tileStep = 3 * positionStep;
    int halfStep = tiles * tileStep;
    float[] v = draw.uniform(BEFORE + 2 * halfStep + BEHIND);
    float[] expected = v.clone();
    for (int t = 0; t < tiles; t++) {
      for (int j = 0; j < n; j++) {
        float[] result = image(pick(x, at[first + t] + BEFORE + j, SIZE, pixelStep));
        for (int s = 0; s < SIZE; s++) {
          int to = BEFORE + t * tileStep + s / 3 * halfStep + s % 3 * positionStep;
          expected[to + j] = result[s];
        }
      }
    }
    float[] before = x.clone();
    kernel.imageRow(
        tiles, n, x, at, first, BEFORE, pixelStep, v, BEFORE, tileStep, positionStep, halfStep);
    String what = "imageRow of " + tiles + " tiles of " + n + "; " + Draw.replay();
    Bits.assertSame(expected, v, what);
    Bits.assertSame(before, x, "the source after " + what);
  }

  private void gradientRow(int tiles, int n, int every, Draw draw) {
    int[] at = new int[tiles];
    for (int t = 0; t < tiles; t++) {
      at[t] = 4 * (tiles - 1 - t) * n;
    }
    float[] x = draw.withSpecials(BEFORE + 4 * tiles * n, every);
    int tileStep = SIZE * n + GAP;
    float[] v = draw.uniform(BEFORE + tiles * tileStep + BEHIND);
    float[] expected = v.clone();
    for (int t = 0; t < tiles; t++) {
      for (int j = 0; j < n; j++) {
        float[] result = gradient(pick(x, at[t] + BEFORE + j, 4, n));
        for (int s = 0; s < SIZE; s++) {
          expected[BEFORE + t * tileStep + s * n + j] = result[s];
        }
      }
    }
    float[] before = x.clone();
    kernel.gradientRow(tiles, n, x, at, BEFORE, v, BEFORE, tileStep);
    String what = "gradientRow of " + tiles + " tiles of " + n + "; " + Draw.replay();
    Bits.assertSame(expected, v, what);
    Bits.assertSame(before, x, "the source after " + what);
  }

  /** So many elements a step apart. */
  private static float[] pick(float[] x, int at, int count, int step) {
    float[] picked = new float[count];
    for (int i = 0; i < count; i++) {
      picked[i] = x[at + i * step];
    }
    return picked;
  }

  /** Channels of some among others, in M and in y. */
  private void outputs(int tiles, int n, int every, Draw draw) {
    int tileStep = n + draw.below(GAP);
    int positionStep = tiles * tileStep + GAP;
    float[] m = draw.withSpecials(BEFORE + WinogradKernel.POSITIONS * positionStep, every);
    float[] b = draw.uniform(2 + n);
    int placeStep = n + draw.below(GAP);
    int rowStep = 4 * tiles * placeStep + GAP;
    float[] y = draw.uniform(BEFORE + 4 * rowStep + BEHIND);
    float[] expected = y.clone();
    for (int t = 0; t < tiles; t++) {
      for (int j = 0; j < n; j++) {
        int position = BEFORE + t * tileStep + j;
        float[] tile = pick(m, position, WinogradKernel.POSITIONS, positionStep);
        for (int r = 0; r < 4; r++) {
          float[] result = outputRow(r, tile);
          for (int s = 0; s < 4; s++) {
            expected[BEFORE + r * rowStep + (4 * t + s) * placeStep + j] = result[s] + b[2 + j];
          }
        }
      }
    }
    kernel.outputs(
        tiles, n, m, BEFORE, tileStep, positionStep, b, 2, y, BEFORE, placeStep, rowStep);
    Bits.assertSame(expected, y, "outputs of " + tiles + " tiles of " + n + "; " + Draw.replay());
  }

  /** G x. */
  private static float[] expanded(float[] x) {
    return new float[] {
      x[0] * AT_0,
      fma(0.75f, x[1], fma(P2, x[2], x[0])) * AT_P,
      fma(-0.75f, x[1], fma(P2, x[2], x[0])) * AT_P,
      fma(1.5f, x[1], fma(Q2, x[2], x[0])) * AT_Q,
      fma(-1.5f, x[1], fma(Q2, x[2], x[0])) * AT_Q,
      x[2]
    };
  }

  /** G' x. */
  private static float[] contracted(float[] x) {
    return new float[] {
      fma(AT_0, x[0], fma(AT_Q, x[3] + x[4], AT_P * (x[1] + x[2]))),
      fma(1.5f * AT_Q, x[3] - x[4], 0.75f * AT_P * (x[1] - x[2])),
      fma(Q2 * AT_Q, x[3] + x[4], fma(P2 * AT_P, x[1] + x[2], x[5]))
    };
  }

  /** A transform of runs of floats. */
  private interface Runs {
    void transform(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep);
  }

  private void runs(int n, int every, Draw draw) {
    runs("image", kernel::image, 6, WinogradKernelContract::image, n, every, draw);
    runs("gradient", kernel::gradient, 4, WinogradKernelContract::gradient, n, every, draw);
    runs("expand", kernel::expand, 3, WinogradKernelContract::expanded, n, every, draw);
    runs("contract", kernel::contract, 6, WinogradKernelContract::contracted, n, every, draw);
  }

  private static void runs(
      String name, Runs runs, int in, UnaryOperator<float[]> formula, int n, int every, Draw draw) {
    int step = n + GAP;
    float[] x = draw.withSpecials(BEFORE + in * step, every);
    float[] to = draw.uniform(BEFORE + SIZE * step + BEHIND);
    float[] expected = to.clone();
    for (int j = 0; j < n; j++) {
      float[] result = formula.apply(pick(x, BEFORE + j, in, step));
      for (int i = 0; i < result.length; i++) {
        expected[BEFORE + i * step + j] = result[i];
      }
    }
    float[] before = x.clone();
    runs.transform(n, x, BEFORE, step, to, BEFORE, step);
    String what = name + " of " + n + "; " + Draw.replay();
    Bits.assertSame(expected, to, what);
    Bits.assertSame(before, x, "the source after " + what);
  }
}
