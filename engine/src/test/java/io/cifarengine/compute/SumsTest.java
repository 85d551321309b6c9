// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.internal.kernel.Fma;
import io.cifarengine.tensor.Tensor;
import io.cifarengine.testing.Draw;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SumsTest {
  private static final double U = 0x1p-24;

  /** Around chunks of 4,096, and a prime with a short last chunk, larger than what came before. */
  private static final int[] SIZES = {
    0, 1, 15, 16, 17, 31, 4095, 4096, 4097, 8191, 8192, 8193, 40_009
  };

  private static void onEveryEngine(Consumer<Engine> test) {
    for (int threads : new int[] {1, 2, 3, 5, 8}) {
      try (Engine chosen = Engine.withThreads(threads);
          Engine scalar = Engine.scalar(threads)) {
        test.accept(chosen);
        test.accept(scalar);
      }
    }
  }

  /** Chunks of 4,096; element i of a chunk in lane i mod 16; then +8, +4, +2, +1; chunks in double. */
  private static double documentedSum(float[] x) {
    double total = 0;
    for (int from = 0; from < x.length; from += 4096) {
      float[] lane = new float[16];
      for (int i = from; i < Math.min(x.length, from + 4096); i++) {
        lane[i % 16] = Fma.fma(x[i], x[i], lane[i % 16]);
      }
      for (int half : new int[] {8, 4, 2, 1}) {
        for (int l = 0; l < half; l++) {
          lane[l] += lane[l + half];
        }
      }
      total += lane[0];
    }
    return total;
  }

  @Test
  void squaresAreTheDocumentedTree() {
    onEveryEngine(
        engine -> {
          for (int n : SIZES) {
            float[] x = Draw.ofCase(n).uniform(n);
            assertEquals(
                documentedSum(x),
                Sums.squares(engine, Tensor.wrap(x, n)),
                n + " on " + engine + "; " + Draw.replay());
          }
        });
  }

  /** 256 roundings of a lane and 4 of the tree, all of them of positive numbers: gamma_260 in all. */
  @Test
  void squaresAreWithinTheirBound() {
    double gamma = 260 * U / (1 - 260 * U);
    onEveryEngine(
        engine -> {
          for (int n : SIZES) {
            float[] x = Draw.ofCase(n + 1).uniform(n);
            double exact = 0;
            for (float element : x) {
              exact += (double) element * element;
            }
            double found = Sums.squares(engine, Tensor.wrap(x, n));
            assertEquals(exact, found, gamma * exact, n + "; " + Draw.replay());
          }
        });
  }

  /** At most 256 squares of at most 64 in a lane, 2^18 in a chunk. */
  @Test
  void squaresOfIntegersAreExactInAnyShape() {
    onEveryEngine(
        engine -> {
          float[] x = new Draw(3).integers(3 * 5000);
          double exact = 0;
          for (float element : x) {
            exact += element * element;
          }
          assertEquals(exact, Sums.squares(engine, Tensor.wrap(x, 3, 5000)));
          assertEquals(exact, Sums.squares(engine, Tensor.wrap(x, 15_000)));
        });
  }

  @Test
  void squaresOfALongTensorLeaveNothingForAShortOne() {
    onEveryEngine(
        engine -> {
          Tensor one = Tensor.wrap(new float[] {3}, 1);
          Tensor many = Tensor.zeros(20_000);
          Arrays.fill(many.data(), 1);
          assertEquals(9, Sums.squares(engine, one));
          assertEquals(20_000, Sums.squares(engine, many));
          assertEquals(9, Sums.squares(engine, one));
          assertEquals(0, Sums.squares(engine, Tensor.zeros(0)));
        });
  }

  @Test
  void squaresShowWhatIsNotFiniteOrTooLarge() {
    onEveryEngine(
        engine -> {
          Tensor x = Tensor.zeros(9000);
          x.data()[8999] = Float.NEGATIVE_INFINITY;
          assertEquals(Double.POSITIVE_INFINITY, Sums.squares(engine, x));
          x.data()[8999] = 2e19f; // finite, but its square is no float
          assertEquals(Double.POSITIVE_INFINITY, Sums.squares(engine, x));
          x.data()[0] = Float.NaN;
          assertEquals(Double.NaN, Sums.squares(engine, x));
        });
  }

  @Test
  void aTensorIsFiniteWhereEveryElementIs() {
    float[] others = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    onEveryEngine(
        engine -> {
          for (int n : SIZES) {
            Tensor x = Tensor.zeros(n);
            Arrays.fill(x.data(), Float.MAX_VALUE);
            assertTrue(Sums.isFinite(engine, x), n + " on " + engine);
            for (int i : new int[] {0, 1, n / 3, n / 2, n - 2, n - 1}) {
              if (i >= 0 && i < n) {
                x.data()[i] = others[i % others.length];
                assertFalse(Sums.isFinite(engine, x), i + " of " + n + " on " + engine);
                x.data()[i] = -Float.MIN_VALUE;
                assertTrue(Sums.isFinite(engine, x), "the call before is forgotten");
              }
            }
          }
        });
  }
}
