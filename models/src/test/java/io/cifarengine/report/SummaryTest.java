// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cifarengine.compute.Engine;
import io.cifarengine.files.Json;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.NetworkSummary;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import org.junit.jupiter.api.Test;

class SummaryTest {
  @Test
  void theTextIsAnAlignedTableOfLayersAndOneOfMemory() {
    assertEquals(
        """
                 layer       output  parameters  multiply-adds
                 input  [3, 32, 32]                          \s
        0    flatten()       [3072]           0              0
        1  linear(128)        [128]     393,344        393,216
        2       tanh()        [128]           0              0
        3   linear(20)         [20]       2,580          2,560
                 total                  395,924        395,776

        training in batches of 128      bytes
                        parameters  1,583,696
                         gradients  1,583,696
                          velocity  1,583,696
                             batch  1,572,864
                           outputs    141,312
                   input gradients    131,072
                     loss gradient     10,240
                             total  6,606,576
        """,
        SummaryText.of(summary(), 128));
  }

  @Test
  void theJsonHasTheSameNumbers() {
    try (Engine engine = Engine.withThreads(1)) {
      Network network =
          Network.build(engine, Shape.of(4), Randoms.seeded(1), Layers.linear(2), Layers.relu());
      assertEquals(
          """
          {
            "input": "[4]",
            "layers": [
              {
                "index": 0,
                "layer": "linear(2)",
                "output": "[2]",
                "parameters": 10,
                "multiply_adds": 8
              },
              {
                "index": 1,
                "layer": "relu()",
                "output": "[2]",
                "parameters": 0,
                "multiply_adds": 0
              }
            ],
            "parameters": 10,
            "multiply_adds": 8,
            "batch_size": 3,
            "training_bytes": {
              "parameters": 40,
              "gradients": 40,
              "velocity": 40,
              "batch": 48,
              "outputs": 48,
              "input_gradients": 24,
              "loss_gradient": 24,
              "total": 264
            }
          }
          """,
          Json.document(SummaryJson.of(NetworkSummary.of(network), 3)));
    }
  }

  private static NetworkSummary summary() {
    try (Engine engine = Engine.withThreads(1)) {
      return NetworkSummary.of(
          Network.build(
              engine,
              Shape.of(3, 32, 32),
              Randoms.seeded(1),
              Layers.flatten(),
              Layers.linear(128),
              Layers.tanh(),
              Layers.linear(20)));
    }
  }
}
