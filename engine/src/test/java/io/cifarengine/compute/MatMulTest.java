// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import static org.junit.jupiter.api.Assertions.fail;

import io.cifarengine.tensor.Tensor;
import io.cifarengine.testing.Bits;
import io.cifarengine.testing.Draw;
import io.cifarengine.testing.Product;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MatMulTest {
  /** Unit roundoff of float. */
  private static final double U = 0x1p-24;

  private static final List<Formula> FORMULAS = List.of(Formula.values());

  private static final int[] THREADS = {1, 2, 3, 5};

  /** Of 1, 2, 3, 5 threads: first on the chosen kernels, then on the scalar ones. */
  private static final List<Engine> ENGINES = engines();

  private static List<Engine> engines() {
    List<Engine> engines = new ArrayList<>();
    for (int threads : THREADS) {
      engines.add(Engine.withThreads(threads));
    }
    for (int threads : THREADS) {
      engines.add(Engine.scalar(threads));
    }
    return engines;
  }

  @AfterAll
  static void close() {
    ENGINES.forEach(Engine::close);
  }

  private static String what(Engine engine, Formula formula, int m, int n, int k) {
    return formula + " " + m + " x " + n + " x " + k + " on " + engine + "; " + Draw.replay();
  }

  private static void assertBits(
      Engine engine, Formula formula, int m, int n, int k, float[] a, float[] b, float[] s) {
    Bits.assertSame(
        formula.expected(m, n, k, a, b, s),
        formula.run(engine, m, n, k, a, b, s),
        what(engine, formula, m, n, k));
  }

  /**
   * Products of integers in [-8, 8] and their sums stay below 2^24, so float holds them exactly, and
   * a row or column out of place cannot hide behind rounding.
   */
  @Test
  void integerProductsAreExactForEveryTailOfATile() {
    for (Engine engine : List.of(ENGINES.get(0), ENGINES.get(4))) {
      int rows = 14;
      int lanes = engine.simdBits() == 0 ? 16 : engine.simdBits() / Float.SIZE;
      int columns = engine.simdBits() == 0 ? 128 : 2 * lanes;
      Set<Integer> ms =
          new TreeSet<>(
              List.of(
                  0,
                  1,
                  2,
                  3,
                  4,
                  5,
                  8,
                  9,
                  12,
                  rows - 1,
                  rows,
                  rows + 1,
                  2 * rows - 1,
                  2 * rows,
                  2 * rows + 1,
                  60));
      Set<Integer> ns =
          new TreeSet<>(
              List.of(0, 1, 3, lanes - 1, lanes, lanes + 1, columns - 1, columns, columns + 1));
      ns.addAll(List.of(2 * columns - 1, 2 * columns + 1, 2 * (columns + lanes), 61));
      for (int m : ms) {
        for (int n : ns) {
          for (int k : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 12, 17, 31, 37}) {
            checkIntegers(engine, m, n, k);
          }
        }
      }
    }
  }

  private static void checkIntegers(Engine engine, int m, int n, int k) {
    Draw draw = new Draw(m * 1_000_003L + n * 1009L + k);
    float[] a = draw.integers(m * k);
    float[] b = draw.integers(k * n);
    float[] s = draw.integers(Math.max(1, m) * n);
    int[] product = new int[m * n];
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        for (int j = 0; j < n; j++) {
          product[i * n + j] += ((int) a[i * k + p]) * (int) b[p * n + j];
        }
      }
    }
    float[] expected = new float[m * n];
    for (Formula formula : Formula.values()) {
      int startRows = formula.startRows(m);
      for (int i = 0; i < m * n; i++) {
        int start = startRows == 0 ? 0 : (int) s[startRows == 1 ? i % n : i];
        expected[i] = product[i] + start;
      }
      Bits.assertSame(
          expected, formula.run(engine, m, n, k, a, b, s), what(engine, formula, m, n, k));
    }
  }

  /** Sizes that cross every block: K past kc = 256 and kGroup = 4096, N past NC = 1024, M past mc. */
  @Test
  void blocksAndThreadsDoNotShowInTheBits() {
    int[][] sizes = {
      {97, 131, 61},
      {1, 8200, 64}, // one row for all threads; a zero row longer than the shared one
      {13, 1025, 41}, // one column in the second pass of loop 5
      {3, 2081, 101}, // three passes of loop 5
      {5, 129, 4097}, // one step of k in the second pass of loop 4
      {2, 33, 8449}, // three passes of loop 4, the last 257 deep
      {17, 1057, 4353}, // loops 5 and 4 together
      {389, 3, 511}, // many blocks of rows
      {193, 67, 257}
    };
    for (int[] size : sizes) {
      int m = size[0];
      int n = size[1];
      int k = size[2];
      Draw draw = new Draw(m + n + k);
      float[] a = draw.uniform(m * k);
      float[] b = draw.uniform(k * n);
      float[] s = draw.uniform(m * n);
      boolean slow = (long) m * n * k > 20_000_000;
      for (Formula formula : Formula.values()) {
        float[] expected = formula.expected(m, n, k, a, b, s);
        for (Engine engine : slow ? ENGINES.subList(1, 3) : ENGINES) {
          Bits.assertSame(
              expected, formula.run(engine, m, n, k, a, b, s), what(engine, formula, m, n, k));
        }
      }
    }
  }

  /** Sizes up to 300, small ones often: 300^(u^1.3) for an even u, and now and then 0. */
  private static int dimension(Draw draw) {
    if (draw.below(40) == 0) {
      return 0;
    }
    return (int) StrictMath.pow(300.99, StrictMath.pow(draw.uniform(), 1.3));
  }

  /**
   * |C - (S + A B)| &lt;= gamma_k (|S| + |A| |B|) for each element (Higham 3.5, with k roundings in a
   * chain of k fma). The reference in double adds its own k 2^-53. Nothing underflows: the inputs are
   * multiples of 2^-23.
   */
  @Test
  void tenThousandRandomProductsAreTheChainAndWithinTheHardBound() {
    for (int number = 0; number < 10_000; number++) {
      Draw draw = Draw.ofCase(number);
      int m = dimension(draw);
      int n = dimension(draw);
      int k = dimension(draw);
      Formula formula = FORMULAS.get(draw.below(FORMULAS.size()));
      Engine engine = ENGINES.get(draw.below(ENGINES.size()));
      float[] a = draw.uniform(m * k);
      float[] b = draw.uniform(k * n);
      float[] s = draw.uniform(Math.max(1, m) * n);
      float[] c = formula.run(engine, m, n, k, a, b, s);
      String what = "case " + number + ": " + what(engine, formula, m, n, k);
      Bits.assertSame(formula.expected(m, n, k, a, b, s), c, what);
      checkBound(m, n, k, a, b, s, formula.startRows(2), c, what);
    }
  }

  private static void checkBound(
      int m, int n, int k, float[] a, float[] b, float[] s, int startRows, float[] c, String what) {
    double bound = k * U / (1 - k * U) + k * 0x1p-53;
    double[] sum = new double[n];
    double[] size = new double[n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        sum[j] = startRows == 0 ? 0 : s[startRows == 1 ? j : i * n + j];
        size[j] = Math.abs(sum[j]);
      }
      for (int p = 0; p < k; p++) {
        double x = a[i * k + p];
        for (int j = 0; j < n; j++) {
          double product = x * b[p * n + j];
          sum[j] += product;
          size[j] += Math.abs(product);
        }
      }
      for (int j = 0; j < n; j++) {
        double error = Math.abs(c[i * n + j] - sum[j]);
        if (!(error <= bound * size[j])) {
          fail(
              "C["
                  + i
                  + ", "
                  + j
                  + "] is off by "
                  + error
                  + ", allowed "
                  + bound * size[j]
                  + ": "
                  + what);
        }
      }
    }
  }

  @Test
  void specialValuesSpreadAsInThePlainChain() {
    for (int number = 0; number < 300; number++) {
      Draw draw = Draw.ofCase(number);
      int m = 1 + draw.below(30);
      int n = 1 + draw.below(70);
      int k = 1 + draw.below(40);
      int every = 3 + draw.below(2 * m * k);
      float[] a = draw.withSpecials(m * k, every);
      float[] b = draw.withSpecials(k * n, every);
      float[] s = draw.withSpecials(m * n, every);
      for (Formula formula : Formula.values()) {
        assertBits(ENGINES.get(0), formula, m, n, k, a, b, s);
        assertBits(ENGINES.get(4), formula, m, n, k, a, b, s);
      }
    }
  }

  @Test
  void aChainOfMinusZerosKeepsTheSignThatFmaGives() {
    float[] minus = new float[12 * 3];
    Arrays.fill(minus, -0f);
    float[] ones = new float[3 * 33];
    Arrays.fill(ones, 1);
    float[] start = new float[12 * 33];
    Arrays.fill(start, -0f);
    float[] plus = new float[12 * 33];
    for (Engine engine : ENGINES) {
      // -0 1 + -0 = -0 down the whole chain, but a chain from +0 stays +0.
      Bits.assertSame(
          start, Formula.AB_ACCUMULATED.run(engine, 12, 33, 3, minus, ones, start), "from -0");
      Bits.assertSame(plus, Formula.AB.run(engine, 12, 33, 3, minus, ones, start), "from +0");
    }
  }

  @Test
  void aDepthOfZeroCopiesTheStart() {
    float[] none = {};
    float[] start = new Draw(1).uniform(5 * 7);
    for (Engine engine : ENGINES) {
      for (Formula formula : Formula.values()) {
        assertBits(engine, formula, 5, 7, 0, none, none, start);
      }
    }
  }

  @Test
  void aRowOfABatchHasTheBitsOfTheRowAlone() {
    int m = 128;
    int n = 75;
    int k = 200;
    Draw draw = Draw.ofCase(0);
    float[] a = draw.uniform(m * k);
    float[] b = draw.uniform(k * n);
    float[] s = draw.uniform(m * n);
    for (Engine engine : ENGINES) {
      for (Formula formula : List.of(Formula.AB, Formula.AB_PLUS_ROW, Formula.ABT, Formula.ATB)) {
        float[] batch = formula.run(engine, m, n, k, a, b, s);
        for (int i = 0; i < m; i += 9) {
          float[] one = Arrays.copyOfRange(a, i * k, (i + 1) * k);
          Bits.assertSame(
              Arrays.copyOfRange(batch, i * n, (i + 1) * n),
              formula.run(engine, 1, n, k, one, b, s),
              "row " + i + ", " + what(engine, formula, m, n, k));
        }
      }
    }
  }

  @Test
  void permutingTheRowsOfAPermutesTheRowsOfC() {
    int m = 101;
    int n = 90;
    int k = 83;
    Draw draw = Draw.ofCase(0);
    float[] a = draw.uniform(m * k);
    float[] b = draw.uniform(k * n);
    float[] permuted = new float[m * k];
    for (int i = 0; i < m; i++) { // 37 and 101 have no common divisor
      System.arraycopy(a, i * 37 % m * k, permuted, i * k, k);
    }
    for (Engine engine : ENGINES) {
      for (Formula formula : List.of(Formula.AB, Formula.ABT, Formula.ATB)) {
        float[] c = formula.run(engine, m, n, k, a, b, a);
        float[] expected = new float[m * n];
        for (int i = 0; i < m; i++) {
          System.arraycopy(c, i * 37 % m * n, expected, i * n, n);
        }
        Bits.assertSame(
            expected, formula.run(engine, m, n, k, permuted, b, a), what(engine, formula, m, n, k));
      }
    }
  }

  @Test
  void theTwoInputsMayBeOneTensorAndStayAsTheyWere() {
    int n = 97;
    float[] data = new Draw(3).uniform(n * n);
    float[] before = data.clone();
    Tensor x = Tensor.wrap(data, n, n);
    for (Engine engine : ENGINES) {
      Tensor c = Tensor.zeros(n, n);
      MatMul.aTb(engine, x, x, c);
      Bits.assertSame(
          Product.chain(n, n, n, Product.transposed(n, n, data), data, new float[n], 0),
          c.data(),
          "X' X on " + engine);
      MatMul.abT(engine, x, x, c);
      Bits.assertSame(
          Product.chain(n, n, n, data, Product.transposed(n, n, data), new float[n], 0),
          c.data(),
          "X X' on " + engine);
      Bits.assertSame(before, data, "X");
    }
  }
}
