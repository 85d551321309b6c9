// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.compute.PooledConvolution;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution and the max pooling behind it, computed in one pass for one batch size: the same bits, and
 * the output of the convolution is not kept. It stands in for both where {@link Activations} computes; the
 * network's list of layers does not know it.
 */
final class PooledConv implements Layer {
  private final Conv conv;
  private final MaxPool pool;
  private final Tensor winners;

  private PooledConv(Conv conv, MaxPool pool, int batchSize) {
    this.conv = conv;
    this.pool = pool;
    winners = Tensor.zeros(pool.outputShape().withBatch(batchSize));
  }

  /** The layers with each convolution and pooling that go together as one. */
  static List<Layer> join(List<Layer> layers, int batchSize) {
    List<Layer> joined = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      if (joins(layers, i)) {
        joined.add(new PooledConv((Conv) layers.get(i), (MaxPool) layers.get(i + 1), batchSize));
        i++;
      } else {
        joined.add(layers.get(i));
      }
    }
    return joined;
  }

  /** Whether a layer is computed together with the next one. */
  static boolean joins(List<Layer> layers, int i) {
    return i + 1 < layers.size()
        && layers.get(i) instanceof Conv conv
        && layers.get(i + 1) instanceof MaxPool pool
        && PooledConvolution.fits(conv.geometry(), pool.geometry());
  }

  @Override
  public String describe() {
    return conv.describe() + ", " + pool.describe();
  }

  @Override
  public Shape outputShape() {
    return pool.outputShape();
  }

  @Override
  public List<Parameter> parameters() {
    return conv.parameters();
  }

  @Override
  public long multiplyAdds() {
    return conv.multiplyAdds();
  }

  @Override
  public void forward(Engine engine, Tensor x, Tensor y) {
    PooledConvolution.forward(
        engine,
        conv.geometry(),
        pool.geometry(),
        x,
        conv.weight().value(),
        conv.bias().value(),
        y,
        winners); // y = max x * W + b
  }

  @Override
  public void inputGradient(Engine engine, Tensor x, Tensor y, Tensor dy, Tensor dx) {
    PooledConvolution.backwardData(
        engine,
        conv.geometry(),
        pool.geometry(),
        dy,
        winners,
        conv.weight().value(),
        dx); // dx = (dy / dx)' dy
  }

  @Override
  public void parameterGradients(Engine engine, Tensor x, Tensor dy, Into into) {
    PooledConvolution.backwardWeights(
        engine,
        conv.geometry(),
        pool.geometry(),
        x,
        dy,
        winners,
        conv.weight().gradient(),
        conv.bias().gradient(),
        into); // dW, db
  }
}
