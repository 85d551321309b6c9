// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.tensor.Tensor;
import io.cifarengine.testing.Bits;
import io.cifarengine.testing.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RowsTest {
  private static final double U = 0x1p-24;

  private static void onEveryEngine(Consumer<Engine> test) {
    for (int threads = 1; threads <= 3; threads++) {
      try (Engine chosen = Engine.withThreads(threads);
          Engine scalar = Engine.scalar(threads)) {
        test.accept(chosen);
        test.accept(scalar);
      }
    }
  }

  private static float[] softmax(Engine engine, int rows, int classes, float[] x) {
    Tensor y = Tensor.zeros(rows, classes);
    Rows.softmax(engine, Tensor.wrap(x.clone(), rows, classes), y);
    Tensor inPlace = Tensor.wrap(x.clone(), rows, classes);
    Rows.softmax(engine, inPlace, inPlace);
    Bits.assertSame(y.data(), inPlace.data(), "softmax in place on " + engine);
    return y.data();
  }

  /**
   * Relative to its true value a component is within (n + 2D + 6) u, D = max - x_i: rounding x_i - max
   * moves the exponent by D u at most. Where it is subnormal, exp and the quotient add one half of
   * the smallest float each, and a little for the error of exp: 2 in all.
   */
  @Test
  void everySoftmaxComponentIsWithinItsBoundAndTheyAddToOne() {
    onEveryEngine(
        engine -> {
          for (int classes : new int[] {1, 2, 3, 10, 15, 16, 17, 100, 1000}) {
            for (float scale : new float[] {0.1f, 3, 30, 200, 10_000}) {
              float[] x = Draw.ofCase(classes).uniform(7 * classes);
              for (int i = 0; i < x.length; i++) {
                x[i] *= scale;
              }
              checkSoftmax(classes, x, softmax(engine, 7, classes, x), engine + ", " + scale);
            }
          }
        });
  }

  private static void checkSoftmax(int classes, float[] x, float[] y, String where) {
    String what = classes + " classes, " + where + "; " + Draw.replay();
    for (int at = 0; at < x.length; at += classes) {
      double maximum = Double.NEGATIVE_INFINITY;
      for (int j = at; j < at + classes; j++) {
        maximum = Math.max(maximum, x[j]);
      }
      double sum = 0;
      for (int j = at; j < at + classes; j++) {
        sum += StrictMath.exp(x[j] - maximum);
      }
      double total = 0;
      for (int j = at; j < at + classes; j++) {
        double d = maximum - x[j];
        double expected = StrictMath.exp(-d) / sum;
        double bound = (classes + 2 * d + 6) * U * expected + 2 * Float.MIN_VALUE;
        double error = Math.abs(y[j] - expected);
        assertTrue(error <= bound, () -> what + ": error " + error + ", allowed " + bound);
        total += y[j];
      }
      double off = Math.abs(total - 1);
      assertTrue(off <= (classes + 1) * U, () -> what + ": the sum is off by " + off);
    }
  }

  @Test
  void aShiftThatRoundsNothingChangesNoBit() {
    int classes = 33;
    float[] x = new Draw(5).integers(9 * classes);
    float[] shifted = x.clone();
    for (int i = 0; i < x.length; i++) {
      shifted[i] += 10_000;
    }
    onEveryEngine(
        engine ->
            Bits.assertSame(
                softmax(engine, 9, classes, x), softmax(engine, 9, classes, shifted), "shift"));
  }

  @Test
  void equalLogitsHaveEqualProbabilities() {
    onEveryEngine(
        engine -> {
          for (float logit : new float[] {0, -0f, 1e4f, -1e4f, Float.MAX_VALUE, Float.MIN_VALUE}) {
            for (int classes : new int[] {1, 2, 10, 64}) {
              float[] x = new float[3 * classes];
              Arrays.fill(x, logit);
              float[] expected = new float[3 * classes];
              Arrays.fill(expected, 1f / classes);
              Bits.assertSame(expected, softmax(engine, 3, classes, x), classes + " of " + logit);
            }
          }
        });
  }

  @Test
  void hugeLogitsDecideAndMinusInfinityGivesZero() {
    float inf = Float.POSITIVE_INFINITY;
    float[] x = {1e4f, 0, -1e4f, -1e4f, 1e4f, -inf, -inf, -3, -inf};
    float[] expected = {1, 0, 0, 0, 1, 0, 0, 1, 0};
    onEveryEngine(engine -> Bits.assertSame(expected, softmax(engine, 3, 3, x), "decided"));
  }

  @Test
  void aNaNStaysInItsRow() {
    float nan = Float.NaN;
    float[] x = {0, 0, nan, 1, 5, 5};
    float[] expected = {0.5f, 0.5f, nan, nan, 0.5f, 0.5f};
    onEveryEngine(engine -> Bits.assertSame(expected, softmax(engine, 3, 2, x), "NaN"));
  }

  @Test
  void aRowOfABatchHasTheBitsOfTheRowAlone() {
    int classes = 37;
    int rows = 301; // 12 ranges of rows on three threads
    float[] x = Draw.ofCase(9).uniform(rows * classes);
    onEveryEngine(
        engine -> {
          float[] all = softmax(engine, rows, classes, x);
          for (int i = 0; i < rows; i += 10) {
            int at = i * classes;
            Bits.assertSame(
                softmax(engine, 1, classes, Arrays.copyOfRange(x, at, at + classes)),
                Arrays.copyOfRange(all, at, at + classes),
                "row " + i);
          }
        });
  }

  @Test
  void nothingIsSummedWhereThereIsNothing() {
    onEveryEngine(
        engine -> {
          assertEquals(0, softmax(engine, 0, 10, new float[0]).length);
          assertEquals(0, softmax(engine, 10, 0, new float[0]).length);
          Tensor s = Tensor.wrap(new float[] {3, -0f}, 2);
          Rows.columnSums(engine, Tensor.zeros(0, 2), s, Into.ACCUMULATE);
          Bits.assertSame(new float[] {3, 0}, s.data(), "adding the sum of no rows, +0");
          Rows.columnSums(engine, Tensor.zeros(0, 2), s, Into.OVERWRITE);
          Bits.assertSame(new float[2], s.data(), "the sum of no rows");
          Rows.columnSums(engine, Tensor.zeros(5, 0), Tensor.zeros(0), Into.OVERWRITE);
        });
  }

  private static List<Integer> rowCounts() {
    List<Integer> counts = new ArrayList<>();
    for (int rows = 0; rows <= 40; rows++) {
      counts.add(rows);
    }
    counts.addAll(List.of(127, 128, 1000));
    return counts;
  }

  /** Lane l has rows l, l + 16, ... in this order; then +8, +4, +2, +1. */
  private static float documentedSum(int rows, int columns, float[] x, int j) {
    float[] lane = new float[16];
    for (int i = 0; i < rows; i++) {
      lane[i % 16] += x[i * columns + j];
    }
    for (int half : new int[] {8, 4, 2, 1}) {
      for (int l = 0; l < half; l++) {
        lane[l] += lane[l + half];
      }
    }
    return lane[0];
  }

  @Test
  void columnSumsAreTheDocumentedTree() {
    onEveryEngine(
        engine -> {
          for (int rows : rowCounts()) {
            for (int columns : new int[] {1, 7, 64, 129, 257, 600}) {
              if (rows == 1000 && columns == 600) {
                continue; // 600,000 elements say no more than 257,000
              }
              Draw draw = Draw.ofCase(rows * 1000 + columns);
              float[] x = draw.withSpecials(rows * columns, 2000);
              float[] s = draw.uniform(columns);
              float[] sums = new float[columns];
              float[] added = new float[columns];
              for (int j = 0; j < columns; j++) {
                sums[j] = documentedSum(rows, columns, x, j);
                added[j] = s[j] + sums[j];
              }
              String what = rows + " x " + columns + " on " + engine + "; " + Draw.replay();
              Tensor matrix = Tensor.wrap(x, rows, columns);
              Tensor destination = Tensor.wrap(s, columns);
              Rows.columnSums(engine, matrix, destination, Into.ACCUMULATE);
              Bits.assertSame(added, destination.data(), "accumulated " + what);
              Rows.columnSums(engine, matrix, destination, Into.OVERWRITE);
              Bits.assertSame(sums, destination.data(), what);
            }
          }
        });
  }

  @Test
  void columnSumsOfIntegersAreExact() {
    int columns = 131;
    onEveryEngine(
        engine -> {
          for (int rows : rowCounts()) {
            float[] x = new Draw(rows).integers(rows * columns);
            float[] expected = new float[columns];
            for (int i = 0; i < x.length; i++) {
              expected[i % columns] += x[i];
            }
            Tensor s = Tensor.zeros(columns);
            Rows.columnSums(engine, Tensor.wrap(x, rows, columns), s, Into.OVERWRITE);
            Bits.assertSame(expected, s.data(), rows + " rows on " + engine);
          }
        });
  }

  /** 2^24 swallows a one, so the sum tells which ones joined before 2^24 and -2^24 met (FPRev). */
  @Test
  void theTreeAddsEightThenFourThenTwoThenOne() {
    float big = 0x1p24f;
    onEveryEngine(
        engine -> {
          for (int plus = 0; plus < 16; plus++) {
            for (int minus = 0; minus < 16; minus++) {
              if (plus == minus) {
                continue;
              }
              float[] x = new float[16];
              Arrays.fill(x, 1);
              x[plus] = big;
              x[minus] = -big;
              Tensor s = Tensor.zeros(1);
              Rows.columnSums(engine, Tensor.wrap(x, 16, 1), s, Into.OVERWRITE);
              assertEquals(documentedSum(16, 1, x, 0), s.data()[0], plus + ", " + minus);
            }
          }
        });
  }
}
