// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cifarengine.compute.Engine;
import io.cifarengine.data.Batches;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Loss;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.SoftmaxCrossEntropy;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  /** Losses add up in double, batch by batch: another grouping moves a mean of 3 by some 1e-13. */
  @Test
  void itIsTheMeanOverEveryExampleWhateverTheBatches() {
    FloatExamples set = FloatExamples.noise(1, 1030, Shape.of(6), 4);
    try (Engine engine = Engine.withThreads(2)) {
      Network network = Network.build(engine, Shape.of(6), Randoms.seeded(1), Layers.linear(4));
      var function = new SoftmaxCrossEntropy(engine);
      Loss whole = function.of(network.forward(set.examples()), set.labels());
      double loss = whole.mean();
      double accuracy = whole.correct() / 1030.0;
      for (Evaluation found :
          new Evaluation[] {
            Evaluation.of(network, set),
            Evaluation.of(network, function, Batches.of(engine, set, 7)),
            Evaluation.of(network, function, Batches.of(engine, set, 5000))
          }) {
        assertEquals(loss, found.loss(), 1e-12);
        assertEquals(accuracy, found.accuracy());
        assertEquals(1030, found.examples());
      }
    }
  }

  @Test
  void itPrintsTheSameInEveryLanguage() {
    assertEquals(
        "loss 1.2346, accuracy 12.50 % of 8", new Evaluation(1.23456, 0.125, 8).toString());
  }
}
