// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The golden values come from a separate implementation of Philox and of these formulas in Python.
 * Statistical bounds are five standard deviations, and the seeds are fixed.
 */
final class RandomsTest {
  private static final long FAR = (1L << 40) + 1; // needs the second counter word

  @Test
  void keepsTheGoldenValuesOfARoot() {
    var randoms = Randoms.seeded(42);
    assertGolden(randoms, 0x9ceaf053, 0xfcdb2127, 0x3c8c3da9, 0x3f1ceaf0, 0x3fef9b6424ea774dL, 825);
    assertEquals(0x3ff2ef8447cd30d7L, bits(randoms.gaussian(3)));
    assertArrayEquals(new int[] {0, 4, 3, 7, 5, 6, 1, 2}, randoms.permutation(8));
  }

  @Test
  void keepsTheGoldenValuesOfANegativeSeed() {
    var randoms = Randoms.seeded(-1);
    assertGolden(randoms, 0x72a47709, 0x19fed511, 0x33218dc6, 0x3ee548ee, 0x3fb9fed5114b67e0L, 91);
    assertEquals(0x3fedf06a6ec88dcbL, bits(randoms.gaussian(3)));
    assertArrayEquals(new int[] {1, 4, 0, 5, 7, 6, 2, 3}, randoms.permutation(8));
  }

  @Test
  void keepsTheGoldenValuesOfANamedStream() {
    var randoms = Randoms.seeded(42).stream("order");
    assertGolden(randoms, 0xddd58b3d, 0x1d9ed3e6, 0x5cd59c44, 0x3f5dd58b, 0x3fbd9ed3e621e308L, 571);
    assertEquals(0xbfd6010a9acc6f3cL, bits(randoms.gaussian(3)));
    assertArrayEquals(new int[] {2, 7, 6, 1, 0, 4, 3, 5}, randoms.permutation(8));
  }

  @Test
  void keepsTheGoldenValuesOfANumberedStreamUnderANamedOne() {
    var randoms = Randoms.seeded(42).stream("order").stream(3);
    assertGolden(randoms, 0xe1f96f94, 0x52e1b3d2, 0xe4daf848, 0x3f61f96f, 0x3fd4b86cf486c4f8L, 592);
    assertEquals(0xbfc6b77d492b0cf6L, bits(randoms.gaussian(3)));
    assertArrayEquals(new int[] {7, 0, 6, 4, 1, 3, 5, 2}, randoms.permutation(8));
  }

  @Test
  void keepsTheGoldenValuesOfANegativeStreamNumber() {
    var randoms = Randoms.seeded(7).stream(-5);
    assertGolden(randoms, 0x5f22968e, 0x2ac0b7b2, 0x93caee63, 0x3ebe452c, 0x3fc5605bd945a914L, 211);
    assertEquals(0x3ff9c8fe8fa998e5L, bits(randoms.gaussian(3)));
    assertArrayEquals(new int[] {5, 7, 6, 3, 1, 4, 0, 2}, randoms.permutation(8));
  }

  /** With this bound a third of the words is surplus; these indices hold such a word. */
  @Test
  void redrawsSurplusWordsAsTheSeparateImplementationDoes() {
    int bound = 0x6000_0000;
    assertEquals(16200903, Randoms.seeded(42).below(bound, 0));
    assertEquals(207694619, Randoms.seeded(42).stream("order").below(bound, 2));
    assertEquals(382854757, Randoms.seeded(-1).below(bound, 8));
    assertEquals(438785414, Randoms.seeded(7).stream(-5).below(bound, 9));
  }

  @Test
  void aDrawDoesNotDependOnOtherDraws() {
    var randoms = Randoms.seeded(5);
    int alone = Randoms.seeded(5).bits(1000);
    for (int i = 0; i < 1000; i++) {
      randoms.gaussian(i);
    }
    randoms.stream(9).permutation(50);
    assertEquals(alone, randoms.bits(1000));
  }

  @Test
  void differentSeedsStreamsAndEpochsGiveDifferentNumbers() {
    Set<Integer> first = new HashSet<>();
    int sources = 0;
    for (long seed : new long[] {0, 1, -1, 42, 42L << 32, Long.MIN_VALUE}) {
      for (String name : List.of("", "order", "redro", "dropout", "a", "b", "ab", "ba")) {
        for (long epoch : new long[] {0, 1, 2, 100, 1L << 32, -1}) {
          first.add(Randoms.seeded(seed).stream(name).stream(epoch).bits(0));
          sources++;
        }
      }
    }
    assertEquals(sources, first.size());
  }

  @Test
  void theOrderOfStreamsMatters() {
    var root = Randoms.seeded(3);
    assertFalse(root.stream(1).stream(2).bits(0) == root.stream(2).stream(1).bits(0));
  }

  @Test
  void aDerivedKeyIsNeverADraw() {
    var root = Randoms.seeded(3);
    // Were the purposes not told apart, the draw at 7 would be the key of stream 7.
    int[] words = new int[4];
    root.block(7, words);
    long draw = (long) words[0] << 32 | (words[1] & 0xFFFF_FFFFL);
    assertFalse(Randoms.seeded(draw).bits(0) == root.stream(7).bits(0));
  }

  @Test
  void theBlockBeginsWithTheBits() {
    var randoms = Randoms.seeded(8).stream("block");
    int[] words = new int[4];
    for (long i = FAR; i < FAR + 100; i++) {
      randoms.block(i, words);
      assertEquals(randoms.bits(i), words[0]);
    }
  }

  @Test
  void uniformNumbersLieInTheUnitIntervalWithTheRightMeanAndVariance() {
    var randoms = Randoms.seeded(11).stream("uniform");
    int n = 100_000;
    double[] floats = new double[n];
    double[] doubles = new double[n];
    for (int i = 0; i < n; i++) {
      floats[i] = randoms.uniformFloat(i);
      doubles[i] = randoms.uniformDouble(n + i);
      assertTrue(floats[i] >= 0 && floats[i] < 1 && doubles[i] >= 0 && doubles[i] < 1);
    }
    // Variance 1/12, fourth central moment 1/80.
    assertMoments(floats, 0.5, 1.0 / 12, 1.0 / 80);
    assertMoments(doubles, 0.5, 1.0 / 12, 1.0 / 80);
  }

  @Test
  void gaussianNumbersHaveTheRightMomentsAndTails() {
    var randoms = Randoms.seeded(12).stream("gaussian");
    int n = 100_000;
    double[] values = new double[n];
    int beyondTwo = 0;
    for (int i = 0; i < n; i++) {
      values[i] = randoms.gaussian(i);
      beyondTwo += Math.abs(values[i]) > 2 ? 1 : 0;
    }
    assertMoments(values, 0, 1, 3);
    double p = 0.0455002638963584; // P(|z| > 2)
    assertEquals(n * p, beyondTwo, 5 * Math.sqrt(n * p * (1 - p)));
  }

  @Test
  void boundedNumbersAreEquallyLikely() {
    for (int bound : new int[] {2, 3, 7, 10, 100}) {
      int[] counts = new int[bound];
      int n = 1000 * bound;
      for (int i = 0; i < n; i++) {
        counts[Randoms.seeded(13).stream(bound).below(bound, i)]++;
      }
      assertChiSquare(counts, n);
    }
  }

  /** A remainder or a plain product would give the lowest third twice its share here. */
  @Test
  void boundedNumbersHaveNoBiasWhereTheBoundIsLarge() {
    int bound = 3 << 29; // 2^32 = 2 bound + 2^30
    int n = 30_000;
    int[] counts = new int[6];
    int[] residues = new int[3];
    for (int i = 0; i < n; i++) {
      int value = Randoms.seeded(14).below(bound, i);
      counts[value / (1 << 28)]++;
      residues[value % 3]++;
    }
    assertChiSquare(counts, n);
    assertChiSquare(residues, n);
  }

  @Test
  void aBoundOfOneGivesZeroAndTheLargestBoundStaysBelowItself() {
    var randoms = Randoms.seeded(15);
    for (int i = 0; i < 1000; i++) {
      assertEquals(0, randoms.below(1, i));
      int value = randoms.below(Integer.MAX_VALUE, i);
      assertTrue(value >= 0 && value < Integer.MAX_VALUE);
    }
  }

  @Test
  void refusesABoundThatIsNotPositive() {
    var randoms = Randoms.seeded(1);
    for (int bound : new int[] {0, -1, Integer.MIN_VALUE}) {
      var refusal = assertThrows(IllegalArgumentException.class, () -> randoms.below(bound, 0));
      assertEquals("below: the bound must be positive: " + bound, refusal.getMessage());
    }
  }

  @Test
  void neighbouringStreamsAreUncorrelated() {
    int n = 50_000;
    var root = Randoms.seeded(16);
    for (int id = 0; id < 8; id++) {
      var one = root.stream(id);
      var other = root.stream(id + 1);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (one.uniformDouble(i) - 0.5) * (other.uniformDouble(i) - 0.5);
      }
      assertEquals(0, sum, 5 * Math.sqrt(n) / 12); // each product has deviation 1/12
    }
  }

  @Test
  void permutationsHoldEveryNumberOnce() {
    for (int n : new int[] {0, 1, 2, 3, 17, 1000}) {
      int[] sorted = Randoms.seeded(17).stream(n).permutation(n);
      Arrays.sort(sorted);
      for (int i = 0; i < n; i++) {
        assertEquals(i, sorted[i]);
      }
      assertEquals(n, sorted.length);
    }
  }

  @Test
  void everyOrderOfFourIsEquallyLikely() {
    int n = 24_000;
    int[] counts = new int[24];
    for (int i = 0; i < n; i++) {
      int[] p = Randoms.seeded(18).stream(i).permutation(4);
      int rank = 0; // in the factorial number system
      for (int a = 0; a < 4; a++) {
        int smallerAfter = 0;
        for (int b = a + 1; b < 4; b++) {
          smallerAfter += p[b] < p[a] ? 1 : 0;
        }
        rank = rank * (4 - a) + smallerAfter;
      }
      counts[rank]++;
    }
    assertChiSquare(counts, n);
  }

  @Test
  void refusesANegativeLength() {
    assertThrows(IllegalArgumentException.class, () -> Randoms.seeded(1).permutation(-1));
  }

  private static void assertGolden(
      Randoms randoms, int bits0, int bits1, int far, int float0, long double1, int below2) {
    assertEquals(bits0, randoms.bits(0));
    assertEquals(bits1, randoms.bits(1));
    assertEquals(far, randoms.bits(FAR));
    assertEquals(float0, Float.floatToRawIntBits(randoms.uniformFloat(0)));
    assertEquals(double1, bits(randoms.uniformDouble(1)));
    assertEquals(below2, randoms.below(1000, 2));
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static void assertMoments(double[] values, double mean, double variance, double fourth) {
    int n = values.length;
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      sum += value;
      squares += (value - mean) * (value - mean);
    }
    assertEquals(mean, sum / n, 5 * Math.sqrt(variance / n));
    assertEquals(variance, squares / n, 5 * Math.sqrt((fourth - variance * variance) / n));
  }

  /** Chi-square with f degrees of freedom has mean f and variance 2 f. */
  private static void assertChiSquare(int[] counts, int n) {
    double expected = (double) n / counts.length;
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    int freedom = counts.length - 1;
    double bound = freedom + 5 * Math.sqrt(2.0 * freedom);
    assertTrue(chiSquare <= bound, "chi-square " + chiSquare + " above " + bound);
  }
}
