// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.gemm;

import io.cifarengine.internal.kernel.GemmKernel;
import java.util.Arrays;

/**
 * Copies blocks of A and B into the order in which a tile reads them.
 *
 * <pre>
 * panel of A: element (i, p) at p * 14 + i     rows past the last are 0
 * panel of B: element (p, j) at p * NR + j     columns past the last are anything
 * </pre>
 *
 * Padding never reaches C: its products fall into rows and columns that no tile stores. An instance
 * owns scratch memory, so each worker has its own.
 */
final class Packing {
  /** Rows of a panel of A, the MR of every kernel, and of the scratch, which a tile of patches reads. */
  static final int MR = GemmKernel.PATCH_ROWS;

  /** The most columns of A that fit: the deepest patch of the kernels. */
  static final int DEEPEST = GemmKernel.DEEPEST_PATCH;

  /** Floats from one row of the scratch to the next: those of a tile of patches. */
  private static final int PITCH = GemmKernel.PATCH_PITCH;

  private final float[] rowsOfA = new float[MR * PITCH];

  /** Copies fourteen rows of A, which lie in rows, into the scratch, where a tile of patches finds them. */
  void copyRows(int k, float[] a, int aAt, int rowStep) {
    for (int i = 0; i < MR; i++) {
      System.arraycopy(a, aAt + i * rowStep, rowsOfA, i * PITCH, k);
    }
  }

  /** The scratch: {@link GemmKernel#PATCH_PITCH} floats from row to row. */
  float[] rowsOfA() {
    return rowsOfA;
  }

  /** One panel of A: rows x k elements {@code a[aAt + i * rowStep + p * columnStep]}. */
  void panelOfA(
      int rows, int k, float[] a, int aAt, int rowStep, int columnStep, float[] to, int toAt) {
    for (int i = 0; i < MR; i++) {
      copyRow(i < rows, k, a, aAt + i * rowStep, columnStep, i * PITCH);
    }
    transpose(k, to, toAt);
  }

  private void copyRow(boolean real, int k, float[] a, int from, int step, int to) {
    if (!real) {
      Arrays.fill(rowsOfA, to, to + k, 0f);
    } else if (step == 1) {
      System.arraycopy(a, from, rowsOfA, to, k);
    } else {
      for (int p = 0; p < k; p++) {
        rowsOfA[to + p] = a[from + p * step];
      }
    }
  }

  /** Unrolled, since it runs for every element of every packed A. */
  private void transpose(int k, float[] to, int toAt) {
    float[] s = rowsOfA;
    int t = toAt;
    for (int p = 0; p < k; p++) {
      to[t] = s[p];
      to[t + 1] = s[p + PITCH];
      to[t + 2] = s[p + 2 * PITCH];
      to[t + 3] = s[p + 3 * PITCH];
      to[t + 4] = s[p + 4 * PITCH];
      to[t + 5] = s[p + 5 * PITCH];
      to[t + 6] = s[p + 6 * PITCH];
      to[t + 7] = s[p + 7 * PITCH];
      to[t + 8] = s[p + 8 * PITCH];
      to[t + 9] = s[p + 9 * PITCH];
      to[t + 10] = s[p + 10 * PITCH];
      to[t + 11] = s[p + 11 * PITCH];
      to[t + 12] = s[p + 12 * PITCH];
      to[t + 13] = s[p + 13 * PITCH];
      t += MR;
    }
  }

  /**
   * One panel of B, k x columns elements {@code b[bAt + p * rowStep + j * columnStep]}, where the
   * kernel's own copy does not serve: a transposed B, or rows so near the end that a tile's width is not there.
   */
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
      for (int j = 0; j < columns; j++) {
        to[at + j] = b[from + j * columnStep];
      }
      if (columns < nr) {
        Arrays.fill(to, at + columns, at + nr, 0f);
      }
    }
  }
}
