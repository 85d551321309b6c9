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
}
