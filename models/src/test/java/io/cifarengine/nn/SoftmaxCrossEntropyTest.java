// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.reference.Draws;
import io.cifarengine.reference.ReferenceSoftmaxCrossEntropy;
import io.cifarengine.tensor.ShapeException;
import io.cifarengine.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SoftmaxCrossEntropyTest {
  private static final double U = 0x1p-24;
  private static final Engine ENGINE = Engine.withThreads(2);

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  @Test
  void lossAndGradientAreFiniteForLogitsOfTenThousand() {
    float big = 1e4f;
    Tensor logits = rows(3, big, -big, 0, -big, big, big, 0, 0, -big);
    Loss loss = lossOf(logits, 1, 0, 2);
    // 2e4; 2e4 + log 2; 1e4 + log 2: exact but for the logarithm, and what float p = 1/2 has of it.
    assertEquals((5e4 + 2 * StrictMath.log(2)) / 3, loss.mean(), 1e-7);
    double third = 1 / 3.0;
    float[] expected = {1, -1, 0, -1, 0.5f, 0.5f, 0.5f, 0.5f, -1};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i] * third, loss.gradient().data()[i], U);
    }
  }

  @Test
  void theLargestFloatsHaveALossToo() {
    float most = Float.MAX_VALUE;
    Loss loss = lossOf(rows(2, most, -most), 1);
    assertEquals(2.0 * most, loss.mean());
    assertArrayEquals(new float[] {1, -1}, loss.gradient().data());
  }

  /** The logits are multiples of 1/16 below 2^12, so shifting them by 1024 rounds nothing. */
  @Test
  void addingANumberToARowChangesNoBit() {
    Tensor logits = Draws.normal(1, 40, 9, 11);
    Tensor shifted = Tensor.zeros(9, 11);
    for (int i = 0; i < logits.size(); i++) {
      logits.data()[i] = Math.round(logits.data()[i]) / 16f;
      shifted.data()[i] = logits.data()[i] + 1024;
    }
    int[] labels = Draws.labels(2, 9, 11);
    Loss loss = lossOf(logits, labels);
    Loss same = lossOf(shifted, labels);
    assertEquals(loss.total(), same.total());
    assertArrayEquals(loss.gradient().data(), same.gradient().data());
  }

  /**
   * The p of a row are e[j] / s, with s = sum e within gamma of its lanes, ceil(C / 16) + 4 additions,
   * and a rounding each; taking 1 off rounds by u at most, and dividing by n by u times sum |p - t| = 2.
   */
  @Test
  void theGradientOfEveryExampleSumsToZero() {
    for (int classes : new int[] {1, 2, 3, 10, 16, 17, 20, 100}) {
      int n = 7;
      Tensor logits = Draws.normal(classes, 3, n, classes);
      float[] d = lossOf(logits, Draws.labels(3, n, classes)).gradient().data();
      int k = (classes + 15) / 16 + 5;
      double bound = (k * U / (1 - k * U) + 3 * U) / n;
      double most = 0;
      for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int j = i * classes; j < (i + 1) * classes; j++) {
          sum += d[j];
          most = Math.max(most, Math.abs(d[j]));
        }
        assertEquals(0, sum, bound, classes + " classes, example " + i);
      }
      assertTrue(classes == 1 || most > 1e-3, "a gradient of zeros would sum to 0 as well");
    }
  }

  /**
   * The float p is off by at most some 2 |x - max| u from its exponent, 2 u from exp, 6 u from sum and
   * quotient; with |x - max| below 20 that is below 50 u, and log(p + offset) moves by no more.
   */
  @Test
  void withAnOffsetItReportsTheLogarithmOfPPlusTheOffset() {
    double offset = 1e-6;
    Tensor logits = Draws.normal(4, 3, 50, 20);
    int[] labels = Draws.labels(5, 50, 20);
    double[] x = new double[logits.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = logits.data()[i];
    }
    double[] p = ReferenceSoftmaxCrossEntropy.probabilities(x, 50);
    double expected = 0;
    for (int i = 0; i < 50; i++) {
      expected -= StrictMath.log(p[i * 20 + labels[i]] + offset);
    }
    var withOffset = SoftmaxCrossEntropy.withOffset(ENGINE, offset);
    Loss loss = withOffset.of(logits, labels);
    assertEquals(expected / 50, loss.mean(), 50 * U);
    assertTrue(lossOf(logits, labels).mean() - loss.mean() > 1e-6, "the offset shows");
    assertArrayEquals(
        lossOf(logits, labels).gradient().data(),
        loss.gradient().data(),
        "the gradient is the same");
    assertEquals(
        -StrictMath.log(offset), withOffset.of(rows(2, 500, -500), new int[] {1}).mean(), "p is 0");
    assertEquals(-StrictMath.log(1 + offset), withOffset.of(rows(1, 3), new int[1]).mean());
  }

  @Test
  void anOffsetIsPositive() {
    for (double offset : new double[] {0, -1e-6, Double.NaN}) {
      assertEquals(
          "offset: expected a positive number, found " + offset,
          assertThrows(
                  IllegalArgumentException.class,
                  () -> SoftmaxCrossEntropy.withOffset(ENGINE, offset))
              .getMessage());
    }
  }

  @Test
  void amongEqualOutputsTheFirstIsThePrediction() {
    Tensor tie = rows(3, 1, 3, 3);
    assertEquals(0, lossOf(tie, 0).correct());
    assertEquals(1, lossOf(tie, 1).correct());
    assertEquals(0, lossOf(tie, 2).correct());
    assertEquals(1, lossOf(rows(3, 5, 5, 5), 0).correct());
    assertEquals(1, lossOf(rows(2, -0f, 0f), 0).correct(), "-0 and 0 are equal");
    assertEquals(2, lossOf(rows(2, 1, 0, 0, 1, 1, 0), 0, 1, 1).correct());
  }

  @Test
  void aLabelThatIsNoClassIsNamedWithItsExample() {
    Tensor logits = Tensor.zeros(3, 20);
    assertEquals(
        "softmax cross-entropy: label of example 2 out of range (expected 0 to 19, found 20)",
        assertThrows(IllegalArgumentException.class, () -> lossOf(logits, 0, 19, 20)).getMessage());
    assertEquals(
        "softmax cross-entropy: label of example 0 out of range (expected 0 to 19, found -1)",
        assertThrows(IllegalArgumentException.class, () -> lossOf(logits, -1, 19, 20))
            .getMessage());
  }

  @Test
  void outputsAreOneRowALabel() {
    assertEquals(
        "softmax cross-entropy: expected outputs (2, classes) for 2 labels, found [3, 20]",
        assertThrows(ShapeException.class, () -> lossOf(Tensor.zeros(3, 20), 0, 1)).getMessage());
    assertEquals(
        "softmax cross-entropy: expected outputs (2, classes) for 2 labels, found [2, 1, 1]",
        assertThrows(ShapeException.class, () -> lossOf(Tensor.zeros(2, 1, 1), 0, 0)).getMessage());
  }

  @Test
  void meanIsTotalOverExamples() {
    Loss loss = lossOf(Tensor.zeros(4, 8), 0, 3, 7, 7);
    assertEquals(4, loss.examples());
    assertEquals(StrictMath.log(8), loss.mean(), 1e-15); // p = 1/8 is exact
    assertEquals(4 * StrictMath.log(8), loss.total(), 1e-14);
    assertEquals(1, loss.correct());
  }

  /** Each element of a block's gradient is (p - t) over the batch's size: one division, as in the whole. */
  @Test
  void theGradientsOfBlocksAreThoseOfTheWholeBatch() {
    Tensor logits = Draws.normal(6, 3, 10, 7);
    int[] labels = Draws.labels(7, 10, 7);
    var function = new SoftmaxCrossEntropy(ENGINE);
    Loss whole = function.of(logits, labels);
    double total = whole.total();
    int correct = whole.correct();
    float[] expected = whole.gradient().data().clone();
    float[] found = new float[expected.length];
    for (int from = 0; from < 10; from += 4) {
      int to = Math.min(10, from + 4);
      float[] block = Arrays.copyOfRange(logits.data(), from * 7, to * 7);
      Loss part =
          function.of(Tensor.wrap(block, to - from, 7), Arrays.copyOfRange(labels, from, to), 10);
      assertEquals(to - from, part.examples());
      assertEquals(part.total() / (to - from), part.mean(), "of the block itself");
      System.arraycopy(part.gradient().data(), 0, found, from * 7, block.length);
      total -= part.total();
      correct -= part.correct();
    }
    assertArrayEquals(expected, found);
    assertEquals(0, correct);
    assertEquals(0, total, 1e-13); // sums of ten doubles in another order
  }

  @Test
  void aBlockIsNoLargerThanItsBatch() {
    assertEquals(
        "softmax cross-entropy: expected a batch of at least 3 examples for a block of 3, found 2",
        assertThrows(
                IllegalArgumentException.class,
                () -> new SoftmaxCrossEntropy(ENGINE).of(Tensor.zeros(3, 5), new int[3], 2))
            .getMessage());
  }

  @Test
  void oneClassCostsNothing() {
    Loss loss = lossOf(rows(1, 7, -3), 0, 0);
    assertEquals(0, loss.total());
    assertArrayEquals(new float[2], loss.gradient().data());
  }

  @Test
  void aNetworkThatDivergedHasALossThatIsNotFinite() {
    float inf = Float.POSITIVE_INFINITY;
    assertEquals(Double.NaN, lossOf(rows(2, Float.NaN, 0), 1).mean());
    assertEquals(Double.NaN, lossOf(rows(2, 0, Float.NaN), 0).mean());
    assertEquals(Double.NaN, lossOf(rows(2, inf, 0), 0).mean());
    assertEquals(Double.NaN, lossOf(rows(2, -inf, -inf), 0).mean());
    assertEquals(Double.POSITIVE_INFINITY, lossOf(rows(2, -inf, 0), 0).mean());
    assertEquals(0, lossOf(rows(2, -inf, 0), 1).mean());
    var withOffset = SoftmaxCrossEntropy.withOffset(ENGINE, 1e-6);
    assertEquals(Double.NaN, withOffset.of(rows(2, Float.NaN, 0), new int[] {1}).mean());
    assertEquals(Double.NaN, withOffset.of(rows(2, 0, inf), new int[] {1}).mean());
  }

  @Test
  void eachBatchSizeKeepsItsGradientBuffer() {
    var function = new SoftmaxCrossEntropy(ENGINE);
    Tensor ofFour = function.of(Tensor.zeros(4, 3), new int[4]).gradient();
    Tensor ofOne = function.of(Tensor.zeros(1, 3), new int[1]).gradient();
    assertTrue(ofFour == function.of(Tensor.zeros(4, 3), new int[4]).gradient());
    assertTrue(ofOne == function.of(Tensor.zeros(1, 3), new int[1]).gradient());
  }

  private static Loss lossOf(Tensor logits, int... labels) {
    return new SoftmaxCrossEntropy(ENGINE).of(logits, labels);
  }

  private static Tensor rows(int classes, float... logits) {
    return Tensor.wrap(logits, logits.length / classes, classes);
  }
}
