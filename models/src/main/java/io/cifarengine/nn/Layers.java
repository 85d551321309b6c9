// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import java.util.List;

/** What a network is written with: {@code flatten(), linear(512), relu(), linear(10)}. */
public final class Layers {
  private Layers() {}

  /** y = x W + b with this many outputs, Glorot-uniform weights and zero biases. */
  public static LayerFactory linear(int outputs) {
    return linear(outputs, Initializer.glorotUniform());
  }

  /** y = x W + b with this many outputs. */
  public static LayerFactory linear(int outputs, Initializer initializer) {
    if (outputs < 1) {
      throw new IllegalArgumentException("linear: expected at least 1 output, found " + outputs);
    }
    return (name, input, randoms) -> Linear.create(name, input, outputs, initializer, randoms);
  }

  /** y = tanh x. */
  public static LayerFactory tanh() {
    return (name, input, randoms) -> new Tanh(input);
  }

  /** y = max(x, 0). */
  public static LayerFactory relu() {
    return (name, input, randoms) -> new Relu(input);
  }

  /** y = 1 / (1 + e^-x). */
  public static LayerFactory sigmoid() {
    return (name, input, randoms) -> new Sigmoid(input);
  }

  /** The example as one row: (n, a, b, c) becomes (n, a b c). */
  public static LayerFactory flatten() {
    return (name, input, randoms) -> new Flatten(input);
  }

  /**
   * The layers that a text names, as {@link Network#toString} writes them: {@code flatten(),
   * linear(128), tanh(), linear(20)}, with initial weights as {@link #linear(int)} draws them.
   *
   * @throws IllegalArgumentException with the position of the first thing that is wrong
   */
  public static List<LayerFactory> parse(String text) {
    return new LayerParser(text, Layers::linear).parse();
  }

  /**
   * The layers that a text names, with parameters of this source: nothing is drawn.
   *
   * @throws IllegalArgumentException with the position of the first thing that is wrong
   */
  public static List<LayerFactory> parse(String text, ParameterSource source) {
    return new LayerParser(
            text, outputs -> (name, input, randoms) -> Linear.stored(name, input, outputs, source))
        .parse();
  }
}
