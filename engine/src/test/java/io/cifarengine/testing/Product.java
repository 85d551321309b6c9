// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.testing;

import io.cifarengine.internal.kernel.Fma;

/** The definition of a matrix product, on row-major arrays without blocks, tiles or threads. */
public final class Product {
  private Product() {}

  /** C = S + A B, each element one chain of fma over ascending k; S(i, j) = start[i * stride + j]. */
  public static float[] chain(
      int m, int n, int k, float[] a, float[] b, float[] start, int stride) {
    float[] c = new float[m * n];
    for (int i = 0; i < m; i++) {
      System.arraycopy(start, i * stride, c, i * n, n);
      for (int p = 0; p < k; p++) {
        float x = a[i * k + p];
        for (int j = 0; j < n; j++) {
          c[i * n + j] = Fma.fma(x, b[p * n + j], c[i * n + j]);
        }
      }
    }
    return c;
  }

  /** The transpose of a matrix of that many rows and columns. */
  public static float[] transposed(int rows, int columns, float[] x) {
    float[] t = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        t[j * rows + i] = x[i * columns + j];
      }
    }
    return t;
  }
}
