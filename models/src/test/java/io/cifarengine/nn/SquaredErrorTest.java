// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.random.Randoms;
import io.cifarengine.reference.Draws;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;
import io.cifarengine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SquaredErrorTest {
  @Test
  void lossAndGradientAreThoseOfPaperAndPencil() {
    // y - t: (0.5, -1, 0), (2, -3, 1.5), label 1 in both rows
    Loss loss = lossOf(rows(3, 0.5f, 0, 0, 2, -2, 1.5f), 1, 1);
    assertEquals(1.25 + 15.25, loss.total());
    assertEquals(8.25, loss.mean());
    assertEquals(2, loss.examples());
    assertArrayEquals(new float[] {0.5f, -1, 0, 2, -3, 1.5f}, loss.gradient().data()); // 2 / n = 1
  }

  @Test
  void outputsAtTheirTargetsCostNothing() {
    Loss loss = lossOf(rows(2, 1, 0, 0, 1), 0, 1);
    assertEquals(0, loss.total());
    assertArrayEquals(new float[4], loss.gradient().data());
    assertEquals(2, loss.correct());
  }

  @Test
  void amongEqualOutputsTheFirstIsThePrediction() {
    assertEquals(0, lossOf(rows(3, 1, 3, 3), 2).correct());
    assertEquals(1, lossOf(rows(3, 1, 3, 3), 1).correct());
    assertEquals(1, lossOf(rows(2, -0f, 0f), 0).correct(), "-0 and 0 are equal");
    assertEquals(1, lossOf(rows(2, 0, 5, 5, 0), 0, 0).correct());
  }

  /** The squares of floats are exact in double, and so is the largest of them. */
  @Test
  void theLargestFloatsHaveALossToo() {
    double most = Float.MAX_VALUE;
    assertEquals(2 * (most * most), lossOf(rows(2, Float.MAX_VALUE, -Float.MAX_VALUE), 1).mean());
  }

  @Test
  void aNetworkThatDivergedHasALossThatIsNotFinite() {
    float inf = Float.POSITIVE_INFINITY;
    assertEquals(Double.NaN, lossOf(rows(2, Float.NaN, 0), 1).mean());
    assertEquals(inf, lossOf(rows(2, 0, -inf), 0).mean());
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertEquals(
        "squared error: label of example 2 out of range (expected 0 to 19, found 20)",
        assertThrows(IllegalArgumentException.class, () -> lossOf(Tensor.zeros(3, 20), 0, 19, 20))
            .getMessage());
    assertEquals(
        "squared error: expected outputs (2, classes) for 2 labels, found [3, 20]",
        assertThrows(ShapeException.class, () -> lossOf(Tensor.zeros(3, 20), 0, 1)).getMessage());
    assertEquals(
        "squared error: expected a batch of at least 2 examples for a block of 2, found 1",
        assertThrows(
                IllegalArgumentException.class,
                () -> new SquaredError().of(Tensor.zeros(2, 5), new int[2], 1))
            .getMessage());
  }

  @Test
  void eachBatchSizeKeepsItsGradientBuffer() {
    var function = new SquaredError();
    Tensor ofFour = function.of(Tensor.zeros(4, 3), new int[4]).gradient();
    Tensor ofOne = function.of(Tensor.zeros(1, 3), new int[1]).gradient();
    assertSame(ofFour, function.of(Tensor.zeros(4, 3), new int[4]).gradient());
    assertSame(ofOne, function.of(Tensor.zeros(1, 3), new int[1]).gradient());
  }

  /**
   * A weight's gradient is one chain over the examples, whole or in blocks, so its bits are the same; a
   * bias's is a sum in lanes of each block, which is rounded once more for each.
   */
  @Test
  void blocksThatAccumulateGiveTheGradientOfTheWholeBatch() {
    try (Engine engine = Engine.withThreads(2)) {
      Network network = Network.build(engine, Shape.of(6), Randoms.seeded(1), Layers.linear(5));
      Tensor x = Draws.normal(2, 1, 23, 6);
      int[] labels = Draws.labels(3, 23, 5);
      var function = new SquaredError();
      network.backward(function.of(network.forward(x), labels).gradient());
      List<float[]> expected = new ArrayList<>();
      network.parameters().forEach(p -> expected.add(p.gradient().data().clone()));
      for (int from = 0; from < 23; from += 8) {
        int to = Math.min(23, from + 8);
        Tensor block = Tensor.wrap(Arrays.copyOfRange(x.data(), from * 6, to * 6), to - from, 6);
        int[] own = Arrays.copyOfRange(labels, from, to);
        Loss loss = function.of(network.forward(block), own, 23);
        network.backward(loss.gradient(), from == 0 ? Into.OVERWRITE : Into.ACCUMULATE);
      }
      Parameter weight = network.parameters().get(0);
      Parameter bias = network.parameters().get(1);
      assertArrayEquals(expected.get(0), weight.gradient().data());
      // |d| < 1 each: 23 terms of at most 2 |d| / 23, and 9 roundings on either way.
      assertArrayEquals(expected.get(1), bias.gradient().data(), 2 * 9 * 10 * 0x1p-24f);
    }
  }

  private static Loss lossOf(Tensor outputs, int... labels) {
    return new SquaredError().of(outputs, labels);
  }

  private static Tensor rows(int classes, float... outputs) {
    return Tensor.wrap(outputs, outputs.length / classes, classes);
  }
}
