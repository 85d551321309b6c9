// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/**
 * fma(a, b, c) = a b + c with one rounding, fast on every CPU.
 *
 * <p>{@link Math#fma(float, float, float)} has the right bits everywhere, but on a CPU without the
 * instruction it goes through {@code BigDecimal}, some ten thousand times slower. There the exact
 * software form below serves; both give the same bits, so which one runs is never visible in a
 * result.
 */
public final class Fma {
  /** Whether {@link Math#fma(float, float, float)} is an instruction here. */
  public static final boolean HARDWARE = isInstruction();

  private Fma() {}

  /** a b + c, rounded once. */
  public static float fma(float a, float b, float c) {
    return HARDWARE ? Math.fma(a, b, c) : exact(a, b, c);
  }

  /**
   * a b + c, rounded once, from double arithmetic: the product of two floats is exact in a double,
   * and rounding the sum to odd before the final narrowing makes the second rounding harmless
   * (Boldo and Melquiond, "Emulation of a FMA and correctly rounded sums", 2008).
   */
  static float exact(float a, float b, float c) {
    double product = (double) a * b;
    double sum = product + c;
    double virtual = sum - product;
    double error = (product - (sum - virtual)) + (c - virtual); // TwoSum: product + c = sum + error
    // The comparison is false for NaN, which infinities leave in the error.
    if (Math.abs(error) > 0) {
      long bits = Double.doubleToRawLongBits(sum);
      if ((bits & 1) == 0) {
        boolean awayFromZero = (error > 0) == (sum > 0);
        sum = Double.longBitsToDouble(awayFromZero ? bits + 1 : bits - 1);
      }
    }
    return (float) sum;
  }

  /**
   * Times a few calls: an instruction takes nanoseconds even interpreted, the fallback tens of
   * microseconds. The best of several short bursts counts, so that a busy machine is not mistaken
   * for an old one.
   */
  private static boolean isInstruction() {
    float sink = 0;
    long best = Long.MAX_VALUE;
    for (int burst = 0; burst < 5; burst++) {
      long start = System.nanoTime();
      for (int i = 1; i <= 16; i++) {
        sink = Math.fma(1.0f / i, 3.0f, sink);
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return best < 16 * 2_000 && !Float.isNaN(sink);
  }
}
