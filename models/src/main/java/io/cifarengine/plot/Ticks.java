// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.plot;

import java.math.BigDecimal;

/**
 * The multiples of step = m 10^e, m in {1, 2, 5}, that lie in [low, high]; step is the smallest that
 * gives at most {@code most} of them.
 */
final class Ticks {
  private static final int[] MANTISSAS = {1, 2, 5};

  private static final String MINUS = "\u2212";

  /** A span below this share of the values themselves is noise of rounding, not a range. */
  private static final double NARROWEST = 1e-9;

  private final long first;
  private final int count;
  private final int mantissa;
  private final int exponent;

  private Ticks(long first, int count, int mantissa, int exponent) {
    this.first = first;
    this.count = count;
    this.mantissa = mantissa;
    this.exponent = exponent;
  }

  /** Ticks of any step. */
  static Ticks over(double low, double high, int most) {
    return over(low, high, most, -320);
  }

  /** Ticks at whole numbers only. */
  static Ticks whole(double low, double high, int most) {
    return over(low, high, most, 0);
  }

  private static Ticks over(double low, double high, int most, int lowestExponent) {
    double span = high - low;
    if (!(span > 0) || !Double.isFinite(span) || most < 2) {
      throw new IllegalArgumentException(
          "ticks: expected low < high and at least 2, found " + low + ", " + high + ", " + most);
    }
    // One decade too low, so that the rounding of the logarithm cannot skip the smallest step.
    int start = (int) Math.floor(StrictMath.log10(span / most)) - 1;
    for (int e = Math.max(start, lowestExponent); ; e++) {
      for (int m : MANTISSAS) {
        double step = value(m, e);
        // An end that misses a multiple by rounding alone still has its tick.
        double slack = 1e-9 * span / step;
        long first = (long) Math.ceil(low / step - slack);
        long last = (long) Math.floor(high / step + slack);
        if (last - first < most) {
          return new Ticks(first, (int) (last - first + 1), m, e);
        }
      }
    }
  }

  /** [low, high], or room around it where it is a point or narrower than its digits. */
  static double[] widened(double low, double high) {
    double size = Math.max(Math.abs(low), Math.abs(high));
    if (high - low > NARROWEST * size) {
      return new double[] {low, high};
    }
    double room = size > 0 ? 0.05 * size : 1;
    return new double[] {low - room, high + room};
  }

  private static double value(long multiple, int exponent) {
    return BigDecimal.valueOf(multiple, -exponent).doubleValue();
  }

  int count() {
    return count;
  }

  double at(int i) {
    return value(multiple(i), exponent);
  }

  private long multiple(int i) {
    return (first + i) * mantissa;
  }

  /** All of a scale with equally many decimals: 0.0, 0.5, 1.0; 20,000; 0.98e-9, 1.00e-9. */
  String label(int i) {
    return label(multiple(i), exponent);
  }

  /** The label of 100 times the tick, with its sign: 25 %. */
  String percentLabel(int i) {
    return label(multiple(i), exponent + 2) + " %";
  }

  /** multiple 10^e, written times 10^shared where the largest of the scale is that far from 1. */
  private String label(long multiple, int e) {
    long largest = Math.max(Math.abs(multiple(0)), Math.abs(multiple(count - 1)));
    int shared = Long.toString(largest).length() - 1 + e;
    boolean scientific = shared < -4 || shared > 6;
    if (multiple == 0 && (scientific || e >= 0)) {
      return "0";
    }
    int scale = scientific ? e - shared : e;
    BigDecimal size = BigDecimal.valueOf(Math.abs(multiple), -scale);
    StringBuilder digits = new StringBuilder(size.setScale(Math.max(0, -scale)).toPlainString());
    int point = digits.indexOf(".");
    int whole = point < 0 ? digits.length() : point;
    if (whole > 4) { // 1000 reads well without
      for (int at = whole - 3; at > 0; at -= 3) {
        digits.insert(at, ',');
      }
    }
    if (scientific) {
      digits.append('e').append(shared < 0 ? MINUS : "").append(Math.abs(shared));
    }
    return (multiple < 0 ? MINUS : "") + digits;
  }
}
