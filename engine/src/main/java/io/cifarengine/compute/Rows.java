// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.tensor.Tensor;

/**
 * Operations over the rows of a matrix (n, classes).
 *
 * <p>A sum runs over 16 virtual lanes, element i in lane i mod 16, which a fixed tree adds up (+8, +4,
 * +2, +1): the same bits for any vector width up to 16 lanes, and an error that grows with n / 16.
 */
public final class Rows {
  private Rows() {}

  /**
   * y[i][j] = e^(x[i][j] - max x[i]) / sum over j of the same, with x and y (n, classes). Adding a
   * number to a row changes nothing but rounding; -infinity gives 0. y may be x.
   */
  public static void softmax(Engine engine, Tensor x, Tensor y) {
    Operands.requireMatrix("softmax", "x", x);
    Operands.requireSameShape("softmax", "y", y, "x", x);
    SoftmaxCall call = engine.softmaxCalls().borrow();
    try {
      call.run(x, y);
    } finally {
      engine.softmaxCalls().giveBack(call);
    }
  }

  /** s[j] = sum over i of x[i][j], or s[j] plus that, with x (n, m), s (m): a bias gradient. */
  public static void columnSums(Engine engine, Tensor x, Tensor s, Into into) {
    Operands.requireMatrix("columnSums", "x", x);
    Operands.requireSize("columnSums", "s", s, x.shape().dim(1));
    Operands.requireDistinct("columnSums", "s", s, x);
    ColumnSumsCall call = engine.columnSumsCalls().borrow();
    try {
      call.run(x, s, into);
    } finally {
      engine.columnSumsCalls().giveBack(call);
    }
  }
}
