// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicksTest {
  private static List<String> labels(Ticks ticks) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < ticks.count(); i++) {
      labels.add(ticks.label(i));
    }
    return labels;
  }

  @Test
  void fromNoughtToOneTheStepIsAFifth() {
    assertEquals(List.of("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"), labels(Ticks.over(0, 1, 6)));
    assertEquals(List.of("0.0", "0.5", "1.0"), labels(Ticks.over(0, 1, 5)));
  }

  @Test
  void aRangeBetweenRoundNumbersHasTicksInsideOnly() {
    assertEquals(
        List.of("2.3", "2.4", "2.5", "2.6", "2.7", "2.8", "2.9"), labels(Ticks.over(2.3, 2.94, 8)));
    assertEquals(List.of("2.4", "2.6", "2.8"), labels(Ticks.over(2.3, 2.94, 6)));
  }

  @Test
  void negativeRangesCountUpwards() {
    assertEquals(List.of("\u22124", "\u22122", "0", "2"), labels(Ticks.over(-4.5, 3, 4)));
  }

  @Test
  void tinyAndHugeValuesShareTheirPowerOfTen() {
    assertEquals(
        List.of("0", "1e\u221212", "2e\u221212", "3e\u221212"), labels(Ticks.over(0, 3e-12, 4)));
    assertEquals(List.of("0.5e8", "1.0e8", "1.5e8"), labels(Ticks.over(3e7, 1.6e8, 4)));
    assertEquals(List.of("0", "10,000", "20,000"), labels(Ticks.over(0, 27_090, 4)));
  }

  @Test
  void percentLabelsAreAHundredTimesTheValue() {
    Ticks ticks = Ticks.over(0.24, 0.256, 4);
    assertEquals("24.0 %", ticks.percentLabel(0));
    assertEquals("24.5 %", ticks.percentLabel(1));
    assertEquals("50 %", Ticks.over(0, 1, 3).percentLabel(1));
  }

  @Test
  void wholeTicksNeverFallBetweenEpochs() {
    assertEquals(List.of("1", "2", "3"), labels(Ticks.whole(1, 3, 10)));
  }

  @Test
  void noTickLeavesTheRangeAndNoSmallerStepWouldDo() {
    double[] ends = {-1234.5, -7.77, -0.003, 0, 1e-9, 0.1, 0.3, 1, 2.94, 97, 1e6, 3e38};
    for (double low : ends) {
      for (double high : ends) {
        if (low < high) {
          for (int most = 2; most <= 12; most++) {
            check(low, high, most);
          }
        }
      }
    }
  }

  private static void check(double low, double high, int most) {
    String what = low + ".." + high + ", most " + most;
    Ticks ticks = Ticks.over(low, high, most);
    assertTrue(ticks.count() <= most, what);
    double slack = 1e-8 * (high - low);
    for (int i = 0; i < ticks.count(); i++) {
      assertTrue(ticks.at(i) >= low - slack && ticks.at(i) <= high + slack, what);
    }
    // Of all steps, from one that is far too small on, the first that gives few enough.
    int e = (int) Math.floor(Math.log10((high - low) / most)) - 2;
    long expected = most + 1L;
    while (expected > most) {
      for (int m = 1; m <= 5 && expected > most; m += m == 1 ? 1 : 3) {
        expected = multiples(low, high, BigDecimal.valueOf(m, -e));
      }
      e++;
    }
    assertEquals(expected, ticks.count(), what);
  }

  /** How many multiples of a step lie between two ends, which may miss one by rounding. */
  private static long multiples(double low, double high, BigDecimal step) {
    BigDecimal slack = new BigDecimal(1e-9 * (high - low));
    BigDecimal first = new BigDecimal(low).subtract(slack).divide(step, 0, RoundingMode.CEILING);
    BigDecimal last = new BigDecimal(high).add(slack).divide(step, 0, RoundingMode.FLOOR);
    return last.subtract(first).longValueExact() + 1;
  }

  @Test
  void aConstantHasRoomAroundIt() {
    assertArrayEquals(new double[] {-1, 1}, Ticks.widened(0, 0));
    double[] around = Ticks.widened(-2.5, -2.5);
    assertTrue(around[0] < -2.5 && around[1] > -2.5);
    assertArrayEquals(new double[] {2.3, 2.94}, Ticks.widened(2.3, 2.94));
  }

  @Test
  void anEmptyRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Ticks.over(1, 1, 5));
    assertThrows(IllegalArgumentException.class, () -> Ticks.over(Double.NaN, 1, 5));
    assertThrows(IllegalArgumentException.class, () -> Ticks.over(0, 1, 1));
  }
}
