// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cifarengine.testing.Draw;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The software fma against the instruction, which Java specifies to round once. */
class FmaTest {
  private static final int TRIPLES = 500_000;

  @BeforeAll
  static void needsTheInstruction() {
    assumeTrue(Fma.HARDWARE, "this CPU has no fma: Math.fma would take hours here");
  }

  private static void check(float a, float b, float c) {
    float expected = Math.fma(a, b, c);
    float found = Fma.exact(a, b, c);
    if (Float.floatToIntBits(expected) != Float.floatToIntBits(found)) {
      fail(
          "fma("
              + Float.toHexString(a)
              + ", "
              + Float.toHexString(b)
              + ", "
              + Float.toHexString(c)
              + "): expected "
              + Float.toHexString(expected)
              + ", found "
              + Float.toHexString(found)
              + "; "
              + Draw.replay());
    }
    if (Float.floatToIntBits(expected) != Float.floatToIntBits(Fma.fma(a, b, c))) {
      fail("Fma.fma is not Math.fma");
    }
  }

  @Test
  void anyBitsRoundOnce() {
    Draw draw = Draw.ofCase(0);
    float[] a = draw.anyBits(TRIPLES);
    float[] b = draw.anyBits(TRIPLES);
    float[] c = draw.anyBits(TRIPLES);
    for (int i = 0; i < TRIPLES; i++) {
      check(a[i], b[i], c[i]);
    }
  }

  /** n floats in [1, 2) or (-2, -1] with all 24 bits of the significand in use. */
  private static float[] significands(Draw draw, int n) {
    float[] x = draw.anyBits(n);
    for (int i = 0; i < n; i++) {
      x[i] = Float.intBitsToFloat((Float.floatToRawIntBits(x[i]) & 0x807fffff) | 0x3f800000);
    }
    return x;
  }

  @Test
  void sumsOfLikeSizesRoundOnce() {
    Draw draw = Draw.ofCase(1);
    float[] a = significands(draw, TRIPLES);
    float[] b = significands(draw, TRIPLES);
    float[] c = significands(draw, TRIPLES);
    for (int i = 0; i < TRIPLES; i++) {
      check(a[i], b[i], Math.scalb(c[i], draw.below(80) - 40));
    }
  }

  @Test
  void cancellationToTheLastBitRoundsOnce() {
    Draw draw = Draw.ofCase(2);
    float[] a = significands(draw, TRIPLES);
    float[] b = significands(draw, TRIPLES);
    for (int i = 0; i < TRIPLES; i++) {
      float c = -(a[i] * b[i]); // what is left is the rounding error of the product
      check(a[i], b[i], c);
      check(a[i], b[i], Math.nextUp(c));
    }
  }

  /**
   * Products of half an ulp of c, and a little less or more than that: a double has no place for the
   * little, and rounding its tie to even then goes the wrong way for every second c.
   */
  @Test
  void halfwayCasesRoundOnce() {
    float[] x = significands(Draw.ofCase(3), TRIPLES / 10);
    for (float c : x) {
      float half = Math.ulp(c) / 2;
      for (int sign = -1; sign <= 1; sign += 2) {
        check(half, sign, c); // exactly halfway
        check(Math.nextUp(half), sign, c);
        check(Math.nextDown(half), sign, c);
        check(1 + 0x1p-23f, sign * half * (1 - 0x1p-23f), c); // half (1 - 2^-46)
        check(1 + 0x1p-12f, sign * half * (1 - 0x1p-12f + 0x1p-24f), c); // half (1 + 2^-36)
      }
    }
  }

  @Test
  void subnormalResultsAndOverflowRoundOnce() {
    Draw draw = Draw.ofCase(4);
    float[] a = draw.uniform(TRIPLES);
    float[] b = draw.uniform(TRIPLES);
    float[] c = draw.uniform(TRIPLES);
    for (int i = 0; i < TRIPLES; i++) {
      int at = draw.below(30);
      check(a[i] * 0x1p-70f, b[i] * 0x1p-60f, c[i] * Math.scalb(1f, -120 - at));
      check(a[i] * 0x1p64f, b[i] * 0x1p64f, c[i] * 0x1p127f);
    }
    float max = Float.MAX_VALUE;
    float half = Math.ulp(max) / 2;
    check(1, half, max); // exactly halfway to the float that is not there
    check(1, Math.nextDown(half), max);
    check(max, 2, -max);
    check(Float.MIN_VALUE, 0.5f, 0);
    check(Float.MIN_VALUE, 0.5f, Float.MIN_VALUE);
    check(Float.MIN_VALUE, -0.5f, -0f);
    check(Float.MIN_VALUE, Float.MIN_VALUE, Float.MIN_VALUE);
    check(-Float.MIN_VALUE, Float.MIN_VALUE, Float.MIN_NORMAL);
    check(-Float.MIN_VALUE, Float.MIN_VALUE, 0);
  }

  @Test
  void everyTripleOfSpecialsRoundsOnce() {
    float[][] pairs = Draw.pairsOfSpecials();
    for (int i = 0; i < pairs[0].length; i++) {
      for (float c : pairs[1]) {
        check(pairs[0][i], pairs[1][i], c);
      }
    }
  }
}
