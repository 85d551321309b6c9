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
    return Linear.factory(outputs, WeightAndBias.drawn(initializer));
  }

  /**
   * A convolution with this many square kernels, stride 1, no padding, Glorot-uniform weights and zero
   * biases; {@link ConvFactory} has the rest: {@code conv(32, 3).same()}. Images are (height, width,
   * channels), which is not how CIFAR stores them.
   */
  public static ConvFactory conv(int filters, int kernel) {
    return conv(filters, kernel, kernel);
  }

  /** The same with kernels of this height and width. */
  public static ConvFactory conv(int filters, int kernelHeight, int kernelWidth) {
    return ConvFactory.of(
        filters, kernelHeight, kernelWidth, WeightAndBias.drawn(Initializer.glorotUniform()));
  }

  /** The largest value of each square window of images (height, width, channels), side by side. */
  public static LayerFactory maxPool(int window) {
    return maxPool(window, window);
  }

  /** The same with so many pixels from one window to the next, both ways. */
  public static LayerFactory maxPool(int window, int stride) {
    return maxPool(window, window, stride);
  }

  /** The same with windows of this height and width. */
  public static LayerFactory maxPool(int windowHeight, int windowWidth, int stride) {
    return MaxPool.factory(windowHeight, windowWidth, stride);
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
   * The layers that a text names, as {@link Network#toString} writes them: {@code conv(32, 3x3, same),
   * maxpool(2x2), flatten(), linear(128), tanh(), linear(20)}, with Glorot-uniform weights and zero biases.
   *
   * @throws IllegalArgumentException with the position of the first thing that is wrong
   */
  public static List<LayerFactory> parse(String text) {
    return new LayerParser(text, WeightAndBias.drawn(Initializer.glorotUniform())).parse();
  }

  /**
   * The layers that a text names, with parameters of this source: nothing is drawn.
   *
   * @throws IllegalArgumentException with the position of the first thing that is wrong
   */
  public static List<LayerFactory> parse(String text, ParameterSource source) {
    return new LayerParser(text, WeightAndBias.stored(source)).parse();
  }
}
