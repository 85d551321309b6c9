// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.nn.Layer;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.Parameter;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceNetworkTest {
  @Test
  void aSmallNetworkGivesTheValuesOfPaperAndPencil() {
    try (Engine engine = Engine.withThreads(1)) {
      Network network =
          Network.build(
              engine,
              Shape.of(2),
              Randoms.seeded(1),
              Layers.linear(2),
              Layers.relu(),
              Layers.linear(1));
      set(network, 0, 1, 2, 3, 4); // y = (x0 + 3 x1 - 1, 2 x0 + 4 x1 - 30)
      set(network, 1, -1, -30);
      set(network, 2, 5, 7);
      set(network, 3, 0.5f);
      ReferenceNetwork twin = ReferenceNetwork.of(network);
      // (2, 1): (4, -22), relu (4, 0), 20.5; (0, 10): (29, 10), relu the same, 215.5
      assertArrayEquals(new double[] {20.5, 215.5}, twin.forward(new double[] {2, 1, 0, 10}, 2));
      double[] dx = twin.backward(new double[] {1, 10});
      assertArrayEquals(new double[] {5, 15, 190, 430}, dx);
      assertArrayEquals(new double[] {10, 0, 505, 700}, twin.parameter("0.weight").gradient());
      assertArrayEquals(new double[] {55, 70}, twin.parameter("0.bias").gradient());
      assertArrayEquals(new double[] {294, 100}, twin.parameter("2.weight").gradient());
      assertArrayEquals(new double[] {11}, twin.parameter("2.bias").gradient());
    }
  }

  /**
   * An image of 3 x 3 under a kernel of 2 x 2 with padding "same", which is below and to the right:
   *
   * <pre>
   *  1 2 3        1 2
   *  4 5 6   *    3 4   + 10
   *  7 8 9
   * </pre>
   */
  @Test
  void aConvolutionGivesTheValuesOfPaperAndPencil() {
    try (Engine engine = Engine.withThreads(1)) {
      Network network =
          Network.build(engine, Shape.of(3, 3, 1), Randoms.seeded(1), Layers.conv(1, 2).same());
      set(network, 0, 1, 2, 3, 4);
      set(network, 1, 10);
      double[] x = {1, 2, 3, 4, 5, 6, 7, 8, 9};
      ReferenceNetwork twin = ReferenceNetwork.of(network);
      double[] expected = {47, 57, 31, 77, 87, 43, 33, 36, 19};
      assertArrayEquals(expected, twin.forward(x, 1));
      assertArrayEquals(expected, Doubles.of(network.forward(image(x))));
      // Only the window in the middle, of 5 6 8 9, has a gradient, and that in the corner, of 9.
      double[] dx = twin.backward(new double[] {0, 0, 0, 0, 1, 0, 0, 0, 2});
      assertArrayEquals(new double[] {0, 0, 0, 0, 1, 2, 0, 3, 4 + 2}, dx);
      assertArrayEquals(new double[] {5 + 18, 6, 8, 9}, twin.parameter("0.weight").gradient());
      assertArrayEquals(new double[] {3}, twin.parameter("0.bias").gradient());
    }
  }

  /** Overlapping windows of 2 x 2: of two equal values the first takes the gradient, and NaN is the largest. */
  @Test
  void maxPoolingGivesTheValuesOfPaperAndPencil() {
    try (Engine engine = Engine.withThreads(1)) {
      Network network =
          Network.build(engine, Shape.of(3, 3, 1), Randoms.seeded(1), Layers.maxPool(2, 1));
      double[] x = {8, 8, 0, 0, 7, 0, 0, 0, 9};
      double[] dy = {1, 10, 100, 1000};
      ReferenceNetwork twin = ReferenceNetwork.of(network);
      assertArrayEquals(new double[] {8, 8, 7, 9}, twin.forward(x, 1));
      assertArrayEquals(new double[] {1, 10, 0, 0, 100, 0, 0, 0, 1000}, twin.backward(dy));
      x[3] = Double.NaN;
      assertArrayEquals(new double[] {Double.NaN, 8, Double.NaN, 9}, twin.forward(x, 1));
      assertArrayEquals(new double[] {0, 10, 0, 101, 0, 0, 0, 0, 1000}, twin.backward(dy));
    }
  }

  private static Tensor image(double[] x) {
    Tensor image = Tensor.zeros(1, 3, 3, 1);
    for (int i = 0; i < x.length; i++) {
      image.data()[i] = (float) x[i];
    }
    return image;
  }

  @Test
  void softmaxCrossEntropyOfEqualLogitsIsTheLogarithmOfTheClasses() {
    var loss = new ReferenceSoftmaxCrossEntropy();
    assertEquals(StrictMath.log(4), loss.of(new double[] {7, 7, 7, 7}, new int[] {2}), 1e-15);
    assertArrayEquals(
        new double[] {0.25, 0.25, -0.75, 0.25},
        loss.gradient(new double[] {7, 7, 7, 7}, new int[] {2}));
    assertEquals(2000, loss.of(new double[] {1000, -1000}, new int[] {1}));
    // e^-50 is far below the last digit of 1, yet it is the loss.
    assertEquals(StrictMath.exp(-50), loss.of(new double[] {50, 0}, new int[] {0}), 1e-36);
  }

  @Test
  void squaredErrorIsTheMeanOverExamplesOfTheSumOverClasses() {
    var loss = new ReferenceSquaredError();
    double[] y = {0.5, 0, 0, 2, -2, 1.5};
    assertEquals((1.25 + 15.25) / 2, loss.of(y, new int[] {1, 1}));
    assertArrayEquals(new double[] {0.5, -1, 0, 2, -3, 1.5}, loss.gradient(y, new int[] {1, 1}));
    assertEquals(0.5, y[0], "the outputs stay");
  }

  @Test
  void weightsAreCopies() {
    try (Engine engine = Engine.withThreads(1)) {
      Network network = Network.build(engine, Shape.of(1), Randoms.seeded(1), Layers.linear(1));
      set(network, 0, 2);
      ReferenceNetwork twin = ReferenceNetwork.of(network);
      set(network, 0, 9);
      assertArrayEquals(new double[] {6}, twin.forward(new double[] {3}, 1));
      twin.parameter("0.weight").value()[0] = 5;
      assertArrayEquals(new double[] {15}, twin.forward(new double[] {3}, 1));
      assertEquals(9, network.parameters().get(0).value().data()[0]);
    }
  }

  @Test
  void backwardNeedsAForward() {
    assertEquals(
        "backward before forward",
        assertThrows(
                IllegalStateException.class,
                () -> ReferenceNetwork.of(new ReferenceTanh()).backward(new double[1]))
            .getMessage());
  }

  @Test
  void aLayerWithoutATwinIsNamed() {
    try (Engine engine = Engine.withThreads(1)) {
      Network network =
          Network.build(
              engine, Shape.of(3), Randoms.seeded(1), (name, input, randoms) -> new Dropout(input));
      assertEquals(
          "reference: dropout(0.5) has no double-precision twin (expected linear, tanh, relu,"
              + " sigmoid, flatten, conv or maxpool)",
          assertThrows(IllegalArgumentException.class, () -> ReferenceNetwork.of(network))
              .getMessage());
    }
  }

  private static void set(Network network, int parameter, float... values) {
    float[] data = network.parameters().get(parameter).value().data();
    assertEquals(data.length, values.length);
    System.arraycopy(values, 0, data, 0, values.length);
  }

  private record Dropout(Shape outputShape) implements Layer {
    @Override
    public String describe() {
      return "dropout(0.5)";
    }

    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public void forward(Engine engine, Tensor x, Tensor y) {}

    @Override
    public void inputGradient(Engine engine, Tensor x, Tensor y, Tensor dy, Tensor dx) {}

    @Override
    public void parameterGradients(Engine engine, Tensor x, Tensor dy, Into into) {}
  }
}
