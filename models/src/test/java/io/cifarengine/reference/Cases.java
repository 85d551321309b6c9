// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import io.cifarengine.nn.LayerFactory;
import io.cifarengine.nn.Layers;
import io.cifarengine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What gradients are checked on: sizes 1, odd ones, and ones across the 16 lanes of a vector. */
final class Cases {
  /** Layers alone, or a network with a loss behind it; its weights are to have this deviation. */
  record Case(int n, Shape input, List<LayerFactory> layers, double deviation) {
    Case(int n, Shape input, List<LayerFactory> layers) {
      this(n, input, layers, 0.7);
    }

    @Override
    public String toString() {
      return n + " of " + input + " through " + layers.size() + " layers";
    }
  }

  private Cases() {}

  private static final int[][] SIZES = { // n, in, out
    {1, 1, 1},
    {1, 1, 3},
    {1, 5, 1},
    {3, 1, 1},
    {2, 3, 2},
    {5, 7, 11},
    {4, 33, 3},
    {17, 2, 19},
    {3, 16, 31}
  };

  static Stream<Case> linear() {
    return Arrays.stream(SIZES)
        .map(s -> new Case(s[0], Shape.of(s[1]), List.of(Layers.linear(s[2]))));
  }

  static Stream<Case> tanh() {
    return alone(Layers::tanh);
  }

  static Stream<Case> relu() {
    return alone(Layers::relu);
  }

  static Stream<Case> sigmoid() {
    return alone(Layers::sigmoid);
  }

  private static Stream<Case> alone(Supplier<LayerFactory> layer) {
    return Stream.of(
            Shape.of(1),
            Shape.of(3),
            Shape.of(16),
            Shape.of(17),
            Shape.of(33),
            Shape.of(2, 3),
            Shape.of(1, 1, 1),
            Shape.of(5, 1, 7),
            Shape.of(3, 4, 5))
        .map(shape -> new Case(1 + shape.size() % 4, shape, List.of(layer.get())));
  }

  static Stream<Case> flatten() {
    return Stream.of(
            Shape.of(1),
            Shape.of(7),
            Shape.of(1, 1),
            Shape.of(2, 3),
            Shape.of(1, 1, 1),
            Shape.of(3, 1, 1),
            Shape.of(3, 5, 2),
            Shape.of(1, 9, 1))
        .map(shape -> new Case(1 + shape.size() % 3, shape, List.of(Layers.flatten())));
  }

  /**
   * Convolutions with kernels of one pixel and of the whole image, strides that leave pixels out and that
   * ask for more padding below than above, padding wider than the kernel, and odd numbers of all.
   */
  static Stream<Case> conv() {
    return Stream.of(
        images(1, Shape.of(1, 1, 1), Layers.conv(1, 1)),
        images(3, Shape.of(5, 4, 3), Layers.conv(4, 1)),
        images(2, Shape.of(4, 3, 2), Layers.conv(5, 4, 3)),
        images(2, Shape.of(6, 7, 1), Layers.conv(17, 3)),
        images(1, Shape.of(5, 5, 17), Layers.conv(3, 3).same()),
        images(3, Shape.of(8, 6, 3), Layers.conv(5, 3).stride(2).same()),
        images(2, Shape.of(9, 7, 2), Layers.conv(3, 2, 5).same()),
        images(2, Shape.of(9, 8, 2), Layers.conv(3, 2).stride(3)),
        images(2, Shape.of(4, 5, 2), Layers.conv(3, 3, 2).stride(2).padding(1)),
        images(1, Shape.of(3, 4, 3), Layers.conv(2, 2).padding(3)),
        images(2, Shape.of(2, 2, 1), Layers.conv(33, 5).same()),
        images(13, Shape.of(8, 8, 1), Layers.conv(2, 3).same()));
  }

  /** Windows side by side, apart, overlapping, with pixels behind the last one, and of the whole image. */
  static Stream<Case> maxPool() {
    return Stream.of(
        images(1, Shape.of(1, 1, 1), Layers.maxPool(1)),
        images(3, Shape.of(4, 6, 17), Layers.maxPool(2)),
        images(2, Shape.of(7, 5, 3), Layers.maxPool(2)),
        images(2, Shape.of(9, 7, 2), Layers.maxPool(3, 2)),
        images(1, Shape.of(6, 5, 33), Layers.maxPool(3, 1)),
        images(2, Shape.of(8, 9, 1), Layers.maxPool(2, 3)),
        images(2, Shape.of(5, 6, 4), Layers.maxPool(5, 6, 4)),
        images(3, Shape.of(7, 8, 5), Layers.maxPool(1, 3, 2)));
  }

  private static Case images(int n, Shape image, LayerFactory layer) {
    return new Case(n, image, List.of(layer));
  }

  /**
   * Images of 28 x 28, then small ones, with convolutions and poolings in front of and behind others.
   * Weights are smaller where more of them meet in a sum, so that nothing saturates.
   */
  static Stream<Case> convolutionalNetworks() {
    return Stream.of(
            network(
                2,
                Shape.of(28, 28, 1),
                3,
                Layers.conv(2, 5).stride(2),
                Layers.relu(),
                Layers.maxPool(3),
                Layers.flatten()),
            network(
                1,
                Shape.of(28, 28, 1),
                3,
                Layers.conv(3, 3).same(),
                Layers.maxPool(2),
                Layers.conv(2, 5).stride(2),
                Layers.tanh(),
                Layers.maxPool(3, 2),
                Layers.flatten()),
            network(
                1,
                Shape.of(7, 6, 2),
                4,
                Layers.maxPool(3, 2),
                Layers.conv(5, 2, 1).padding(1),
                Layers.sigmoid(),
                Layers.conv(3, 3).stride(2).same(),
                Layers.flatten(),
                Layers.linear(6),
                Layers.tanh()))
        .map(c -> new Case(c.n, c.input, c.layers, 0.2));
  }

  /** Whole classifiers: each ends in a linear layer of so many classes. */
  static Stream<Case> networks() {
    return Stream.of(
        network(1, Shape.of(1), 1),
        network(1, Shape.of(1), 2),
        network(3, Shape.of(2, 1, 1), 2, Layers.flatten()),
        network(5, Shape.of(3, 2, 3), 7, Layers.flatten(), Layers.linear(1), Layers.tanh()),
        network(4, Shape.of(3, 3, 3), 5, Layers.flatten(), Layers.linear(8), Layers.tanh()),
        network(7, Shape.of(11), 3, Layers.linear(9), Layers.relu()),
        network(2, Shape.of(13), 20, Layers.linear(17), Layers.sigmoid()),
        network(
            19, Shape.of(5), 4, Layers.linear(6), Layers.relu(), Layers.linear(7), Layers.relu()),
        network(3, Shape.of(4), 33, Layers.tanh(), Layers.linear(5), Layers.sigmoid()),
        network(
            6,
            Shape.of(2, 5),
            3,
            Layers.relu(),
            Layers.flatten(),
            Layers.linear(3),
            Layers.tanh()));
  }

  private static Case network(int n, Shape input, int classes, LayerFactory... hidden) {
    List<LayerFactory> layers = new ArrayList<>(List.of(hidden));
    layers.add(Layers.linear(classes));
    return new Case(n, input, layers);
  }
}
