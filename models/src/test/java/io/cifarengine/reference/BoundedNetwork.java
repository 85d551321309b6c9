// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import io.cifarengine.nn.Layer;
import io.cifarengine.nn.Network;
import io.cifarengine.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@link RunningError} through the layers of a network, forward and backward. */
final class BoundedNetwork {
  private final List<Layer> layers;
  private final List<Shape> inputs = new ArrayList<>();
  private final List<Bounded> values = new ArrayList<>();
  private final Map<String, Bounded> gradients = new HashMap<>();
  private final int n;

  BoundedNetwork(Network network, int n) {
    layers = network.layers();
    inputs.add(network.inputShape());
    layers.forEach(layer -> inputs.add(layer.outputShape()));
    this.n = n;
  }

  Bounded forward(Bounded x) {
    values.add(x);
    for (int i = 0; i < layers.size(); i++) {
      values.add(forward(layers.get(i), inputs.get(i), values.get(i)));
    }
    return values.get(values.size() - 1);
  }

  /** The bounded gradient of the input; parameters' by their name are in {@link #gradient}. */
  Bounded backward(Bounded dy) {
    Bounded d = dy;
    for (int i = layers.size() - 1; i >= 0; i--) {
      d = backward(layers.get(i), inputs.get(i), values.get(i), values.get(i + 1), d);
    }
    return d;
  }

  Bounded gradient(String parameter) {
    return gradients.getOrDefault(parameter, new Bounded(0));
  }

  private Bounded forward(Layer layer, Shape input, Bounded x) {
    String written = layer.describe();
    return switch (word(layer)) {
      case "linear" -> RunningError.linear(x, parameter(layer, 0), parameter(layer, 1), n);
      case "tanh" -> RunningError.tanh(x);
      case "sigmoid" -> RunningError.sigmoid(x);
      case "relu" -> RunningError.relu(x);
      case "flatten" -> x;
      case "conv" ->
          WindowErrors.convolution(
              ReferenceWindow.ofConvolution(written, input),
              x,
              parameter(layer, 0),
              parameter(layer, 1),
              n);
      case "maxpool" -> WindowErrors.maximum(ReferenceWindow.ofPooling(written, input), x, n);
      default -> throw new IllegalArgumentException(written);
    };
  }

  private Bounded backward(Layer layer, Shape input, Bounded x, Bounded y, Bounded dy) {
    String written = layer.describe();
    return switch (word(layer)) {
      case "linear" -> {
        var names = layer.parameters();
        gradients.put(names.get(0).name(), RunningError.weightGradient(x, dy, n));
        gradients.put(names.get(1).name(), RunningError.biasGradient(dy, n));
        yield RunningError.linearInput(
            parameter(layer, 0), dy, x.size() / n, layer.outputShape().size());
      }
      case "tanh" -> RunningError.tanhInput(y, dy);
      case "sigmoid" -> RunningError.sigmoidInput(y, dy);
      case "relu" -> RunningError.reluInput(x, dy);
      case "flatten" -> dy;
      case "conv" -> {
        var window = ReferenceWindow.ofConvolution(written, input);
        int places = n * window.places();
        var names = layer.parameters();
        gradients.put(names.get(0).name(), WindowErrors.weightGradient(window, x, dy, n));
        gradients.put(
            names.get(1).name(), RunningError.columnSums(dy, places, RunningError.gamma(places)));
        yield WindowErrors.convolutionInput(window, parameter(layer, 0), dy, n);
      }
      case "maxpool" ->
          WindowErrors.maximumInput(ReferenceWindow.ofPooling(written, input), x, dy, n);
      default -> throw new IllegalArgumentException(written);
    };
  }

  private static Bounded parameter(Layer layer, int i) {
    return Bounded.exact(layer.parameters().get(i).value());
  }

  private static String word(Layer layer) {
    return layer.describe().substring(0, layer.describe().indexOf('('));
  }
}
