// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import io.cifarengine.nn.Layer;
import io.cifarengine.nn.Parameter;
import io.cifarengine.tensor.Shape;
import java.util.List;

/** The double twin of each layer of the engine, found by the word that the layer is written with. */
final class ReferenceLayers {
  private ReferenceLayers() {}

  /**
   * The twin of a layer, with copies of its weights.
   *
   * @param input the shape of one example as the layer receives it
   */
  static ReferenceLayer twinOf(Layer layer, Shape input) {
    String written = layer.describe();
    String word = written.substring(0, Math.max(0, written.indexOf('(')));
    return switch (word) {
      case "linear" -> linear(layer.parameters(), input);
      case "tanh" -> new ReferenceTanh();
      case "relu" -> new ReferenceRelu();
      case "sigmoid" -> new ReferenceSigmoid();
      case "flatten" -> new ReferenceFlatten();
      case "conv" -> conv(layer, input);
      case "maxpool" -> new ReferenceMaxPool(ReferenceWindow.ofPooling(written, input));
      default ->
          throw new IllegalArgumentException(
              "reference: "
                  + written
                  + " has no double-precision twin (expected linear, tanh, relu, sigmoid,"
                  + " flatten, conv or maxpool)");
    };
  }

  private static ReferenceLayer linear(List<Parameter> parameters, Shape input) {
    var weight = ReferenceParameter.copyOf(parameters.get(0));
    if (weight.rows() != input.size()) {
      throw new IllegalStateException(
          weight.name() + ": expected " + input.size() + " rows, found " + weight.rows());
    }
    return new ReferenceLinear(weight, ReferenceParameter.copyOf(parameters.get(1)));
  }

  private static ReferenceLayer conv(Layer layer, Shape input) {
    var window = ReferenceWindow.ofConvolution(layer.describe(), input);
    var weight = ReferenceParameter.copyOf(layer.parameters().get(0));
    if (weight.rows() != window.taps() * window.channels()) {
      throw new IllegalStateException(
          weight.name()
              + ": expected "
              + window.taps() * window.channels()
              + " rows, found "
              + weight.rows());
    }
    return new ReferenceConv(window, weight, ReferenceParameter.copyOf(layer.parameters().get(1)));
  }
}
