// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

/** Sums of products in double precision, and beside each the sum of the absolute products. */
public final class ExactSums {
  /** Unit roundoff of float. */
  private static final double U = 0x1p-24;

  private final double[] value;
  private final double[] size;

  ExactSums(int n) {
    value = new double[n];
    size = new double[n];
  }

  void add(int at, double x, double y) {
    double product = x * y; // of two floats: exact
    value[at] += product;
    size[at] += Math.abs(product);
  }

  /**
   * gamma = k u / (1 - k u): how far k roundings of a chain move it, relative to the sum of its
   * absolute terms (Higham, 3.1). A sum of so many terms in double adds its own k 2^-53.
   */
  public static double gamma(int roundings) {
    return roundings * U / (1 - roundings * U) + roundings * 0x1p-53;
  }

  /** Fails where an element is off by more than gamma times its absolute sum. */
  public void assertNear(float[] actual, int roundings, String what) {
    assertNear(actual, roundings, size, what);
  }

  /** The same with other absolute sums: those of an order of its own. */
  public void assertNear(float[] actual, int roundings, double[] sizes, String what) {
    assertEquals(value.length, actual.length, what);
    for (int i = 0; i < actual.length; i++) {
      double error = Math.abs(actual[i] - value[i]);
      double allowed = gamma(roundings) * sizes[i];
      if (!(error <= allowed)) {
        fail(what + ": element " + i + " is off by " + error + ", allowed " + allowed);
      }
    }
  }

  /** How far the worst element is off; NaN where one is. */
  public double largestError(float[] actual) {
    assertEquals(value.length, actual.length);
    double largest = 0;
    for (int i = 0; i < actual.length; i++) {
      largest = Math.max(largest, Math.abs(actual[i] - value[i]));
    }
    return largest;
  }

  /** Fails where an element is not the sum itself. */
  public void assertEqualTo(float[] actual, String what) {
    float[] expected = new float[value.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (float) value[i];
    }
    Bits.assertSame(expected, actual, what);
  }

  /** The sum of these sums, each times a factor. */
  public double dot(float[] factors) {
    double sum = 0;
    for (int i = 0; i < value.length; i++) {
      sum += factors[i] * value[i];
    }
    return sum;
  }

  /** The sum of the absolute terms of {@link #dot}. */
  public double sizeOfDot(float[] factors) {
    double sum = 0;
    for (int i = 0; i < size.length; i++) {
      sum += Math.abs(factors[i]) * size[i];
    }
    return sum;
  }
}
