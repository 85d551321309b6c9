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
        contract.expand(n, every, draw);
        contract.contract(n, every, draw);
        for (int tiles : TILES) {
          contract.outputs(tiles, n, every, draw);
          for (int row = 0; row < SIZE; row++) {
            contract.imageRow(row, tiles, n, every, draw);
            contract.gradientRow(row, tiles, n, every, draw);
          }
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

  /** A x; the zeros of the columns' factors count, the rows' do not. */
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

  private static float[] gradientColumn(float[] x) {
    float[] column = gradient(x);
    column[0] = fma(0, fma(0, x[3], x[1]), fma(0, x[2], x[0]));
    column[5] = fma(0, fma(0, x[3], x[1]), fma(0, x[2], x[3]));
    return column;
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

  /** One row of a two-sided transform of a square d whose element (r, s) is at {@code r * size + s}. */
  private static float[] row(
      int row, float[] d, int size, UnaryOperator<float[]> columns, UnaryOperator<float[]> rows) {
    float[] once = new float[size];
    for (int s = 0; s < size; s++) {
      float[] column = new float[size];
      for (int r = 0; r < size; r++) {
        column[r] = d[r * size + s];
      }
      once[s] = columns.apply(column)[row];
    }
    return rows.apply(once);
  }

  private void imageRow(int row, int tiles, int n, int every, Draw draw) {
    int pixelStep = n + GAP;
    int rowStep = (4 * tiles + SIZE) * pixelStep;
    int first = 2;
    int[] at = new int[first + tiles];
    Arrays.fill(at, -1);
    for (int t = 0; t < tiles; t++) {
      at[first + t] = 4 * (tiles - 1 - t) * pixelStep; // in no order of memory
    }
    float[] d = draw.withSpecials(BEFORE + SIZE * rowStep + n, every);
    int positionStep = n + GAP;
    int tileStep = 3 * positionStep;
    int halfStep = tiles * tileStep;
    float[] v = draw.uniform(BEFORE + 2 * halfStep + BEHIND);
    float[] expected = v.clone();
    for (int t = 0; t < tiles; t++) {
      for (int j = 0; j < n; j++) {
        int from = at[first + t] + BEFORE + j;
        float[] result =
            row(
                row,
                square(d, from, SIZE, rowStep, pixelStep),
                SIZE,
                WinogradKernelContract::image,
                WinogradKernelContract::image);
        for (int s = 0; s < SIZE; s++) {
          int to = BEFORE + t * tileStep + s / 3 * halfStep + s % 3 * positionStep;
          expected[to + j] = result[s];
        }
      }
    }
    float[] before = d.clone();
    kernel.imageRow(
        row,
        tiles,
        n,
        d,
        at,
        first,
        BEFORE,
        rowStep,
        pixelStep,
        v,
        BEFORE,
        tileStep,
        positionStep,
        halfStep);
    String what = "imageRow " + row + " of " + tiles + " tiles of " + n + "; " + Draw.replay();
    Bits.assertSame(expected, v, what);
    Bits.assertSame(before, d, "the source after " + what);
  }

  private void gradientRow(int row, int tiles, int n, int every, Draw draw) {
    int rowStep = 4 * tiles * n + GAP;
    int[] at = new int[tiles];
    for (int t = 0; t < tiles; t++) {
      at[t] = BEFORE + 4 * (tiles - 1 - t) * n;
    }
    float[] dy = draw.withSpecials(BEFORE + 4 * rowStep, every);
    int tileStep = SIZE * n + GAP;
    float[] v = draw.uniform(BEFORE + tiles * tileStep + BEHIND);
    float[] expected = v.clone();
    for (int t = 0; t < tiles; t++) {
      for (int j = 0; j < n; j++) {
        float[] result =
            row(
                row,
                square(dy, at[t] + j, 4, rowStep, n),
                4,
                WinogradKernelContract::gradientColumn,
                WinogradKernelContract::gradient);
        for (int s = 0; s < SIZE; s++) {
          expected[BEFORE + t * tileStep + s * n + j] = result[s];
        }
      }
    }
    float[] before = dy.clone();
    kernel.gradientRow(row, tiles, n, dy, at, rowStep, v, BEFORE, tileStep);
    String what = "gradientRow " + row + " of " + tiles + " tiles of " + n + "; " + Draw.replay();
    Bits.assertSame(expected, v, what);
    Bits.assertSame(before, dy, "the source after " + what);
  }

  /** One channel of a tile. */
  private static float[] square(float[] x, int at, int size, int rowStep, int pixelStep) {
    float[] tile = new float[size * size];
    for (int i = 0; i < tile.length; i++) {
      tile[i] = x[at + i / size * rowStep + i % size * pixelStep];
    }
    return tile;
  }

  private void outputs(int tiles, int n, int every, Draw draw) {
    int positionStep = tiles * n + GAP;
    float[] m = draw.withSpecials(BEFORE + WinogradKernel.POSITIONS * positionStep, every);
    float[] b = draw.uniform(n);
    int rowStep = 4 * tiles * n + GAP;
    float[] y = draw.uniform(BEFORE + 4 * rowStep + BEHIND);
    float[] expected = y.clone();
    for (int t = 0; t < tiles; t++) {
      for (int j = 0; j < n; j++) {
        float[] tile = new float[WinogradKernel.POSITIONS];
        for (int p = 0; p < tile.length; p++) {
          tile[p] = m[BEFORE + p * positionStep + t * n + j];
        }
        for (int r = 0; r < 4; r++) {
          float[] result =
              row(r, tile, SIZE, WinogradKernelContract::output, WinogradKernelContract::output);
          for (int s = 0; s < 4; s++) {
            expected[BEFORE + r * rowStep + (4 * t + s) * n + j] = result[s] + b[j];
          }
        }
      }
    }
    kernel.outputs(tiles, n, m, BEFORE, positionStep, b, y, BEFORE, rowStep);
    Bits.assertSame(expected, y, "outputs of " + tiles + " tiles of " + n + "; " + Draw.replay());
  }

  private void expand(int n, int every, Draw draw) {
    UnaryOperator<float[]> formula =
        x ->
            new float[] {
              x[0] * AT_0,
              fma(0.75f, x[1], fma(P2, x[2], x[0])) * AT_P,
              fma(-0.75f, x[1], fma(P2, x[2], x[0])) * AT_P,
              fma(1.5f, x[1], fma(Q2, x[2], x[0])) * AT_Q,
              fma(-1.5f, x[1], fma(Q2, x[2], x[0])) * AT_Q,
              x[2]
            };
    runs("expand", n, 3, SIZE, draw.withSpecials(BEFORE + 3 * (n + GAP), every), draw, formula);
  }

  private void contract(int n, int every, Draw draw) {
    UnaryOperator<float[]> formula =
        x ->
            new float[] {
              fma(AT_0, x[0], fma(AT_Q, x[3] + x[4], AT_P * (x[1] + x[2]))),
              fma(1.5f * AT_Q, x[3] - x[4], 0.75f * AT_P * (x[1] - x[2])),
              fma(Q2 * AT_Q, x[3] + x[4], fma(P2 * AT_P, x[1] + x[2], x[5]))
            };
    runs(
        "contract", n, SIZE, 3, draw.withSpecials(BEFORE + SIZE * (n + GAP), every), draw, formula);
  }

  private void runs(
      String name, int n, int in, int out, float[] x, Draw draw, UnaryOperator<float[]> formula) {
    int step = n + GAP;
    float[] to = draw.uniform(BEFORE + out * step + BEHIND);
    float[] expected = to.clone();
    for (int j = 0; j < n; j++) {
      float[] picked = new float[in];
      for (int i = 0; i < in; i++) {
        picked[i] = x[BEFORE + i * step + j];
      }
      float[] result = formula.apply(picked);
      for (int i = 0; i < out; i++) {
        expected[BEFORE + i * step + j] = result[i];
      }
    }
    if (in == 3) {
      kernel.expand(n, x, BEFORE, step, to, BEFORE, step);
    } else {
      kernel.contract(n, x, BEFORE, step, to, BEFORE, step);
    }
    Bits.assertSame(expected, to, name + " of " + n + "; " + Draw.replay());
  }
}
