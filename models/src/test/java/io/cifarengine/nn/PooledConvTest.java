// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.random.Randoms;
import io.cifarengine.reference.Draws;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A convolution and the pooling behind it, computed as one. */
class PooledConvTest {
  private static final int N = 7;
  private static final Engine ENGINE = Engine.withThreads(2);

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  /** The first pair needs no gradient of its input, the second does, and the last pooling leaves pixels out. */
  private static Network network() {
    return Network.build(
        ENGINE,
        Shape.of(12, 12, 3),
        Randoms.seeded(5),
        Layers.conv(8, 3).same(),
        Layers.maxPool(2),
        Layers.conv(5, 3).same(),
        Layers.maxPool(2),
        Layers.conv(4, 1),
        Layers.maxPool(2),
        Layers.flatten(),
        Layers.linear(3));
  }

  @Test
  void onlyPoolingsThatCoverTheOutputJoin() {
    List<Layer> layers = network().layers();
    assertTrue(PooledConv.joins(layers, 0));
    assertFalse(PooledConv.joins(layers, 1));
    assertTrue(PooledConv.joins(layers, 2));
    assertFalse(PooledConv.joins(layers, 4));
    assertFalse(PooledConv.joins(layers, layers.size() - 1));
    List<Layer> joined = PooledConv.join(layers, N);
    assertEquals(layers.size() - 2, joined.size());
    assertEquals("conv(8, 3x3, same), maxpool(2x2)", joined.get(0).describe());
    assertEquals(Shape.of(6, 6, 8), joined.get(0).outputShape());
    assertEquals(layers.get(0).multiplyAdds(), joined.get(0).multiplyAdds());
  }

  @Test
  void aNetworkGivesTheBitsOfItsLayersOneByOne() {
    Network network = network();
    List<Layer> layers = network.layers();
    Tensor x = Draws.normal(1, 1, N, 12, 12, 3);
    Tensor[] outputs = new Tensor[layers.size() + 1];
    outputs[0] = x;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer.reshapes()) {
        outputs[i + 1] = outputs[i].reshape(layer.outputShape().withBatch(N));
      } else {
        outputs[i + 1] = Tensor.zeros(layer.outputShape().withBatch(N));
        layer.forward(ENGINE, outputs[i], outputs[i + 1]);
      }
    }
    Tensor y = network.forward(x);
    assertArrayEquals(outputs[layers.size()].data(), y.data());
    assertArrayEquals(y.data(), network.predict(x).data());

    Tensor dy = Draws.normal(2, 1, N, 3);
    network.backward(dy);
    float[][] gradients =
        network.parameters().stream().map(p -> p.gradient().data().clone()).toArray(float[][]::new);
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      layer.parameterGradients(ENGINE, outputs[i], dy, Into.OVERWRITE);
      if (layer.reshapes()) {
        dy = dy.reshape(outputs[i].shape());
      } else {
        Tensor dx = Tensor.zeros(outputs[i].shape());
        layer.inputGradient(ENGINE, outputs[i], outputs[i + 1], dy, dx);
        dy = dx;
      }
    }
    for (int i = 0; i < gradients.length; i++) {
      Parameter parameter = network.parameters().get(i);
      assertArrayEquals(parameter.gradient().data(), gradients[i], parameter.name());
    }
  }
}
