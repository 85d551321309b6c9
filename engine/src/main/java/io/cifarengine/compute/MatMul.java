// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.internal.gemm.Gemm;
import io.cifarengine.tensor.Tensor;

/**
 * C = A B, A B', A' B: the name is the formula. Operands are matrices; the destination comes last
 * and shares no array with an input.
 *
 * <p>Every element of C is one chain {@code acc = fma(a, b, acc)} over the inner dimension in
 * ascending order, that starts from 0, from the stored C, or from a row: the same bits for any
 * threads and width. The error of an element is at most gamma_k (|A| |B|), with gamma_k = k u / (1 -
 * k u) and u = 2^-24 (Higham, "Accuracy and Stability of Numerical Algorithms", 3.5).
 */
public final class MatMul {
  private MatMul() {}

  /** C = A B, with A (m, k), B (k, n), C (m, n). */
  public static void ab(Engine engine, Tensor a, Tensor b, Tensor c) {
    ab(engine, a, b, c, Into.OVERWRITE);
  }

  /** C = A B or C + A B, with A (m, k), B (k, n), C (m, n). */
  public static void ab(Engine engine, Tensor a, Tensor b, Tensor c, Into into) {
    checkAb("ab", a, b, c);
    product(engine, a, false, b, false, c, into);
  }

  /** C = 1 r' + A B: the chain of each column starts from r, with A (m, k), B (k, n), r (n), C (m, n). */
  public static void abPlusRow(Engine engine, Tensor a, Tensor b, Tensor row, Tensor c) {
    checkAb("abPlusRow", a, b, c);
    Operands.requireSize("abPlusRow", "row", row, b.shape().dim(1));
    Operands.requireDistinct("abPlusRow", "c", c, row);
    product(engine, a, false, b, false, c, row.data(), 0);
  }

  /** C = A B', with A (m, k), B (n, k), C (m, n). */
  public static void abT(Engine engine, Tensor a, Tensor b, Tensor c) {
    abT(engine, a, b, c, Into.OVERWRITE);
  }

  /** C = A B' or C + A B', with A (m, k), B (n, k), C (m, n). */
  public static void abT(Engine engine, Tensor a, Tensor b, Tensor c, Into into) {
    checkMatrices("abT", a, b, c);
    Operands.requireEqual("abT", "inner dimensions", "a", a, 1, "b", b, 1);
    Operands.requireEqual("abT", "rows", "c", c, 0, "a", a, 0);
    Operands.requireEqual("abT", "columns of c and rows of b", "c", c, 1, "b", b, 0);
    product(engine, a, false, b, true, c, into);
  }

  /** C = A' B, with A (k, m), B (k, n), C (m, n). */
  public static void aTb(Engine engine, Tensor a, Tensor b, Tensor c) {
    aTb(engine, a, b, c, Into.OVERWRITE);
  }

  /** C = A' B or C + A' B, with A (k, m), B (k, n), C (m, n). */
  public static void aTb(Engine engine, Tensor a, Tensor b, Tensor c, Into into) {
    checkMatrices("aTb", a, b, c);
    Operands.requireEqual("aTb", "inner dimensions", "a", a, 0, "b", b, 0);
    Operands.requireEqual("aTb", "rows of c and columns of a", "c", c, 0, "a", a, 1);
    Operands.requireEqual("aTb", "columns", "c", c, 1, "b", b, 1);
    product(engine, a, true, b, false, c, into);
  }

  private static void checkAb(String operation, Tensor a, Tensor b, Tensor c) {
    checkMatrices(operation, a, b, c);
    Operands.requireEqual(operation, "inner dimensions", "a", a, 1, "b", b, 0);
    Operands.requireEqual(operation, "rows", "c", c, 0, "a", a, 0);
    Operands.requireEqual(operation, "columns", "c", c, 1, "b", b, 1);
  }

  private static void checkMatrices(String operation, Tensor a, Tensor b, Tensor c) {
    Operands.requireMatrix(operation, "a", a);
    Operands.requireMatrix(operation, "b", b);
    Operands.requireMatrix(operation, "c", c);
    Operands.requireDistinct(operation, "c", c, a, b);
  }

  private static void product(
      Engine engine, Tensor a, boolean aT, Tensor b, boolean bT, Tensor c, Into into) {
    int n = c.shape().dim(1);
    switch (into) {
      case OVERWRITE -> product(engine, a, aT, b, bT, c, Gemm.zeroRow(n), 0);
      case ACCUMULATE -> product(engine, a, aT, b, bT, c, c.data(), n);
    }
  }

  private static void product(
      Engine engine,
      Tensor a,
      boolean aT,
      Tensor b,
      boolean bT,
      Tensor c,
      float[] start,
      int startStride) {
    int aColumns = a.shape().dim(1);
    int bColumns = b.shape().dim(1);
    engine
        .gemm()
        .multiply(
            c.shape().dim(0),
            c.shape().dim(1),
            aT ? a.shape().dim(0) : aColumns,
            a.data(),
            aT ? 1 : aColumns,
            aT ? aColumns : 1,
            b.data(),
            bT ? 1 : bColumns,
            bT ? bColumns : 1,
            start,
            startStride,
            c.data());
  }
}
