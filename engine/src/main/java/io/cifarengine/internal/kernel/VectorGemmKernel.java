// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of two vectors' width, and of one for the last columns. Each has a class of its own; what stands here is which
 * of them computes what, and edges, which go through a whole tile of scratch.
 */
final class VectorGemmKernel implements GemmKernel {
  private static final VectorSpecies<Float> S = Species.FLOATS;
  private static final int L = S.length();
  private static final int MR = VectorPackedTile.MR;
  private static final int NR = 2 * L;

  private final float[] edge = new float[Math.max(MR, PATCH_ROWS) * NR];

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
    int from = bAt;
    int at = toAt;
    for (int p = 0; p < k; p++) {
      FloatVector.fromArray(S, b, from).intoArray(to, at);
      FloatVector.fromArray(S, b, from + L).intoArray(to, at + L);
      from += bStep;
      at += NR;
    }
  }

  @Override
  public void copyRows(
      int rows, int n, float[] from, int fromAt, int fromStep, float[] to, int toAt) {
    for (int i = 0; i < rows; i++) {
      int f = fromAt + i * fromStep;
      int t = toAt + i * n;
      for (int j = 0;
          j < n;
          j += L) { // the last vector reaches into the next row, which is written later
        FloatVector.fromArray(S, from, f + j).intoArray(to, t + j);
      }
    }
  }

  @Override
  public void packPanels(
      int panels, int k, float[] a, int aAt, int aStep, float[] to, int toAt, int panelStep) {
    for (int p = 0; p < k; p++) {
      int from = aAt + p * aStep;
      int at = toAt + p * MR;
      for (int t = 0; t < panels; t++) {
        for (int i = 0; i < MR; i += L) { // what is too much lies in the next row, written later
          FloatVector.fromArray(S, a, from + i).intoArray(to, at + i);
        }
        from += MR;
        at += panelStep;
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
    int padded = rows > MR - ROW_UNIT / 2 ? MR : (rows + ROW_UNIT - 1) / ROW_UNIT * ROW_UNIT;
    if (columns == NR && rows == padded) {
      VectorPackedTile.whole(
          rows, k, a, aAt, b, bAt, bStep, start, startAt, startStride, c, cAt, cStride);
      return;
    }
    // An edge: the same kernels on a whole tile of scratch, of which the valid part is copied.
    beginEdge(rows, columns, start, startAt, startStride);
    if (columns <= L && padded == MR) {
      VectorNarrowTile.packed(k, a, aAt, b, bAt, bStep, edge);
    } else {
      VectorPackedTile.whole(padded, k, a, aAt, b, bAt, bStep, edge, 0, NR, edge, 0, NR);
    }
    endEdge(rows, columns, c, cAt, cStride);
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
    if (columns == NR && rows == THIN_ROWS) {
      VectorThinTile.wide(
          k, a, aAt, aStride, b, bAt, bStep, start, startAt, startStride, c, cAt, cStride);
      return;
    }
    // Through scratch, like an edge; rows that are missing repeat the last one and are not copied.
    beginEdge(rows, columns, start, startAt, startStride);
    for (int j = 0; j < columns; j += L) {
      VectorThinTile.narrow(rows - 1, k, a, aAt, aStride, b, bAt + j, bStep, edge, j);
    }
    endEdge(rows, columns, c, cAt, cStride);
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
    if (columns == NR && rows == PATCH_ROWS) {
      VectorPatchTile.whole(k, a, aAt, b, bAt, bStep, start, startAt, startStride, c, cAt, cStride);
      return;
    }
    beginEdge(rows, columns, start, startAt, startStride);
    if (columns <= L) {
      VectorNarrowTile.patches(k, a, aAt, b, bAt, bStep, edge);
    } else {
      VectorPatchTile.whole(k, a, aAt, b, bAt, bStep, edge, 0, NR, edge, 0, NR);
    }
    endEdge(rows, columns, c, cAt, cStride);
  }

  @Override
  public void freshTile(
      int k, float[] a, int aAt, float[] b, int bAt, int bStep, float[] c, int cAt) {
    VectorPatchTile.fresh(k, a, aAt, b, bAt, bStep, c, cAt);
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
    if (columns == NR) {
      VectorColorTile.whole(k, a, aAt, steps, b, bAt, start, startAt, c, cAt, cStride);
      return;
    }
    System.arraycopy(start, startAt, edge, 0, columns);
    VectorColorTile.whole(k, a, aAt, steps, b, bAt, edge, 0, edge, 0, NR);
    endEdge(COLOR_ROWS, columns, c, cAt, cStride);
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
    if (rows <= VectorPlaceTile.LOW) {
      VectorPlaceTile.low(k, a, aAt, places, b, bAt, c, cAt);
    } else {
      VectorPlaceTile.whole(k, a, aAt, places, b, bAt, c, cAt);
    }
  }

  /** S into the scratch of edges. */
  private void beginEdge(int rows, int columns, float[] start, int startAt, int startStride) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(start, startAt + i * startStride, edge, i * NR, columns);
    }
  }

  /** The valid part of the scratch into C. */
  private void endEdge(int rows, int columns, float[] c, int cAt, int cStride) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(edge, i * NR, c, cAt + i * cStride, columns);
    }
  }
}
