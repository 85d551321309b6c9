// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import io.cifarengine.compute.ConvGeometry;
import io.cifarengine.compute.Convolution;
import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.speed.RandomTensors;
import io.cifarengine.tensor.Tensor;

/** A convolution of a batch, with bias, and its gradients. */
final class ConvWork {
  private final Engine engine;
  private final ConvGeometry geometry;
  private final Tensor x;
  private final Tensor dx;
  private final Tensor w;
  private final Tensor dw;
  private final Tensor b;
  private final Tensor db;
  private final Tensor y;
  private final Tensor dy;

  ConvWork(Engine engine, ConvShape shape) {
    this.engine = engine;
    geometry = shape.geometry();
    x = RandomTensors.uniform(geometry.imageShape().withBatch(ConvShape.BATCH), "x");
    dx = Tensor.zeros(x.shape());
    w = RandomTensors.uniform(geometry.weightShape(), "w");
    dw = Tensor.zeros(w.shape());
    b = Tensor.zeros(geometry.filters());
    db = Tensor.zeros(geometry.filters());
    y = Tensor.zeros(geometry.outputShape().withBatch(ConvShape.BATCH));
    dy = RandomTensors.uniform(y.shape(), "dy");
  }

  /** One of the three. */
  Tensor run(ConvOperation operation) {
    return switch (operation) {
      case FORWARD -> {
        Convolution.forward(engine, geometry, x, w, b, y);
        yield y;
      }
      case BACKWARD_WEIGHTS -> {
        Convolution.backwardWeights(engine, geometry, x, dy, dw, db, Into.OVERWRITE);
        yield dw;
      }
      case BACKWARD_DATA -> {
        Convolution.backwardData(engine, geometry, dy, w, dx);
        yield dx;
      }
    };
  }
}
