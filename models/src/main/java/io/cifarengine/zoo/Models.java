// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.zoo;

import io.cifarengine.nn.Initializer;
import io.cifarengine.nn.LayerFactory;
import io.cifarengine.nn.Layers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Networks as lists of layers, for {@code Network.build}. */
public final class Models {
  private Models() {}

  /** A multilayer perceptron: flatten, then for each width a linear layer and its activation, then classes. */
  public static List<LayerFactory> multilayerPerceptron(
      List<Integer> hidden,
      Supplier<LayerFactory> activation,
      int classes,
      Initializer initializer) {
    List<LayerFactory> layers = new ArrayList<>();
    layers.add(Layers.flatten());
    for (int width : hidden) {
      layers.add(Layers.linear(width, initializer));
      layers.add(activation.get());
    }
    layers.add(Layers.linear(classes, initializer));
    return layers;
  }

  /**
   * A convolutional network on images (height, width, channels): for each number of filters a 3 x 3
   * convolution of the image's size, without activation, and 2 x 2 max pooling; then a multilayer
   * perceptron.
   */
  public static List<LayerFactory> convolutionalNetwork(
      List<Integer> filters,
      List<Integer> hidden,
      Supplier<LayerFactory> activation,
      int classes,
      Initializer initializer) {
    List<LayerFactory> layers = new ArrayList<>();
    for (int count : filters) {
      layers.add(Layers.conv(count, 3).same().initializer(initializer));
      layers.add(Layers.maxPool(2));
    }
    layers.addAll(multilayerPerceptron(hidden, activation, classes, initializer));
    return layers;
  }
}
