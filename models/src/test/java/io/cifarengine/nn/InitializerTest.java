// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InitializerTest {
  /** The first of numpy.random.RandomState(42).rand(), as NumPy prints them. */
  private static final double[] NUMPY_42 = {
    0.3745401188473625, 0.9507143064162014, 0.7319939418114051, 0.5986584841970366,
    0.15601864044243652, 0.15599452033620265, 0.05808361216819946, 0.8661761457749352,
    0.6011150117432088
  };

  @Test
  void legacyPositiveFillsBiasThenWeightFromNumPysStreamOf42() {
    Tensor w = Tensor.zeros(2, 3);
    Tensor b = Tensor.zeros(3);
    Initializer.legacyPositive().fill(w, b, Randoms.seeded(1));
    for (int i = 0; i < 3; i++) {
      assertEquals((float) (0.01 * NUMPY_42[i]), b.data()[i]);
    }
    for (int i = 0; i < 6; i++) {
      assertEquals((float) (0.01 * NUMPY_42[3 + i]), w.data()[i]);
    }
  }

  @Test
  void legacyPositiveStartsEveryLayerAnew() {
    try (Engine engine = Engine.withThreads(1)) {
      Network network =
          Network.build(
              engine,
              Shape.of(5),
              Randoms.seeded(99),
              Layers.linear(4, Initializer.legacyPositive()),
              Layers.tanh(),
              Layers.linear(7, Initializer.legacyPositive()));
      float[] first = network.parameters().get(1).value().data();
      float[] second = network.parameters().get(3).value().data();
      assertEquals((float) (0.01 * 0.3745401188473625), first[0]);
      assertArrayEquals(first, Arrays.copyOf(second, 4));
    }
  }

  @Test
  void legacyPositiveIsWithinZeroAndAHundredth() {
    Tensor w = Tensor.zeros(300, 40);
    Initializer.legacyPositive().fill(w, Tensor.zeros(40), Randoms.seeded(1));
    double sum = 0;
    for (float value : w.data()) {
      assertTrue(value >= 0 && value <= 0.01f);
      sum += value;
    }
    // Deviation of the mean of 12,000 uniform numbers: 0.01 / sqrt(12 * 12000); five of them.
    assertEquals(0.005, sum / w.size(), 5 * 0.01 / Math.sqrt(12.0 * w.size()));
  }

  /**
   * Uniform in (-r, r): variance r^2 / 3, whose estimate from m draws has the relative deviation
   * sqrt((9/5 - 1) / m), and whose mean has the deviation r / sqrt(3 m). Five deviations are allowed.
   */
  @Test
  void glorotUniformHasItsBoundsMeanAndVariance() {
    assertGlorot(120 + 170, 120, 170);
  }

  /** A filter has 3 x 5 x 40 inputs, and a value of the input goes to 3 x 5 x 33 outputs. */
  @Test
  void glorotUniformCountsEveryPlaceOfAKernel() {
    assertGlorot(3 * 5 * 40 + 3 * 5 * 33, 3, 5, 40, 33);
    assertGlorot(1024 + 7, 1, 1, 1024, 7);
  }

  private static void assertGlorot(int fans, int... dims) {
    Tensor w = Tensor.zeros(dims);
    Tensor b = Tensor.zeros(dims[dims.length - 1]);
    Initializer.glorotUniform().fill(w, b, Randoms.seeded(7));
    double r = Math.sqrt(6.0 / fans);
    int m = w.size();
    double sum = 0;
    double squares = 0;
    float least = 0;
    float most = 0;
    for (float value : w.data()) {
      sum += value;
      squares += (double) value * value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    assertTrue(least >= (float) -r && most <= (float) r, least + " to " + most + " for " + r);
    assertTrue(least < -0.99 * r && most > 0.99 * r, m + " draws come near both ends");
    assertEquals(0, sum / m, 5 * r / Math.sqrt(3.0 * m));
    assertEquals(r * r / 3, squares / m, r * r / 3 * 5 * Math.sqrt(0.8 / m));
    assertArrayEquals(new float[b.size()], b.data(), "biases start at 0");
  }

  /** The n-th value depends on n and on r alone. */
  @Test
  void aKernelOfOnePixelStartsWithTheBitsOfALinearLayer() {
    Tensor linear = Tensor.zeros(6, 9);
    Tensor conv = Tensor.zeros(1, 1, 6, 9);
    Initializer.glorotUniform().fill(linear, Tensor.zeros(9), Randoms.seeded(3));
    Initializer.glorotUniform().fill(conv, Tensor.zeros(9), Randoms.seeded(3));
    assertArrayEquals(linear.data(), conv.data());
    double r = Math.sqrt(6.0 / (6 + 9));
    assertEquals((float) (r * (2 * Randoms.seeded(3).uniformDouble(8) - 1)), linear.data()[8]);
  }

  @Test
  void aLayerWithoutInputsHasNothingToFill() {
    Initializer.glorotUniform().fill(Tensor.zeros(0, 3), Tensor.zeros(3), Randoms.seeded(1));
  }

  @Test
  void glorotUniformIsAFunctionOfItsRandomsAndDiffersBetweenLayers() {
    float[] first = glorot(Randoms.seeded(7).stream(0));
    assertArrayEquals(first, glorot(Randoms.seeded(7).stream(0)));
    assertFalse(Arrays.equals(first, glorot(Randoms.seeded(7).stream(1))));
    assertFalse(Arrays.equals(first, glorot(Randoms.seeded(8).stream(0))));
  }

  /** Mean and variance of m normal draws deviate by s / sqrt(m) and s^2 sqrt(2 / m); five are allowed. */
  @Test
  void normalHasItsDeviationAndIsDrawnByIndex() {
    Tensor w = Tensor.zeros(120, 170);
    Tensor b = Tensor.zeros(170);
    double s = 1e-5;
    Randoms randoms = Randoms.seeded(7);
    Initializer.normal(s).fill(w, b, randoms);
    int m = w.size();
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < m; i++) {
      assertEquals((float) (s * randoms.gaussian(i)), w.data()[i]);
      sum += w.data()[i];
      squares += (double) w.data()[i] * w.data()[i];
    }
    assertEquals(0, sum / m, 5 * s / Math.sqrt(m));
    assertEquals(s * s, squares / m, 5 * s * s * Math.sqrt(2.0 / m));
    assertArrayEquals(new float[170], b.data(), "biases start at 0");
  }

  @Test
  void aDeviationIsPositiveAndFinite() {
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertEquals(
          "normal: expected a positive, finite deviation, found " + bad,
          assertThrows(IllegalArgumentException.class, () -> Initializer.normal(bad)).getMessage());
    }
  }

  private static float[] glorot(Randoms randoms) {
    Tensor w = Tensor.zeros(3, 5);
    Initializer.glorotUniform().fill(w, Tensor.zeros(5), randoms);
    return w.data();
  }
}
