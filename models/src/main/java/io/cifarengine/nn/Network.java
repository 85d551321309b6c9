// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.compute.Sums;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;
import io.cifarengine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * y = f_L(... f_2(f_1(x))): layers in a row, bound to an engine.
 *
 * <p>{@link #forward} and {@link #backward} belong to one thread. {@link #predict} may run from many
 * threads at once, as long as none trains meanwhile.
 */
public final class Network {
  /**
   * Batch sizes whose buffers are kept: the training batch and a short last one, the batch to evaluate
   * and a short last one of the training, the validation and the test set.
   */
  static final int KEPT_BATCH_SIZES = 6;

  private final Engine engine;
  private final Shape inputShape;
  private final List<Layer> layers;
  private final List<Parameter> parameters;

  /** Buffers by batch size, the oldest in front. */
  private final List<Activations> kept = new ArrayList<>();

  /** What the last forward left for backward; its own size where none ran yet. */
  private Activations current;

  private boolean forwardRan;

  private Network(Engine engine, Shape inputShape, List<Layer> layers) {
    this.engine = engine;
    this.inputShape = inputShape;
    this.layers = List.copyOf(layers);
    parameters = layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
    current = new Activations(this.layers, 0);
  }

  /**
   * Builds a network; each layer takes the shape that the one before it gives.
   *
   * @param input the shape of one example
   * @param randoms where initial weights come from
   * @throws ShapeException where a layer cannot take its input
   */
  public static Network build(
      Engine engine, Shape input, Randoms randoms, LayerFactory... factories) {
    return build(engine, input, randoms, List.of(factories));
  }

  /** Builds a network from a list of layers. */
  public static Network build(
      Engine engine, Shape input, Randoms randoms, List<LayerFactory> factories) {
    if (factories.isEmpty()) {
      throw new IllegalArgumentException("network: expected at least one layer, found none");
    }
    List<Layer> layers = new ArrayList<>();
    Shape shape = input;
    for (int i = 0; i < factories.size(); i++) {
      Layer layer = factories.get(i).create(Integer.toString(i), shape, randoms.stream(i));
      layers.add(layer);
      shape = layer.outputShape();
    }
    return new Network(engine, input, layers);
  }

  /** The layers, first to last. */
  public List<Layer> layers() {
    return layers;
  }

  /**
   * The layers as batches of this size go through them: a convolution and a max pooling that are computed in one
   * pass are one. To be measured one by one; their parameters are the network's.
   */
  public List<Layer> layersAsComputed(int batchSize) {
    return PooledConv.join(layers, batchSize);
  }

  /** All parameters in the order of the layers, each weight before its bias. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** The shape of one example. */
  public Shape inputShape() {
    return inputShape;
  }

  /** The shape of one output. */
  public Shape outputShape() {
    return layers.get(layers.size() - 1).outputShape();
  }

  /** Where it computes. */
  public Engine engine() {
    return engine;
  }

  /** y = f(x) for a batch, kept for {@link #backward}. The result holds until the next call. */
  public Tensor forward(Tensor x) {
    requireBatch(x);
    current = keptFor(x.shape().dim(0));
    forwardRan = true;
    return current.forward(engine, x);
  }

  /**
   * Assigns the gradient of every parameter, given d loss / d y of the last {@link #forward}.
   *
   * @throws IllegalStateException where no forward ran before
   */
  public void backward(Tensor lossGradient) {
    backward(lossGradient, Into.OVERWRITE);
  }

  /** Assigns the gradient of every parameter, or adds to it. */
  public void backward(Tensor lossGradient, Into into) {
    if (!forwardRan) {
      throw new IllegalStateException("backward before forward");
    }
    Shape shape = lossGradient.shape();
    if (!shape.isBatchOf(outputShape()) || shape.dim(0) != current.batchSize()) {
      throw new ShapeException(
          "backward: expected a gradient of shape "
              + outputShape().withBatch(current.batchSize())
              + ", found "
              + shape);
    }
    current.backward(engine, lossGradient, into);
  }

  /** y = f(x) for a batch, in buffers of its own: from any thread, and the result is the caller's. */
  public Tensor predict(Tensor x) {
    requireBatch(x);
    return new Activations(layers, x.shape().dim(0)).forward(engine, x);
  }

  /** Whether no gradient of a parameter holds an infinity or NaN: to ask before an update. */
  public boolean gradientsAreFinite() {
    for (int i = 0; i < parameters.size(); i++) {
      if (!Sums.isFinite(engine, parameters.get(i).gradient())) {
        return false;
      }
    }
    return true;
  }

  /** Whether no parameter holds an infinity or NaN: to ask before saving it. */
  public boolean weightsAreFinite() {
    for (int i = 0; i < parameters.size(); i++) {
      if (!Sums.isFinite(engine, parameters.get(i).value())) {
        return false;
      }
    }
    return true;
  }

  private void requireBatch(Tensor x) {
    if (!x.shape().isBatchOf(inputShape)) {
      throw new ShapeException(
          "network: expected a batch of examples of shape " + inputShape + ", found " + x.shape());
    }
  }

  private Activations keptFor(int batchSize) {
    for (int i = kept.size() - 1; i >= 0; i--) {
      if (kept.get(i).batchSize() == batchSize) {
        return kept.get(i);
      }
    }
    if (kept.size() == KEPT_BATCH_SIZES) {
      kept.remove(0);
    }
    kept.add(new Activations(layers, batchSize));
    return kept.get(kept.size() - 1);
  }

  /** As it was written: {@code flatten(), linear(128), tanh(), linear(20)}. */
  @Override
  public String toString() {
    return layers.stream().map(Layer::describe).collect(Collectors.joining(", "));
  }
}
