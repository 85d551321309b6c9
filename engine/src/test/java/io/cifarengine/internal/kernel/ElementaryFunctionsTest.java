// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ElementaryFunctionsTest {
  private static final double LN2 = StrictMath.log(2);

  private interface Function {
    float of(float x);
  }

  @Test
  void expIsWithinOneUlpIncludingSubnormalResults() {
    assertErrorAtMost(1, ElementaryFunctions::exp, ElementaryFunctionsTest::exactExp);
  }

  @Test
  void tanhIsWithinTwoUlp() {
    assertErrorAtMost(2, ElementaryFunctions::tanh, ElementaryFunctionsTest::exactTanh);
  }

  @Test
  void sigmoidIsWithinTwoUlpIncludingSubnormalResults() {
    assertErrorAtMost(2, ElementaryFunctions::sigmoid, ElementaryFunctionsTest::exactSigmoid);
  }

  @Test
  void expNeverDecreases() {
    assertNeverDecreases(ElementaryFunctions::exp);
  }

  @Test
  void tanhNeverDecreases() {
    assertNeverDecreases(ElementaryFunctions::tanh);
  }

  @Test
  void sigmoidNeverDecreases() {
    assertNeverDecreases(ElementaryFunctions::sigmoid);
  }

  @Test
  void tanhIsOddToTheLastBit() {
    for (long i = 0; i <= FloatSweep.LAST; i += 1021) {
      float x = FloatSweep.at(i);
      assertBits(-ElementaryFunctions.tanh(x), ElementaryFunctions.tanh(-x), x);
    }
  }

  @Test
  void tanhStaysWithinOne() {
    for (long i = FloatSweep.numberOf(8); i <= FloatSweep.LAST; i += 257) {
      assertTrue(ElementaryFunctions.tanh(FloatSweep.at(i)) <= 1);
    }
    assertEquals(1, ElementaryFunctions.tanh(Float.MAX_VALUE));
  }

  @Test
  void tanhOfATinyNumberIsThatNumber() {
    // x^3 / 3 is below half an ulp of x, at least 2^-25 x, as long as x^2 < 3 * 2^-25.
    for (long i = 0; i <= FloatSweep.numberOf(0x1p-12f); i += 257) {
      float x = FloatSweep.at(i);
      assertBits(x, ElementaryFunctions.tanh(x), x);
    }
  }

  @Test
  void expOverflowsExactlyWhereTheRoundedExactValueDoes() {
    for (float x = 88.7f; x < 89.1f; x = Math.nextUp(x)) {
      if (Float.isInfinite((float) StrictMath.exp(x))
          != Float.isInfinite(ElementaryFunctions.exp(x))) {
        fail("exp of " + Float.toHexString(x));
      }
    }
  }

  @Test
  void sigmoidsOfOppositeNumbersAddUpToOneWithinTheirErrors() {
    for (long i = 0; i <= FloatSweep.numberOf(200); i += 1021) {
      float x = FloatSweep.at(i);
      double sum = (double) ElementaryFunctions.sigmoid(x) + ElementaryFunctions.sigmoid(-x);
      // Two ulp of a number in [1/2, 1] and two of one in (0, 1/2].
      assertTrue(Math.abs(sum - 1) <= 2 * 0x1p-24 + 2 * 0x1p-25, () -> "sigmoid of +-" + x);
    }
  }

  @Test
  void specialArgumentsGiveExactResults() {
    float infinity = Float.POSITIVE_INFINITY;
    assertBits(1, ElementaryFunctions.exp(0.0f), 0.0f);
    assertBits(1, ElementaryFunctions.exp(-0.0f), -0.0f);
    assertBits(infinity, ElementaryFunctions.exp(infinity), infinity);
    assertBits(infinity, ElementaryFunctions.exp(Float.MAX_VALUE), Float.MAX_VALUE);
    assertBits(0, ElementaryFunctions.exp(-infinity), -infinity);
    assertBits(0, ElementaryFunctions.exp(-Float.MAX_VALUE), -Float.MAX_VALUE);
    assertBits(Float.MIN_VALUE, ElementaryFunctions.exp(-103.9f), -103.9f);
    assertBits(0, ElementaryFunctions.exp(-103.98f), -103.98f);

    assertBits(0.0f, ElementaryFunctions.tanh(0.0f), 0.0f);
    assertBits(-0.0f, ElementaryFunctions.tanh(-0.0f), -0.0f);
    assertBits(1, ElementaryFunctions.tanh(infinity), infinity);
    assertBits(-1, ElementaryFunctions.tanh(-infinity), -infinity);
    assertBits(Float.MIN_VALUE, ElementaryFunctions.tanh(Float.MIN_VALUE), Float.MIN_VALUE);

    assertBits(0.5f, ElementaryFunctions.sigmoid(0.0f), 0.0f);
    assertBits(0.5f, ElementaryFunctions.sigmoid(-0.0f), -0.0f);
    assertBits(1, ElementaryFunctions.sigmoid(infinity), infinity);
    assertBits(0, ElementaryFunctions.sigmoid(-infinity), -infinity);
    assertBits(Float.MIN_VALUE, ElementaryFunctions.sigmoid(-103.9f), -103.9f);
    assertBits(0, ElementaryFunctions.sigmoid(-103.98f), -103.98f);
  }

  @Test
  void everyNaNGivesTheOneCanonicalNaN() {
    for (int bits : new int[] {0x7f800001, 0x7fc00000, 0x7fffffff, 0xff800001, 0xffc00123}) {
      float x = Float.intBitsToFloat(bits);
      assertBits(Float.NaN, ElementaryFunctions.exp(x), x);
      assertBits(Float.NaN, ElementaryFunctions.tanh(x), x);
      assertBits(Float.NaN, ElementaryFunctions.sigmoid(x), x);
    }
  }

  /** A change of one of these is a change of the engine's numerics version. */
  @Test
  void resultsAreTheGoldenOnes() {
    assertEquals("3bda8b7a77f425ac", hash(ElementaryFunctions::exp));
    assertEquals("75c2003e4f9bd959", hash(ElementaryFunctions::tanh));
    assertEquals("66da40552d84c1ca", hash(ElementaryFunctions::sigmoid));
  }

  @Test
  void rangesHoldTheFunctionOfEachElementAndNothingElse() {
    float[] x = {7, -3, 0.5f, 90, -200, Float.NaN, 7};
    float[] y = {7, 7, 7, 7, 7, 7, 7};
    ElementwiseKernel scalar = new ScalarElementwiseKernel();
    scalar.exp(x, 1, y, 1, 5);
    assertRange(ElementaryFunctions::exp, x, y);
    scalar.tanh(x, 1, y, 1, 5);
    assertRange(ElementaryFunctions::tanh, x, y);
    scalar.sigmoid(x, 1, y, 1, 5);
    assertRange(ElementaryFunctions::sigmoid, x, y);
  }

  private static void assertRange(Function f, float[] x, float[] y) {
    assertEquals(7, y[0]);
    assertEquals(7, y[6]);
    for (int i = 1; i <= 5; i++) {
      assertBits(f.of(x[i]), y[i], x[i]);
    }
  }

  // References in double, for |x| < 2^-20 the first terms of the series: their errors are below
  // 2^-40 of the result, nothing beside an ulp of 2^-24.

  private static double exactExp(double x) {
    return Math.abs(x) < 0x1p-20 ? 1 + x + x * x / 2 : StrictMath.exp(x);
  }

  private static double exactTanh(double x) {
    return Math.abs(x) < 0x1p-20 ? x - x * x * x / 3 : StrictMath.tanh(x);
  }

  private static double exactSigmoid(double x) {
    return Math.abs(x) < 0x1p-20 ? 0.5 + x / 4 : 1 / (1 + StrictMath.exp(-x));
  }

  private static void assertErrorAtMost(double ulps, Function f, DoubleUnaryOperator exact) {
    for (long i = FloatSweep.FIRST; i <= FloatSweep.LAST; i += 257) {
      assertErrorAtMost(ulps, f, exact, FloatSweep.at(i));
    }
    for (float centre : delicatePlaces()) {
      long middle = FloatSweep.numberOf(centre);
      for (long i = middle - 500; i <= middle + 500; i++) {
        assertErrorAtMost(ulps, f, exact, FloatSweep.at(i));
      }
    }
  }

  private static void assertErrorAtMost(
      double ulps, Function f, DoubleUnaryOperator exact, float x) {
    double error = errorInUlps(f.of(x), exact.applyAsDouble(x));
    // The negation makes NaN an error too.
    if (!(error <= ulps)) {
      fail(error + " ulp at " + Float.toHexString(x));
    }
  }

  /** |y - exact| in units of the last place that a float of the size of exact has. */
  private static double errorInUlps(float y, double exact) {
    if (Float.isInfinite((float) exact)) {
      return y == (float) exact ? 0 : Double.POSITIVE_INFINITY;
    }
    int exponent = Math.max(Math.getExponent(exact), Float.MIN_EXPONENT);
    return Math.abs(y - exact) * Math.scalb(1.0, 23 - exponent);
  }

  private static void assertNeverDecreases(Function f) {
    float before = Float.NEGATIVE_INFINITY;
    for (long i = FloatSweep.FIRST; i <= FloatSweep.LAST; i += 1021) {
      float x = FloatSweep.at(i);
      float y = f.of(x);
      assertTrue(y >= before, () -> "decreases before " + Float.toHexString(x));
      before = y;
    }
    for (float centre : delicatePlaces()) {
      long middle = FloatSweep.numberOf(centre);
      before = Float.NEGATIVE_INFINITY;
      for (long i = middle - 3000; i <= middle + 3000; i++) {
        float x = FloatSweep.at(i);
        float y = f.of(x);
        assertTrue(y >= before, () -> "decreases at " + Float.toHexString(x));
        before = y;
      }
    }
  }

  /** Where an argument changes its n, its formula or its limit, and where a result does. */
  private static float[] delicatePlaces() {
    float[] fixed = {
      0, 0.625f, -0.625f, 9, 10, -9, -10, 16.6f, 17.3f, -17.3f, 87.34f, 88.72284f, 89, 104
    };
    float[] negative = {-87.33655f, -88.02969f, -88.72284f, -89, -103.27893f, -103.97208f, -104};
    int edges = 302; // |n + 1/2| <= 150.5, for e^x
    float[] places = new float[fixed.length + negative.length + 2 * edges];
    System.arraycopy(fixed, 0, places, 0, fixed.length);
    System.arraycopy(negative, 0, places, fixed.length, negative.length);
    for (int i = 0; i < edges; i++) {
      float edge = (float) ((i - 150.5) * LN2);
      places[fixed.length + negative.length + 2 * i] = edge;
      places[fixed.length + negative.length + 2 * i + 1] = edge / 2; // e^2x, in tanh
    }
    return places;
  }

  private static String hash(Function f) {
    long hash = 0xcbf29ce484222325L; // FNV-1a, a word at a time
    for (long bits = 0; bits < 1L << 32; bits += 4099) {
      float y = f.of(Float.intBitsToFloat((int) bits));
      hash = (hash ^ Float.floatToRawIntBits(y)) * 0x100000001b3L;
    }
    return Long.toHexString(hash);
  }

  private static void assertBits(float expected, float found, float x) {
    if (Float.floatToRawIntBits(expected) != Float.floatToRawIntBits(found)) {
      assertEquals(
          Float.toHexString(expected), Float.toHexString(found), "at " + Float.toHexString(x));
      assertEquals(
          Integer.toHexString(Float.floatToRawIntBits(expected)),
          Integer.toHexString(Float.floatToRawIntBits(found)));
    }
  }
}
