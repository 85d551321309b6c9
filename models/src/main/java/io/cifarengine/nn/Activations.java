// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.tensor.Tensor;
import java.util.List;

/** What the layers of one network compute for one batch size: outputs, and gradients with respect to inputs. */
final class Activations {
  private static final Tensor NONE = Tensor.zeros(0);

  private final List<Layer> layers;
  private final int batchSize;
  private final int firstLearning;
  private final Tensor[] outputs;
  private final Tensor[] inputGradients;
  private Tensor input = NONE;

  Activations(List<Layer> layers, int batchSize) {
    this.layers = PooledConv.join(layers, batchSize);
    this.batchSize = batchSize;
    firstLearning = firstLearning(this.layers);
    outputs = new Tensor[this.layers.size()];
    inputGradients = new Tensor[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      Layer layer = this.layers.get(i);
      boolean own = !layer.reshapes();
      outputs[i] = own ? Tensor.zeros(layer.outputShape().withBatch(batchSize)) : NONE;
      inputGradients[i] = NONE;
    }
  }

  /** The first layer with parameters, as many as there are layers where none has. */
  static int firstLearning(List<Layer> layers) {
    int first = 0;
    while (first < layers.size() && layers.get(first).parameters().isEmpty()) {
      first++;
    }
    return first;
  }

  int batchSize() {
    return batchSize;
  }

  /** The output of the last layer; its tensor is used again by the next call. */
  Tensor forward(Engine engine, Tensor x) {
    input = x;
    Tensor at = x;
    for (int i = 0; i < outputs.length; i++) {
      Layer layer = layers.get(i);
      if (layer.reshapes()) {
        outputs[i] = sharing(at, outputs[i], layer);
      } else {
        layer.forward(engine, at, outputs[i]);
      }
      at = outputs[i];
    }
    return at;
  }

  /** The view of the last call where its array is still the one to show, else a new one. */
  private Tensor sharing(Tensor x, Tensor view, Layer layer) {
    return view.data() == x.data() ? view : x.reshape(layer.outputShape().withBatch(batchSize));
  }

  /** Parameter gradients of every layer; below the first layer that learns nothing is computed. */
  void backward(Engine engine, Tensor lossGradient, Into into) {
    Tensor dy = lossGradient;
    for (int i = outputs.length - 1; i >= firstLearning; i--) {
      Layer layer = layers.get(i);
      Tensor x = i == 0 ? input : outputs[i - 1];
      layer.parameterGradients(engine, x, dy, into);
      if (i > firstLearning) {
        dy = inputGradient(engine, i, x, dy);
      }
    }
  }

  private Tensor inputGradient(Engine engine, int i, Tensor x, Tensor dy) {
    Layer layer = layers.get(i);
    if (layer.reshapes()) {
      if (inputGradients[i].data() != dy.data()) {
        inputGradients[i] = dy.reshape(x.shape());
      }
    } else {
      if (inputGradients[i] == NONE) { // a network that only predicts needs none
        inputGradients[i] = Tensor.zeros(x.shape());
      }
      layer.inputGradient(engine, x, outputs[i], dy, inputGradients[i]);
    }
    return inputGradients[i];
  }
}
