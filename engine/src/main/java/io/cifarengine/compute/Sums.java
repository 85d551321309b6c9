// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.tensor.Tensor;

/** One number from all elements of a tensor: the same for any threads and vector width. */
public final class Sums {
  private Sums() {}

  /**
   * sum of x[i]^2.
   *
   * <p>The elements are cut into chunks of 4,096. In a chunk element i joins lane i mod 16 by {@code
   * fma(x, x, lane)} in float, and a fixed tree adds the lanes up (+8, +4, +2, +1); the chunks are added
   * in double, in their order. The result is within gamma_260 of the true sum, relatively, where no
   * square underflows; it is infinite where the squares of a chunk exceed the largest float.
   */
  public static double squares(Engine engine, Tensor x) {
    SquaresCall call = engine.squaresCalls().borrow();
    try {
      return call.run(x);
    } finally {
      engine.squaresCalls().giveBack(call);
    }
  }

  /** Whether no element of x is infinite or NaN; a tensor without elements is finite. */
  public static boolean isFinite(Engine engine, Tensor x) {
    FiniteCall call = engine.finiteCalls().borrow();
    try {
      return call.run(x);
    } finally {
      engine.finiteCalls().giveBack(call);
    }
  }
}
