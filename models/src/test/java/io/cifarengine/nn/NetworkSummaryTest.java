// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.nn.NetworkSummary.Row;
import io.cifarengine.nn.NetworkSummary.TrainingBytes;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import io.cifarengine.zoo.Models;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class NetworkSummaryTest {
  private static final Shape CIFAR = Shape.of(3, 32, 32);
  private static final Engine ENGINE = Engine.withThreads(1);

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  @Test
  void thePerceptronOfTheCifar100StudyRowByRow() {
    NetworkSummary summary =
        summary(CIFAR, Layers.flatten(), Layers.linear(128), Layers.tanh(), Layers.linear(20));
    assertEquals(
        List.of(
            new Row(0, "flatten()", Shape.of(3072), 0, 0, 0, 0),
            new Row(1, "linear(128)", Shape.of(128), 3073 * 128, 3072 * 128, 128, 0),
            new Row(2, "tanh()", Shape.of(128), 0, 0, 128, 128),
            new Row(3, "linear(20)", Shape.of(20), 129 * 20, 128 * 20, 20, 128)),
        summary.rows());
    assertEquals(CIFAR, summary.input());
    assertEquals(395_924, summary.parameters());
    assertEquals(395_776, summary.multiplyAdds());
    assertEquals(1_583_696, summary.parameterBytes());
  }

  @Test
  void twoHiddenLayers() {
    NetworkSummary summary =
        summary(
            CIFAR,
            Layers.flatten(),
            Layers.linear(120),
            Layers.relu(),
            Layers.linear(120),
            Layers.relu(),
            Layers.linear(20));
    assertEquals(385_700, summary.parameters());
    assertEquals(3072 * 120 + 120 * 120 + 120 * 20, summary.multiplyAdds());
  }

  /** The CIFAR-10 study, Table 1: 896, 18,496, 36,928, 65,600 and 650 parameters. */
  @Test
  void theConvolutionalNetworkOfTheCifar10StudyRowByRow() {
    NetworkSummary summary =
        summary(
            Shape.of(32, 32, 3),
            Models.convolutionalNetwork(
                    List.of(32, 64, 64),
                    List.of(64),
                    Layers::sigmoid,
                    10,
                    Initializer.glorotUniform())
                .toArray(LayerFactory[]::new));
    int first = 32 * 32 * 27 * 32; // places, patch, filters
    int second = 16 * 16 * 288 * 64;
    int third = 8 * 8 * 576 * 64;
    String conv64 = "conv(64, 3x3, same)";
    String pool = "maxpool(2x2)";
    assertEquals(
        List.of(
            new Row(0, "conv(32, 3x3, same)", Shape.of(32, 32, 32), 896, first, 8_192, 0),
            new Row(1, pool, Shape.of(16, 16, 32), 0, 0, 8_192, 0),
            new Row(2, conv64, Shape.of(16, 16, 64), 18_496, second, 4_096, 8_192),
            new Row(3, pool, Shape.of(8, 8, 64), 0, 0, 4_096, 0),
            new Row(4, conv64, Shape.of(8, 8, 64), 36_928, third, 1_024, 4_096),
            new Row(5, pool, Shape.of(4, 4, 64), 0, 0, 1_024, 0),
            new Row(6, "flatten()", Shape.of(1024), 0, 0, 0, 0),
            new Row(7, "linear(64)", Shape.of(64), 65_600, 65_536, 64, 1_024),
            new Row(8, "sigmoid()", Shape.of(64), 0, 0, 64, 64),
            new Row(9, "linear(10)", Shape.of(10), 650, 640, 10, 64)),
        summary.rows());
    assertEquals(122_570, summary.parameters());
    assertEquals(8_028_800, summary.multiplyAdds());
  }

  @Test
  void trainingBytesAreFourForEachNumberThatIsKept() {
    NetworkSummary summary =
        summary(CIFAR, Layers.flatten(), Layers.linear(128), Layers.tanh(), Layers.linear(20));
    TrainingBytes bytes = summary.training(128);
    assertEquals(
        new TrainingBytes(
            4 * 395_924,
            4 * 395_924,
            4 * 395_924,
            4 * 128 * 3072,
            4 * 128 * (128 + 128 + 20),
            4 * 128 * (128 + 128),
            4 * 128 * 20),
        bytes);
    assertEquals(4 * (3 * 395_924 + 128 * (3072 + 276 + 256 + 20)), bytes.total());
    // No int holds the bytes of a full batch.
    assertEquals(4L * 3072 * 200_000, summary.training(200_000).batch());
  }

  /** The arrays that layers are really given, counted once each however many tensors share one. */
  @Test
  void outputsAndInputGradientsAreTheArraysThatANetworkAllocates() {
    Shape input = Shape.of(2, 3, 4);
    LayerFactory[][] networks = {
      {Layers.flatten(), Layers.linear(7), Layers.tanh(), Layers.linear(5)},
      // What learns nothing stands below, between and above; the flatten above shares.
      {Layers.relu(), Layers.flatten(), Layers.linear(6), Layers.flatten(), Layers.linear(5)},
      {Layers.flatten(), Layers.sigmoid(), Layers.linear(5), Layers.tanh(), Layers.flatten()},
      {Layers.flatten(), Layers.tanh()},
      {Layers.maxPool(1), Layers.conv(3, 2).same(), Layers.maxPool(2), Layers.conv(2, 1)},
    };
    int n = 11;
    for (LayerFactory[] factories : networks) {
      Set<float[]> outputs = Collections.newSetFromMap(new IdentityHashMap<>());
      Set<float[]> gradients = Collections.newSetFromMap(new IdentityHashMap<>());
      LayerFactory[] watched =
          Arrays.stream(factories)
              .map(factory -> watched(factory, outputs, gradients))
              .toArray(LayerFactory[]::new);
      Network network = Network.build(ENGINE, input, Randoms.seeded(1), watched);
      Tensor y = network.forward(Tensor.zeros(n, 2, 3, 4));
      network.backward(Tensor.zeros(y.shape()));
      TrainingBytes bytes = NetworkSummary.of(network).training(n);
      assertEquals(bytes(outputs), bytes.outputs(), network.toString());
      assertEquals(bytes(gradients), bytes.inputGradients(), network.toString());
      assertEquals(4L * y.size(), bytes.lossGradient());
    }
  }

  /** A convolution and the pooling that goes with it are one layer there, which keeps its winners besides. */
  @Test
  void thoseOfPooledConvolutionsAreTheArraysToo() {
    Network network =
        Network.build(
            ENGINE,
            Shape.of(12, 12, 3),
            Randoms.seeded(1),
            Layers.conv(8, 3).same(),
            Layers.maxPool(2),
            Layers.conv(5, 3).same(),
            Layers.maxPool(2),
            Layers.conv(4, 1),
            Layers.maxPool(2), // leaves pixels out, so it stays apart
            Layers.flatten(),
            Layers.linear(3));
    int n = 11;
    Set<float[]> outputs = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<float[]> gradients = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Layer> joined = PooledConv.join(network.layers(), n);
    List<Layer> watched =
        joined.stream().<Layer>map(layer -> new Watched(layer, outputs, gradients)).toList();
    Activations activations = new Activations(watched, n);
    Tensor y = activations.forward(ENGINE, Tensor.zeros(n, 12, 12, 3));
    activations.backward(ENGINE, Tensor.zeros(y.shape()), Into.OVERWRITE);
    long winners =
        joined.stream()
            .filter(PooledConv.class::isInstance)
            .mapToLong(layer -> 4L * n * layer.outputShape().size())
            .sum();
    TrainingBytes bytes = NetworkSummary.of(network).training(n);
    assertEquals(bytes(outputs) + winners, bytes.outputs());
    assertEquals(bytes(gradients), bytes.inputGradients());
  }

  @Test
  void aBatchHasAtLeastOneExample() {
    NetworkSummary summary = summary(Shape.of(3), Layers.linear(2));
    assertEquals(
        "batch size: expected at least 1, found 0",
        assertThrows(IllegalArgumentException.class, () -> summary.training(0)).getMessage());
  }

  private static NetworkSummary summary(Shape input, LayerFactory... layers) {
    return NetworkSummary.of(Network.build(ENGINE, input, Randoms.seeded(1), layers));
  }

  private static long bytes(Set<float[]> arrays) {
    return arrays.stream().mapToLong(array -> 4L * array.length).sum();
  }

  private static LayerFactory watched(
      LayerFactory factory, Set<float[]> outputs, Set<float[]> gradients) {
    return (name, input, randoms) ->
        new Watched(factory.create(name, input, randoms), outputs, gradients);
  }

  /** A layer that notes the arrays that it writes outputs and input gradients to. */
  private record Watched(Layer layer, Set<float[]> outputs, Set<float[]> gradients)
      implements Layer {
    @Override
    public String describe() {
      return layer.describe();
    }

    @Override
    public Shape outputShape() {
      return layer.outputShape();
    }

    @Override
    public List<Parameter> parameters() {
      return layer.parameters();
    }

    @Override
    public boolean reshapes() {
      return layer.reshapes();
    }

    @Override
    public long multiplyAdds() {
      return layer.multiplyAdds();
    }

    @Override
    public void forward(Engine engine, Tensor x, Tensor y) {
      outputs.add(y.data());
      layer.forward(engine, x, y);
    }

    @Override
    public void inputGradient(Engine engine, Tensor x, Tensor y, Tensor dy, Tensor dx) {
      gradients.add(dx.data());
      layer.inputGradient(engine, x, y, dy, dx);
    }

    @Override
    public void parameterGradients(Engine engine, Tensor x, Tensor dy, Into into) {
      layer.parameterGradients(engine, x, dy, into);
    }
  }
}
