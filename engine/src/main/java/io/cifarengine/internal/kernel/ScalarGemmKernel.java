// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import java.util.Arrays;

/**
 * The specification of a tile, and what runs where there is no vector module.
 *
 * <p>Four rows of B and two rows of C stand in arrays of their own, indexed by the same plain j: that
 * is the form of this loop the JIT compiler turns into vector code by itself. Four steps of k a
 * pass keep C in registers between them without changing the order of the chain, and two rows share what
 * the loop has before and behind its vectors.
 */
final class ScalarGemmKernel implements GemmKernel {
  private static final int MR = 14;
  private static final int NR = 128;

  /**
   * Floats of a row of scratch: whole cache lines with the header of its array, so that all rows begin alike. The loop over
   * them then takes as many steps before its first vector for one as for the other, which a CPU predicts.
   */
  private static final int ROW = NR + 12;

  /** The rows of C, and behind an odd number of them one that nobody reads. */
  private final float[][] tile = new float[PATCH_ROWS + 1][ROW];

  private final float[] b0 = new float[ROW];
  private final float[] b1 = new float[ROW];
  private final float[] b2 = new float[ROW];
  private final float[] b3 = new float[ROW];

  /** Steps of k in a row of A, and in a packed panel. */
  private int[] ofRow = {};

  private int[] ofPanel = {};

  @Override
  public int rows() {
    return MR;
  }

  @Override
  public int columns() {
    return NR;
  }

  @Override
  public void packPanel(int k, float[] b, int bAt, int bStep, float[] to, int toAt) {
    for (int p = 0; p < k; p++) {
      System.arraycopy(b, bAt + p * bStep, to, toAt + p * NR, NR);
    }
  }

  @Override
  public void copyRows(
      int rows, int n, float[] from, int fromAt, int fromStep, float[] to, int toAt) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(from, fromAt + i * fromStep, to, toAt + i * n, n);
    }
  }

  @Override
  public void packPanels(
      int panels, int k, float[] a, int aAt, int aStep, float[] to, int toAt, int panelStep) {
    for (int p = 0; p < k; p++) {
      for (int t = 0; t < panels; t++) {
        System.arraycopy(a, aAt + p * aStep + t * MR, to, toAt + t * panelStep + p * MR, MR);
      }
    }
  }

  @Override
  public void tile(
      int rows,
      int columns,
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bStep,
      float[] start,
      int startAt,
      int startStride,
      float[] c,
      int cAt,
      int cStride) {
    begin(rows, columns, start, startAt, startStride);
    ofPanel = multiples(MR, k, ofPanel);
    chains(rows, columns, k, a, aAt, 1, ofPanel, b, bAt, bStep);
    end(rows, columns, c, cAt, cStride);
  }

  @Override
  public void thinTile(
      int rows,
      int columns,
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStep,
      float[] start,
      int startAt,
      int startStride,
      float[] c,
      int cAt,
      int cStride) {
    begin(rows, columns, start, startAt, startStride);
    ofRow = multiples(1, k, ofRow);
    chains(rows, columns, k, a, aAt, aStride, ofRow, b, bAt, bStep);
    end(rows, columns, c, cAt, cStride);
  }

  @Override
  public void patchTile(
      int rows,
      int columns,
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bStep,
      float[] start,
      int startAt,
      int startStride,
      float[] c,
      int cAt,
      int cStride) {
    thinTile(
        rows,
        columns,
        k,
        a,
        aAt,
        PATCH_PITCH,
        b,
        bAt,
        bStep,
        start,
        startAt,
        startStride,
        c,
        cAt,
        cStride);
  }

  @Override
  public void freshTile(
      int k, float[] a, int aAt, float[] b, int bAt, int bStep, float[] c, int cAt) {
    for (int i = 0; i < PATCH_ROWS; i++) {
      Arrays.fill(tile[i], 0, NR, 0f);
    }
    ofRow = multiples(1, k, ofRow);
    chains(PATCH_ROWS, NR, k, a, aAt, PATCH_PITCH, ofRow, b, bAt, bStep);
    end(PATCH_ROWS, NR, c, cAt, NR);
  }

  @Override
  public void colorTile(
      int columns,
      int k,
      float[] a,
      int aAt,
      int[] steps,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cStride) {
    begin(COLOR_ROWS, columns, start, startAt, 0);
    chains(COLOR_ROWS, columns, k, a, aAt, COLORS, steps, b, bAt, NR);
    end(COLOR_ROWS, columns, c, cAt, cStride);
  }

  @Override
  public void placeTile(
      int rows,
      int columns,
      int k,
      float[] a,
      int aAt,
      int[] places,
      float[] b,
      int bAt,
      float[] c,
      int cAt) {
    begin(rows, columns, c, cAt, NR);
    chains(rows, columns, k, a, aAt, 1, places, b, bAt, NR);
    end(rows, columns, c, cAt, NR);
  }

  /** S into the tile. */
  private void begin(int rows, int columns, float[] start, int startAt, int startStride) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(start, startAt + i * startStride, tile[i], 0, columns);
    }
  }

  /** The tile into C. */
  private void end(int rows, int columns, float[] c, int cAt, int cStride) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(tile[i], 0, c, cAt + i * cStride, columns);
    }
  }

  /** The first k multiples of a step, from 0 on, or more: those that are known where they are enough. */
  private static int[] multiples(int step, int k, int[] known) {
    if (k <= known.length) {
      return known;
    }
    int[] all = new int[k];
    Arrays.setAll(all, p -> p * step);
    return all;
  }

  /** Continues the chains of the tile: A(i, p) = a[aAt + steps[p] + i * aRowStep]. */
  private void chains(
      int rows,
      int columns,
      int k,
      float[] a,
      int aAt,
      int aRowStep,
      int[] steps,
      float[] b,
      int bAt,
      int bStep) {
    int p = 0;
    for (; p + 4 <= k; p += 4) {
      takeFourRows(b, bAt + p * bStep, bStep, columns);
      for (int i = 0; i < rows; i += 2) {
        int at = aAt + i * aRowStep;
        fourSteps(
            i,
            columns,
            a,
            at + steps[p],
            at + steps[p + 1],
            at + steps[p + 2],
            at + steps[p + 3],
            i + 1 < rows ? aRowStep : 0);
      }
    }
    for (; p < k; p++) {
      System.arraycopy(b, bAt + p * bStep, b0, 0, columns);
      for (int i = 0; i < rows; i += 2) {
        oneStep(i, columns, a, aAt + i * aRowStep + steps[p], i + 1 < rows ? aRowStep : 0);
      }
    }
  }

  private void takeFourRows(float[] b, int bAt, int bStep, int columns) {
    System.arraycopy(b, bAt, b0, 0, columns);
    System.arraycopy(b, bAt + bStep, b1, 0, columns);
    System.arraycopy(b, bAt + 2 * bStep, b2, 0, columns);
    System.arraycopy(b, bAt + 3 * bStep, b3, 0, columns);
  }

  /** Of rows i and i + 1, by A(i, p) = a[atp], A(i + 1, p) = a[atp + next]. */
  private void fourSteps(
      int i, int columns, float[] a, int at0, int at1, int at2, int at3, int next) {
    float[] b0 = this.b0;
    float[] b1 = this.b1;
    float[] b2 = this.b2;
    float[] b3 = this.b3;
    float[] upper = tile[i];
    float u0 = a[at0];
    float u1 = a[at1];
    float u2 = a[at2];
    float u3 = a[at3];
    float[] lower = tile[i + 1];
    float l0 = a[at0 + next];
    float l1 = a[at1 + next];
    float l2 = a[at2 + next];
    float l3 = a[at3 + next];
    for (int j = 0; j < columns; j++) {
      upper[j] =
          Fma.fma(u3, b3[j], Fma.fma(u2, b2[j], Fma.fma(u1, b1[j], Fma.fma(u0, b0[j], upper[j]))));
      lower[j] =
          Fma.fma(l3, b3[j], Fma.fma(l2, b2[j], Fma.fma(l1, b1[j], Fma.fma(l0, b0[j], lower[j]))));
    }
  }

  private void oneStep(int i, int columns, float[] a, int at, int next) {
    float[] b0 = this.b0;
    float[] upper = tile[i];
    float u = a[at];
    float[] lower = tile[i + 1];
    float l = a[at + next];
    for (int j = 0; j < columns; j++) {
      upper[j] = Fma.fma(u, b0[j], upper[j]);
      lower[j] = Fma.fma(l, b0[j], lower[j]);
    }
  }
}
