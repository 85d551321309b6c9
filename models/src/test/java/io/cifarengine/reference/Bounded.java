// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.tensor.Tensor;

/** Numbers in double, and how far the float engine's may lie from each: |float - value| &lt;= bound. */
final class Bounded {
  final double[] value;
  final double[] bound;

  Bounded(int n) {
    this(new double[n], new double[n]);
  }

  private Bounded(double[] value, double[] bound) {
    this.value = value;
    this.bound = bound;
  }

  /** Floats as they are: the bound is 0. */
  static Bounded exact(Tensor x) {
    return new Bounded(Doubles.of(x), new double[x.size()]);
  }

  int size() {
    return value.length;
  }

  /** |value| + bound, which the float's magnitude does not exceed. */
  double most(int i) {
    return Math.abs(value[i]) + bound[i];
  }

  /** Every float lies within its bound, and the bounds are tight enough to mean something. */
  void assertHolds(Tensor floats, String what) {
    assertEquals(size(), floats.size(), what);
    double largest = 0;
    double loosest = 0;
    for (int i = 0; i < size(); i++) {
      double off = Math.abs(floats.data()[i] - value[i]);
      assertTrue(
          off <= bound[i],
          what + "[" + i + "] = " + floats.data()[i] + " for " + value[i] + " within " + bound[i]);
      largest = Math.max(largest, Math.abs(value[i]));
      loosest = Math.max(loosest, bound[i]);
    }
    assertTrue(
        loosest <= 1e-3 * largest + 1e-30, what + ": bound " + loosest + " beside " + largest);
  }
}
