// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

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
    return new float[] {x[0] - x[2], x[1] + x[2], x[2] - x[1], x[3] - x[1]};
  }

  /** A x; the zeros of the columns' factors count, the rows' do not. */
  private static float[] gradient(float[] x) {
    return new float[] {x[0], x[0] + x[1], x[0] - x[1], x[1]};
  }

  private static float[] gradientColumn(float[] x) {
    return new float[] {x[0] + 0 * x[1], x[0] + x[1], x[0] - x[1], 0 * x[0] + x[1]};
  }

  /** A' x. */
  private static float[] output(float[] x) {
    return new float[] {x[0] + x[1] + x[2], x[1] - x[2] + x[3]};
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
    transform("imageRow", SIZE, row, tiles, n, every, draw);
  }

  private void gradientRow(int row, int tiles, int n, int every, Draw draw) {
    transform("gradientRow", 2, row, tiles, n, every, draw);
  }

  private void transform(String name, int size, int row, int tiles, int n, int every, Draw draw) {
    int pixelStep = n + GAP;
    int rowStep = (2 * tiles + size) * pixelStep;
    int first = 2;
    int from = BEFORE;
    int[] at = new int[first + tiles];
    Arrays.fill(at, -1);
    for (int t = 0; t < tiles; t++) {
      at[first + t] = 2 * (tiles - 1 - t) * pixelStep; // in no order of memory
    }
    float[] d = draw.withSpecials(from + size * rowStep + n, every);
    int positionStep = n + GAP;
    int tileStep = SIZE * positionStep;
    float[] v = draw.uniform(BEFORE + tiles * tileStep + BEHIND);
    float[] expected = v.clone();
    for (int t = 0; t < tiles; t++) {
      for (int j = 0; j < n; j++) {
        float[] tile = new float[size * size];
        for (int i = 0; i < tile.length; i++) {
          tile[i] = d[at[first + t] + i / size * rowStep + i % size * pixelStep + from + j];
        }
        float[] result =
            size == SIZE
                ? row(row, tile, size, WinogradKernelContract::image, WinogradKernelContract::image)
                : row(
                    row,
                    tile,
                    size,
                    WinogradKernelContract::gradientColumn,
                    WinogradKernelContract::gradient);
        for (int s = 0; s < SIZE; s++) {
          expected[BEFORE + t * tileStep + s * positionStep + j] = result[s];
        }
      }
    }
    float[] before = d.clone();
    if (size == SIZE) {
      kernel.imageRow(
          row, tiles, n, d, at, first, from, rowStep, pixelStep, v, BEFORE, tileStep, positionStep);
    } else {
      kernel.gradientRow(
          row, tiles, n, d, at, first, from, rowStep, pixelStep, v, BEFORE, tileStep, positionStep);
    }
    String what = name + " " + row + " of " + tiles + " tiles of " + n + "; " + Draw.replay();
    Bits.assertSame(expected, v, what);
    Bits.assertSame(before, d, "the source after " + what);
  }

  private void outputs(int tiles, int n, int every, Draw draw) {
    int positionStep = tiles * n + GAP;
    float[] m = draw.withSpecials(BEFORE + WinogradKernel.POSITIONS * positionStep, every);
    float[] b = draw.uniform(n);
    int rowStep = 2 * tiles * n + GAP;
    float[] y = draw.uniform(BEFORE + 2 * rowStep + BEHIND);
    float[] expected = y.clone();
    for (int t = 0; t < tiles; t++) {
      for (int j = 0; j < n; j++) {
        float[] tile = new float[WinogradKernel.POSITIONS];
        for (int p = 0; p < tile.length; p++) {
          tile[p] = m[BEFORE + p * positionStep + t * n + j];
        }
        for (int r = 0; r < 2; r++) {
          float[] result =
              row(r, tile, SIZE, WinogradKernelContract::output, WinogradKernelContract::output);
          for (int s = 0; s < 2; s++) {
            expected[BEFORE + r * rowStep + (2 * t + s) * n + j] = result[s] + b[j];
          }
        }
      }
    }
    kernel.outputs(tiles, n, m, BEFORE, positionStep, b, y, BEFORE, rowStep);
    Bits.assertSame(expected, y, "outputs of " + tiles + " tiles of " + n + "; " + Draw.replay());
  }

  private void expand(int n, int every, Draw draw) {
    UnaryOperator<float[]> formula =
        x -> new float[] {x[0], (x[0] + x[2] + x[1]) * 0.5f, (x[0] + x[2] - x[1]) * 0.5f, x[2]};
    runs("expand", n, 3, SIZE, draw.withSpecials(BEFORE + 3 * (n + GAP), every), draw, formula);
  }

  private void contract(int n, int every, Draw draw) {
    UnaryOperator<float[]> formula =
        x ->
            new float[] {
              x[0] + (x[1] + x[2]) * 0.5f, (x[1] - x[2]) * 0.5f, (x[1] + x[2]) * 0.5f + x[3]
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
