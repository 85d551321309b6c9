// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.optim.Sgd;
import io.cifarengine.random.Randoms;
import io.cifarengine.reference.Draws;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;
import io.cifarengine.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Convolutions and poolings of any size, in networks that are written by hand. */
class ConvolutionalNetworkTest {
  private static final Shape DIGIT = Shape.of(28, 28, 1);
  private static final Engine ENGINE = Engine.withThreads(2);

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  @Test
  void largeKernelsWithAStrideLearnImagesByHeart() {
    Network network =
        build(
            DIGIT, Layers.conv(8, 5).stride(2), Layers.relu(), Layers.flatten(), Layers.linear(10));
    assertShapes(network, Shape.of(12, 12, 8), Shape.of(12, 12, 8), Shape.of(1152));
    assertLearns(network);
  }

  @Test
  void smallKernelsWithPoolingsLearnImagesByHeart() {
    Network network =
        build(
            DIGIT,
            Layers.conv(6, 3).same(),
            Layers.relu(),
            Layers.maxPool(2),
            Layers.conv(12, 3).same(),
            Layers.maxPool(2),
            Layers.flatten(),
            Layers.linear(10));
    assertShapes(
        network,
        Shape.of(28, 28, 6),
        Shape.of(28, 28, 6),
        Shape.of(14, 14, 6),
        Shape.of(14, 14, 12),
        Shape.of(7, 7, 12),
        Shape.of(588));
    assertLearns(network);
  }

  @Test
  void overlappingPoolingsLearnImagesByHeart() {
    Network network =
        build(
            DIGIT,
            Layers.conv(6, 3, 4).padding(1),
            Layers.maxPool(3, 2),
            Layers.tanh(),
            Layers.conv(8, 3).stride(2).same(),
            Layers.maxPool(2, 3, 1),
            Layers.flatten(),
            Layers.linear(10));
    assertShapes(
        network,
        Shape.of(28, 27, 6),
        Shape.of(13, 13, 6),
        Shape.of(13, 13, 6),
        Shape.of(7, 7, 8),
        Shape.of(6, 5, 8),
        Shape.of(240));
    assertLearns(network);
  }

  private static void assertShapes(Network network, Shape... expected) {
    List<Shape> found = network.layers().stream().map(Layer::outputShape).toList();
    assertEquals(List.of(expected), found.subList(0, expected.length));
  }

  /** Noise with labels of noise: 40 steps on 20 images, which any of these networks can tell apart. */
  private static void assertLearns(Network network) {
    Tensor x = Draws.normal(1, 1, 20, 28, 28, 1);
    int[] labels = Draws.labels(2, 20, 10);
    var loss = new SoftmaxCrossEntropy(ENGINE);
    Sgd sgd = Sgd.over(network).learningRate(0.02f).momentum(0.9f);
    double first = loss.of(network.forward(x), labels).mean();
    for (int step = 1; step <= 40; step++) {
      network.backward(loss.of(network.forward(x), labels).gradient());
      sgd.step();
    }
    Loss last = loss.of(network.forward(x), labels);
    assertTrue(last.mean() < first / 4, network + ": " + first + " to " + last.mean());
    assertTrue(last.correct() >= 15, network + ": " + last.correct() + " of 20 right");
  }

  /** A pixel of 1 in the middle, so that the output is the kernel turned round. */
  @Test
  void theOutputOfAPixelIsTheKernel() {
    Network network = build(Shape.of(5, 5, 1), Layers.conv(1, 3).same());
    float[] w = network.parameters().get(0).value().data();
    float[] b = network.parameters().get(1).value().data();
    for (int i = 0; i < w.length; i++) {
      w[i] = i + 1;
    }
    b[0] = 100;
    Tensor x = Tensor.zeros(1, 5, 5, 1);
    x.data()[12] = 1;
    float[] expected = new float[25];
    for (int i = 0; i < 25; i++) {
      int row = i / 5 - 1;
      int column = i % 5 - 1;
      boolean inside = row >= 0 && row < 3 && column >= 0 && column < 3;
      expected[i] = 100 + (inside ? 9 - (row * 3 + column) : 0);
    }
    assertArrayEquals(expected, network.forward(x).data());
  }

  @Test
  void layersSayWhatTheyAreInTheWordsThatMakeThem() {
    Network network =
        build(
            Shape.of(40, 40, 3),
            Layers.conv(4, 3),
            Layers.conv(4, 3, 5).stride(2).padding(1),
            Layers.conv(4, 2).same(),
            Layers.conv(4, 3).padding(2).same().padding(0),
            Layers.maxPool(2),
            Layers.maxPool(2, 1),
            Layers.maxPool(1, 2, 1),
            Layers.maxPool(1, 2, 2));
    assertEquals(
        "conv(4, 3x3), conv(4, 3x5, stride 2, padding 1), conv(4, 2x2, same), conv(4, 3x3),"
            + " maxpool(2x2), maxpool(2x2, stride 1), maxpool(1x2, stride 1),"
            + " maxpool(1x2, stride 2)",
        network.toString());
    assertEquals(
        List.of(
            "0.weight", "0.bias", "1.weight", "1.bias", "2.weight", "2.bias", "3.weight", "3.bias"),
        network.parameters().stream().map(Parameter::name).toList());
    assertEquals(Shape.of(3, 5, 4, 4), network.parameters().get(2).value().shape());
  }

  @Test
  void inputsThatAreNoImagesAreRefusedByName() {
    String expected = ": expected images (height, width, channels), got examples of shape ";
    assertRefused(
        "conv(32, 3x3, same)" + expected + "[3072]; put it before flatten()",
        Shape.of(32, 32, 3),
        Layers.flatten(),
        Layers.conv(32, 3).same());
    assertRefused(
        "maxpool(2x2)" + expected + "[7]; put it before flatten()", Shape.of(7), Layers.maxPool(2));
    assertRefused("conv(1, 1x1)" + expected + "[4, 4]", Shape.of(4, 4), Layers.conv(1, 1));
    assertRefused(
        "maxpool(1x1)" + expected + "[2, 4, 4, 1]", Shape.of(2, 4, 4, 1), Layers.maxPool(1));
  }

  @Test
  void imagesThatAreTooSmallAreRefusedByName() {
    assertRefused(
        "conv(8, 5x5): expected images of at least 5 x 5, got examples of shape [3, 3, 4]; take a"
            + " smaller kernel, padding or same",
        Shape.of(7, 7, 1),
        Layers.conv(4, 3),
        Layers.maxPool(3, 1),
        Layers.conv(8, 5));
    assertRefused(
        "conv(1, 2x7, padding 2): expected images of at least 1 x 3, got examples of shape [9, 2, 1];"
            + " take a smaller kernel, padding or same",
        Shape.of(9, 2, 1),
        Layers.conv(1, 2, 7).padding(2));
    assertRefused(
        "maxpool(2x2): expected images of at least 2 x 2, got examples of shape [1, 1, 4]; take a"
            + " smaller window or leave it out",
        Shape.of(2, 2, 4),
        Layers.maxPool(2),
        Layers.maxPool(2));
    assertRefused(
        "conv(1, 3x3, same): expected images of at least 1 x 1, got examples of shape [0, 4, 1];"
            + " take a smaller kernel, padding or same",
        Shape.of(0, 4, 1),
        Layers.conv(1, 3).same());
  }

  /** Kernels that just fit, and sizes that no array holds. */
  @Test
  void theLargestKernelIsTheImage() {
    assertEquals(Shape.of(1, 1, 2), build(Shape.of(4, 3, 2), Layers.conv(2, 4, 3)).outputShape());
    assertEquals(
        Shape.of(1, 1, 2), build(Shape.of(4, 3, 2), Layers.conv(2, 6, 5).padding(1)).outputShape());
    assertEquals(
        Shape.of(1, 1, 2), build(Shape.of(4, 3, 2), Layers.maxPool(4, 3, 1)).outputShape());
    for (int huge : new int[] {30_000, Integer.MAX_VALUE}) {
      assertThrows(
          ShapeException.class, () -> build(Shape.of(9, 9, 1), Layers.conv(9, 3).padding(huge)));
      assertThrows(
          ShapeException.class, () -> build(Shape.of(9, 9, 1), Layers.conv(9, huge).same()));
    }
  }

  @Test
  void sizesBelowOneAreRefusedWhereTheyAreWritten() {
    assertEquals("conv: expected filters of at least 1, found 0", message(() -> Layers.conv(0, 3)));
    assertEquals(
        "conv: expected kernel height of at least 1, found 0", message(() -> Layers.conv(1, 0, 3)));
    assertEquals(
        "conv: expected kernel width of at least 1, found -1",
        message(() -> Layers.conv(1, 3, -1)));
    assertEquals(
        "conv: expected stride of at least 1, found 0", message(() -> Layers.conv(1, 3).stride(0)));
    assertEquals(
        "conv: expected padding of at least 0, found -1",
        message(() -> Layers.conv(1, 3).padding(-1)));
    assertEquals(
        "maxpool: expected window height of at least 1, found 0", message(() -> Layers.maxPool(0)));
    assertEquals(
        "maxpool: expected window width of at least 1, found -2",
        message(() -> Layers.maxPool(2, -2, 1)));
    assertEquals(
        "maxpool: expected stride of at least 1, found 0", message(() -> Layers.maxPool(2, 0)));
  }

  private static String message(Executable writing) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, writing).getMessage());
  }

  private static void assertRefused(String message, Shape input, LayerFactory... layers) {
    assertEquals(
        message, assertThrows(ShapeException.class, () -> build(input, layers)).getMessage());
  }

  private static Network build(Shape input, LayerFactory... layers) {
    return Network.build(ENGINE, input, Randoms.seeded(42), layers);
  }
}
