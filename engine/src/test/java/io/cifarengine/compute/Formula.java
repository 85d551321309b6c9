// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.tensor.Tensor;
import io.cifarengine.testing.Product;
import java.util.Arrays;

/** Every door to a matrix product, on the same A (m, k), B (k, n), start and result. */
enum Formula {
  AB,
  AB_ACCUMULATED,
  AB_PLUS_ROW,
  ABT,
  ABT_ACCUMULATED,
  ATB,
  ATB_ACCUMULATED;

  /** How many rows of S this formula starts from: 0, 1 or m. */
  int startRows(int m) {
    return switch (this) {
      case AB, ABT, ATB -> 0;
      case AB_PLUS_ROW -> 1;
      case AB_ACCUMULATED, ABT_ACCUMULATED, ATB_ACCUMULATED -> m;
    };
  }

  /** S + A B by the definition, with S the first {@link #startRows} rows of {@code start}. */
  float[] expected(int m, int n, int k, float[] a, float[] b, float[] start) {
    return switch (startRows(2)) {
      case 0 -> Product.chain(m, n, k, a, b, new float[n], 0);
      case 1 -> Product.chain(m, n, k, a, b, start, 0);
      default -> Product.chain(m, n, k, a, b, start, n);
    };
  }

  /** S + A B by the engine. */
  float[] run(Engine engine, int m, int n, int k, float[] a, float[] b, float[] start) {
    boolean transposesA = this == ATB || this == ATB_ACCUMULATED;
    boolean transposesB = this == ABT || this == ABT_ACCUMULATED;
    Tensor left =
        transposesA ? Tensor.wrap(Product.transposed(m, k, a), k, m) : Tensor.wrap(a, m, k);
    Tensor right =
        transposesB ? Tensor.wrap(Product.transposed(k, n, b), n, k) : Tensor.wrap(b, k, n);
    Tensor c = Tensor.zeros(m, n);
    if (startRows(2) == 2) {
      System.arraycopy(start, 0, c.data(), 0, m * n);
    } else {
      Arrays.fill(c.data(), Float.NaN); // an overwritten C may hold anything
    }
    switch (this) {
      case AB -> MatMul.ab(engine, left, right, c);
      case AB_ACCUMULATED -> MatMul.ab(engine, left, right, c, Into.ACCUMULATE);
      case AB_PLUS_ROW -> {
        float[] row = new float[n];
        System.arraycopy(start, 0, row, 0, n);
        MatMul.abPlusRow(engine, left, right, Tensor.wrap(row, n), c);
      }
      case ABT -> MatMul.abT(engine, left, right, c, Into.OVERWRITE);
      case ABT_ACCUMULATED -> MatMul.abT(engine, left, right, c, Into.ACCUMULATE);
      case ATB -> MatMul.aTb(engine, left, right, c);
      case ATB_ACCUMULATED -> MatMul.aTb(engine, left, right, c, Into.ACCUMULATE);
    }
    return c.data();
  }
}
