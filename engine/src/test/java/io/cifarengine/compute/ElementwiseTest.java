// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.internal.kernel.Fma;
import io.cifarengine.tensor.Tensor;
import io.cifarengine.testing.Bits;
import io.cifarengine.testing.Draw;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each operation reaches its own kernel, whole, for every number of threads. */
class ElementwiseTest {
  /** Around the smallest range of 4,096 elements that a thread is given, and a prime far above. */
  private static final int[] SIZES = {0, 1, 31, 4095, 4096, 4097, 8191, 8192, 8193, 40_009};

  @FunctionalInterface
  private interface Formula {
    float of(float x, float y);
  }

  @FunctionalInterface
  private interface Operation {
    void run(Engine engine, Tensor x, Tensor y, Tensor out);
  }

  private static void check(String name, Formula formula, Operation operation) {
    for (int threads : new int[] {1, 2, 3, 5, 8}) {
      try (Engine chosen = Engine.withThreads(threads);
          Engine scalar = Engine.scalar(threads)) {
        for (Engine engine : List.of(chosen, scalar)) {
          for (int n : SIZES) {
            float[] x = new Draw(n).withSpecials(n, 9);
            float[] y = new Draw(n + 1L).withSpecials(n, 9);
            float[] expected = new float[n];
            for (int i = 0; i < n; i++) {
              expected[i] = formula.of(x[i], y[i]);
            }
            String what = name + " of " + n + " on " + engine;
            Tensor out = Tensor.wrap(new Draw(2).uniform(n), n);
            Tensor first = Tensor.wrap(x.clone(), n);
            Tensor second = Tensor.wrap(y.clone(), n);
            operation.run(engine, first, second, out);
            Bits.assertSame(expected, out.data(), what);
            Bits.assertSame(x, first.data(), what + ": its first input");
            Bits.assertSame(y, second.data(), what + ": its second input");
            operation.run(engine, first, second, first);
            Bits.assertSame(expected, first.data(), what + ", in place");
          }
        }
      }
    }
  }

  @Test
  void reluIsXWhereXIsPositiveAndPlusZeroElsewhere() {
    check(
        "relu", (x, y) -> x <= 0 ? 0 : x, (engine, x, y, out) -> Elementwise.relu(engine, x, out));
  }

  @Test
  void reluBackwardPassesTheGradientWhereYIsPositive() {
    check("reluBackward", (y, dy) -> y > 0 ? dy : 0, Elementwise::reluBackward);
  }

  @Test
  void tanhBackwardIsTheGradientTimesOneLessTheSquare() {
    check("tanhBackward", (y, dy) -> dy * Fma.fma(-y, y, 1), Elementwise::tanhBackward);
  }

  @Test
  void sigmoidBackwardIsTheGradientTimesYLessTheSquare() {
    check("sigmoidBackward", (y, dy) -> dy * Fma.fma(-y, y, y), Elementwise::sigmoidBackward);
  }

  @Test
  void decayTakesAFractionOfEachWeightInOneRounding() {
    for (int threads : new int[] {1, 2, 5}) {
      try (Engine chosen = Engine.withThreads(threads);
          Engine scalar = Engine.scalar(threads)) {
        for (Engine engine : List.of(chosen, scalar)) {
          for (int n : SIZES) {
            float[] w = new Draw(n).withSpecials(n, 50);
            Tensor weights = Tensor.wrap(w.clone(), n);
            Elementwise.decay(engine, weights, 1e-3f);
            for (int i = 0; i < n; i++) {
              w[i] = Fma.fma(-1e-3f, w[i], w[i]);
            }
            Bits.assertSame(w, weights.data(), n + " on " + engine);
          }
        }
      }
    }
  }

  @Test
  void momentumStepIsItsTwoFormulas() {
    float rate = 0.05f;
    float momentum = 0.9f;
    float decay = 1e-3f;
    for (int threads : new int[] {1, 2, 5}) {
      try (Engine chosen = Engine.withThreads(threads);
          Engine scalar = Engine.scalar(threads)) {
        for (Engine engine : List.of(chosen, scalar)) {
          for (int n : SIZES) {
            Draw draw = new Draw(n);
            float[] w = draw.withSpecials(n, 50);
            float[] dw = draw.withSpecials(n, 50);
            float[] v = draw.withSpecials(n, 50);
            Tensor weights = Tensor.wrap(w.clone(), n);
            Tensor gradient = Tensor.wrap(dw.clone(), n);
            Tensor velocity = Tensor.wrap(v.clone(), n);
            Elementwise.momentumStep(engine, weights, gradient, velocity, rate, momentum, decay);
            for (int i = 0; i < n; i++) {
              v[i] = Fma.fma(momentum, v[i], rate * Fma.fma(decay, w[i], dw[i]));
              w[i] = w[i] - v[i];
            }
            Bits.assertSame(v, velocity.data(), "v of " + n + " on " + engine);
            Bits.assertSame(w, weights.data(), "w of " + n + " on " + engine);
            Bits.assertSame(dw, gradient.data(), "dw of " + n + " on " + engine);
          }
        }
      }
    }
  }
}
