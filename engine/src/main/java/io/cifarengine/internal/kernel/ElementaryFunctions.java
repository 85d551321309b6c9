// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/**
 * e^x, tanh x and 1 / (1 + e^-x) in float, with the same bits on every machine.
 *
 * <p>This is the specification: {@link VectorElementaryFunctions} does the same operations in the
 * same order on every lane. Nothing but fma, + - * /, comparisons with a select, and integer adds
 * and shifts on the bits is used, each of which Java defines to the last bit. Every NaN gives
 * {@link Float#NaN}. "At most" and "never" below were measured over all 2^32 floats; an ulp is the
 * unit in the last place of the exact result.
 *
 * <p>All three share one reduction, with n = round(x / ln 2) and |r| &lt;= 0.3467:
 *
 * <pre>
 *   e^x = 2^n e^r,   r = x - n ln 2,   e^r = 1 + u,   u = r + r^2 q(r).
 * </pre>
 */
public final class ElementaryFunctions {
  static final float LOG2_E = 0x1.715476p+0f; // 1 / ln 2

  /** 1.5 * 2^23: a float of this size has no fraction, so adding it rounds to an integer. */
  static final float ROUNDER = 0x1.8p+23f;

  /** ln 2 = LN2_HIGH + LN2_LOW; the high part is a multiple of 2^-21. */
  static final float LN2_HIGH = 0x1.62e43p-1f;

  static final float LN2_LOW = -0x1.05c61p-29f;

  // q(r) = (e^r - 1 - r) / r^2 on |r| <= 0.34666, degree 4: minimax in the relative error of e^r,
  // 2^-28.2 after rounding the coefficients one by one and fitting the others again each time.
  static final float Q0 = 0x1.fffffcp-2f;
  static final float Q1 = 0x1.55548cp-3f;
  static final float Q2 = 0x1.555858p-5f;
  static final float Q3 = 0x1.123dep-7f;
  static final float Q4 = 0x1.6ac74ep-10f;

  // p(z) = (tanh(x) - x) / x^3 in z = x^2 on |x| <= 0.625, degree 4: minimax in the relative error
  // of tanh, 2^-27.7 after rounding the coefficients in the same way.
  static final float P0 = -0x1.555532p-2f;
  static final float P1 = 0x1.1106f6p-3f;
  static final float P2 = -0x1.b835a4p-5f;
  static final float P3 = 0x1.51f8cep-6f;
  static final float P4 = -0x1.750ce4p-8f;

  /** e^-104 = 2^-150.04, less than half the smallest float: exp and sigmoid are 0 from here on. */
  static final float UNDERFLOW = 104;

  /** e^89 = 2^128.4, more than the largest float. */
  static final float OVERFLOW = 89;

  /**
   * Below, tanh is a polynomial; from here on 2 / (e^2x + 1) &lt; 0.45, and taking it from 1 cancels
   * nothing.
   */
  static final float TANH_JUNCTION = 0.625f;

  /** 1 - tanh 10 = 2^-27.9, less than half an ulp below 1: tanh is 1 from here on. */
  static final float TANH_ONE = 10;

  /** The exponent of 1 in the bits of a float, and the place of the exponent. */
  static final int BIAS = 127;

  static final int EXPONENT_AT = 23;

  private ElementaryFunctions() {}

  /**
   * e^x, error at most 0.8763 ulp (subnormal results: 0.7474 of the smallest float), never
   * decreasing.
   *
   * <p>exp(0) = 1; infinity exactly where the rounded e^x is (above 88.72283), 0 below -103.9721.
   */
  public static float exp(float x) {
    float a = x < -UNDERFLOW ? -UNDERFLOW : x;
    a = a > OVERFLOW ? OVERFLOW : a;
    float t = Fma.fma(a, LOG2_E, ROUNDER); // n in the low bits
    float u = reduced(a, t - ROUNDER);
    // 2^n itself may be no float (n = 128, n < -126). The first half of it multiplies exactly, the
    // second rounds only where the result is subnormal and overflows only where e^x does.
    int n = Float.floatToRawIntBits(t);
    int half = n >> 1;
    float y = (1 + u) * powerOfTwo(half) * powerOfTwo(n - half); // e^x = (1 + u) 2^n
    return Float.isNaN(x) ? Float.NaN : y;
  }

  /**
   * tanh x = (e^2x - 1) / (e^2x + 1), error at most 1.2213 ulp, never decreasing, exactly odd, within
   * [-1, 1].
   *
   * <pre>
   *   |x| &lt; 0.625:  x + x^3 p(x^2),         which is x itself while x^3 / 3 is below half an ulp
   *   otherwise:    1 - 2 / (e^2|x| + 1)    with the sign of x
   * </pre>
   *
   * <p>The step from one form to the other goes up like all others: measured, as the errors.
   */
  public static float tanh(float x) {
    // Taking the sign bit off and putting it back makes the function odd, -0 included.
    int sign = Float.floatToRawIntBits(x) >>> 31 << 31;
    float a = Float.intBitsToFloat(Float.floatToRawIntBits(x) - sign);

    float z = a * a;
    float p = Fma.fma(P4, z, P3);
    p = Fma.fma(p, z, P2);
    p = Fma.fma(p, z, P1);
    p = Fma.fma(p, z, P0);
    float small = Fma.fma(a, z * p, a); // x + x^3 p(x^2)

    float b = a > TANH_ONE ? TANH_ONE : a;
    b = b + b;
    float t = Fma.fma(b, LOG2_E, ROUNDER);
    float u = reduced(b, t - ROUNDER);
    float power = powerOfTwo(Float.floatToRawIntBits(t));
    float d = power + Fma.fma(power, u, 1); // e^2x + 1, without first rounding 1 + u
    float large = 1 - 2 / d;

    float y = a < TANH_JUNCTION ? small : large;
    y = Float.intBitsToFloat(Float.floatToRawIntBits(y) + sign);
    return Float.isNaN(x) ? Float.NaN : y;
  }

  /**
   * sigmoid x = 1 / (1 + e^-x), error at most 1.9991 ulp (subnormal results: 0.9833 of the smallest
   * float), never decreasing.
   *
   * <p>With e^-x = 2^n (1 + u) and n = i - j, both sides of the fraction times 2^j:
   *
   * <pre>
   *   sigmoid x = 2^j / (2^j + 2^i + 2^i u)
   * </pre>
   *
   * <p>in which nothing overflows, so that small results fade through the subnormals to 0 (below
   * -103.9721) as those of exp do. There is no branch on the sign of x: the sum has no
   * cancellation, and one formula keeps the function monotone at 0.
   */
  public static float sigmoid(float x) {
    float a = 0 - x;
    a = a < -UNDERFLOW ? -UNDERFLOW : a;
    a = a > UNDERFLOW ? UNDERFLOW : a;
    float t = Fma.fma(a, LOG2_E, ROUNDER);
    float u = reduced(a, t - ROUNDER);
    int n = Float.floatToRawIntBits(t);
    int half = n >> 1;
    float up = powerOfTwo(half);
    float down = powerOfTwo(half - n);
    // The smaller power joins 2^i u first: that sum is small, and so is its rounding. Rounding
    // 1 + u before, as exp does, costs up to 2.5 ulp in all.
    float smaller = up < down ? up : down;
    float larger = up < down ? down : up;
    float d = larger + Fma.fma(up, u, smaller);
    float y = down / d;
    return Float.isNaN(x) ? Float.NaN : y;
  }

  /**
   * u = e^r - 1 with r = x - n ln 2, for an integer n with |r| &lt;= 0.3467.
   *
   * <p>x - n LN2_HIGH is exact: for n = 0 it is x, and otherwise |x| &gt; 0.34, so that it is a
   * multiple of 2^-25 and less than 1/2. The rest of n ln 2 goes into r^2 q(r), which is small, so that u is
   * rounded at its own size only once.
   */
  private static float reduced(float x, float n) {
    float high = Fma.fma(n, -LN2_HIGH, x);
    float r = Fma.fma(n, -LN2_LOW, high);
    float q = Fma.fma(Q4, r, Q3);
    q = Fma.fma(q, r, Q2);
    q = Fma.fma(q, r, Q1);
    q = Fma.fma(q, r, Q0);
    return high + Fma.fma(r * r, q, n * -LN2_LOW); // r + r^2 q(r)
  }

  /**
   * 2^n for an n of which only the low 9 bits count: the shift drops the others, so the bits of
   * ROUNDER + n (or half of them) serve without first taking off those of ROUNDER.
   */
  private static float powerOfTwo(int n) {
    return Float.intBitsToFloat((n + BIAS) << EXPONENT_AT);
  }
}
