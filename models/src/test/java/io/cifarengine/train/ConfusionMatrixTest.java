// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cifarengine.compute.Engine;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Network;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import io.cifarengine.train.ConfusionMatrix.Confusion;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private static final Engine ENGINE = Engine.withThreads(2);

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  /** Examples (expected, predicted), three classes; the network gives its input back. */
  private static ConfusionMatrix matrix(int[]... pairs) {
    Tensor x = Tensor.zeros(pairs.length, 3);
    int[] labels = new int[pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      labels[i] = pairs[i][0];
      x.data()[i * 3 + pairs[i][1]] = 1;
    }
    Network network = Network.build(ENGINE, Shape.of(3), Randoms.seeded(1), Layers.relu());
    return ConfusionMatrix.of(network, new FloatExamples(x, labels, 3));
  }

  @Test
  void rowsAreTheTrueClassesAndColumnsThePredictedOnes() {
    ConfusionMatrix matrix =
        matrix(new int[][] {{0, 0}, {0, 1}, {1, 1}, {0, 1}, {2, 0}, {1, 1}, {0, 0}, {0, 2}});
    int[][] expected = {{2, 2, 1}, {0, 2, 0}, {1, 0, 0}};
    for (int t = 0; t < 3; t++) {
      for (int p = 0; p < 3; p++) {
        assertEquals(expected[t][p], matrix.count(t, p), t + " taken for " + p);
      }
    }
    assertEquals(3, matrix.classes());
    assertEquals(List.of("0", "1", "2"), matrix.classNames());
    assertEquals(4 / 8.0, matrix.accuracy());
    assertEquals(2 / 5.0, matrix.recall(0));
    assertEquals(1.0, matrix.recall(1));
    assertEquals(0.0, matrix.recall(2));
    assertEquals(2 / 3.0, matrix.precision(0));
    assertEquals(2 / 4.0, matrix.precision(1));
    assertEquals(0.0, matrix.precision(2));
  }

  @Test
  void confusionsComeByCountAndThenByClass() {
    ConfusionMatrix matrix =
        matrix(new int[][] {{2, 1}, {2, 0}, {0, 2}, {1, 2}, {1, 2}, {0, 0}, {0, 0}, {0, 0}});
    List<Confusion> all =
        List.of(
            new Confusion(1, 2, 2),
            new Confusion(0, 2, 1),
            new Confusion(2, 0, 1),
            new Confusion(2, 1, 1));
    assertEquals(all, matrix.mostFrequent(4));
    assertEquals(all, matrix.mostFrequent(99));
    assertEquals(all.subList(0, 2), matrix.mostFrequent(2));
    assertEquals(List.of(), matrix.mostFrequent(0));
    assertEquals(
        "confusions: expected at least 0, found -1",
        assertThrows(IllegalArgumentException.class, () -> matrix.mostFrequent(-1)).getMessage());
  }

  @Test
  void whereThereIsNothingToDivideByItIsNotANumber() {
    ConfusionMatrix matrix = matrix(new int[][] {{0, 1}});
    assertEquals(0.0, matrix.recall(0));
    assertEquals(Double.NaN, matrix.recall(1), "no example of the class");
    assertEquals(Double.NaN, matrix.precision(0), "never named");
    assertEquals(Double.NaN, matrix().accuracy());
    assertEquals(List.of(), matrix().mostFrequent(5));
  }

  /** 1,030 examples make two whole batches of an evaluation and a short one. */
  @Test
  void everyExampleCountsOnceAndTheAccuracyIsThatOfAnEvaluation() {
    FloatExamples set = FloatExamples.noise(1, 2 * Evaluation.BATCH_SIZE + 30, Shape.of(6), 4);
    Network network = Network.build(ENGINE, Shape.of(6), Randoms.seeded(1), Layers.linear(4));
    ConfusionMatrix matrix = ConfusionMatrix.of(network, set);
    for (int t = 0; t < 4; t++) {
      int examples = 0;
      for (int p = 0; p < 4; p++) {
        examples += matrix.count(t, p);
      }
      int own = t;
      assertEquals(Arrays.stream(set.labels()).filter(label -> label == own).count(), examples);
    }
    assertEquals(Evaluation.of(network, set).accuracy(), matrix.accuracy());
  }

  /** Both take the first of equal outputs: here all are 0. */
  @Test
  void equalOutputsCountAsInAnEvaluation() {
    int[] labels = {0, 1, 2, 0};
    FloatExamples set = new FloatExamples(Tensor.zeros(4, 3), labels, 3);
    Network network = Network.build(ENGINE, Shape.of(3), Randoms.seeded(1), Layers.relu());
    ConfusionMatrix matrix = ConfusionMatrix.of(network, set);
    assertEquals(0.5, matrix.accuracy());
    assertEquals(Evaluation.of(network, set).accuracy(), matrix.accuracy());
  }

  @Test
  void aNetworkHasAnOutputForEachClass() {
    FloatExamples set = FloatExamples.noise(1, 5, Shape.of(6), 4);
    Network network = Network.build(ENGINE, Shape.of(6), Randoms.seeded(1), Layers.linear(5));
    assertEquals(
        "confusion matrix: expected a network with 4 outputs, one for each class, found 5",
        assertThrows(IllegalArgumentException.class, () -> ConfusionMatrix.of(network, set))
            .getMessage());
  }
}
