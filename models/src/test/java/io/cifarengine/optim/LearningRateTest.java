// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

class LearningRateTest {
  @Test
  void constantIsTheSameAlways() {
    LearningRate rate = LearningRate.constant(0.3);
    assertEquals(0.3, rate.at(0, 0));
    assertEquals(0.3, rate.at(1000, 1L << 40));
  }

  @Test
  void exponentialIsAlphaTimesThePowerOfTheEpochWhateverTheStep() {
    LearningRate rate = LearningRate.exponential(12, 0.5);
    assertEquals(12, rate.at(0, 0));
    assertEquals(12, rate.at(0, 999));
    assertEquals(6, rate.at(1, 7));
    assertEquals(0.75, rate.at(4, 0));
    // 0.017 0.999^300 as exp(300 log 0.999): a few u = 2^-53 of 300 |log 0.999| = 0.3 and 2 ulps.
    double expected = 0.017 * StrictMath.exp(300 * StrictMath.log1p(-0.001));
    assertEquals(expected, LearningRate.exponential(0.017, 0.999).at(300, 0), 1e-14 * expected);
  }

  @Test
  void inverseTimeDividesByTheFinishedStepsWhateverTheEpoch() {
    LearningRate rate = LearningRate.inverseTime(12, 0.5);
    assertEquals(12, rate.at(0, 0));
    assertEquals(8, rate.at(9, 1));
    assertEquals(2, rate.at(0, 10));
    assertEquals(0.015 / 271, LearningRate.inverseTime(0.015, 0.001).at(300, 270_000));
    assertEquals(12, LearningRate.inverseTime(12, 0).at(3, 50));
  }

  /** Steps are counted beyond the range of an int. */
  @Test
  void inverseTimeTakesManySteps() {
    assertEquals(1.0 / (1 + (1L << 40)), LearningRate.inverseTime(1, 1).at(0, 1L << 40));
  }

  @Test
  void argumentsOutOfRangeAreRefused() {
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertMessage("a positive, finite alpha", LearningRate::constant, bad);
      assertMessage("a positive, finite alpha", a -> LearningRate.exponential(a, 0.9), bad);
      assertMessage("a positive, finite factor", f -> LearningRate.exponential(1, f), bad);
      assertMessage("a positive, finite alpha", a -> LearningRate.inverseTime(a, 0.1), bad);
    }
    for (double bad : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertMessage("a finite decay of at least 0", d -> LearningRate.inverseTime(1, d), bad);
    }
  }

  private static void assertMessage(
      String expected, DoubleFunction<LearningRate> factory, double bad) {
    assertEquals(
        "learning rate: expected " + expected + ", found " + bad,
        assertThrows(IllegalArgumentException.class, () -> factory.apply(bad)).getMessage());
  }
}
