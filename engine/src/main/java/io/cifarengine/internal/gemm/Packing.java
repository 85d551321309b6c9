// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.gemm;

import java.util.Arrays;

/**
 * Copies blocks of A and B into the order in which a tile reads them.
 *
 * <pre>
 * panel of A: element (i, p) at p * MR + i     rows past the last are 0
 * panel of B: element (p, j) at p * NR + j     columns past the last are 0
 * </pre>
 *
 * Padding never reaches C: its products fall into rows and columns that no tile stores.
 */
final class Packing {
  private Packing() {}

  /** One panel of A: rows x k elements {@code a[aAt + i * rowStep + p * columnStep]}. */
  static void panelOfA(
      int rows,
      int k,
      float[] a,
      int aAt,
      int rowStep,
      int columnStep,
      float[] to,
      int toAt,
      int mr) {
    if (columnStep == 1 && rows == 12 && mr == 12) {
      twelveRows(k, a, aAt, rowStep, to, toAt);
      return;
    }
    for (int p = 0; p < k; p++) {
      int at = toAt + p * mr;
      int from = aAt + p * columnStep;
      for (int i = 0; i < rows; i++) {
        to[at + i] = a[from + i * rowStep];
      }
      Arrays.fill(to, at + rows, at + mr, 0f);
    }
  }

  /** The transpose of 12 contiguous rows; unrolled, since this runs for every element of every A. */
  private static void twelveRows(int k, float[] a, int aAt, int rowStep, float[] to, int toAt) {
    int r1 = rowStep;
    int r2 = 2 * rowStep;
    int r3 = 3 * rowStep;
    int at = toAt;
    for (int i = 0; i < 12; i += 4) {
      int from = aAt + i * rowStep;
      for (int p = 0; p < k; p++) {
        int t = at + p * 12;
        to[t] = a[from + p];
        to[t + 1] = a[from + r1 + p];
        to[t + 2] = a[from + r2 + p];
        to[t + 3] = a[from + r3 + p];
      }
      at += 4;
    }
  }

  /** One panel of B: k x columns elements {@code b[bAt + p * rowStep + j * columnStep]}. */
  static void panelOfB(
      int k,
      int columns,
      float[] b,
      int bAt,
      int rowStep,
      int columnStep,
      float[] to,
      int toAt,
      int nr) {
    for (int p = 0; p < k; p++) {
      int at = toAt + p * nr;
      int from = bAt + p * rowStep;
      if (columnStep == 1) {
        System.arraycopy(b, from, to, at, columns);
      } else {
        for (int j = 0; j < columns; j++) {
          to[at + j] = b[from + j * columnStep];
        }
      }
      Arrays.fill(to, at + columns, at + nr, 0f);
    }
  }
}
