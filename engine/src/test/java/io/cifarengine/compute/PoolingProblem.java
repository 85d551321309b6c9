// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import io.cifarengine.testing.DirectPooling;
import java.util.Arrays;

/** A pooling and its gradient by the engine, into arrays that held garbage. */
final class PoolingProblem {
  private final DirectPooling sizes;
  private final PoolGeometry geometry;
  private final Tensor x;

  PoolingProblem(DirectPooling sizes, float[] x) {
    this.sizes = sizes;
    Shape image = Shape.of(sizes.height(), sizes.width(), sizes.channels());
    geometry = PoolGeometry.of(image, sizes.windowHeight(), sizes.windowWidth(), sizes.stride());
    this.x = Tensor.wrap(x, image.withBatch(sizes.n()));
  }

  float[] max(Engine engine) {
    float[] y = garbage(sizes.ySize());
    Pooling.maxForward(engine, geometry, x, output(y));
    return y;
  }

  float[] maxBackward(Engine engine, float[] y, float[] dy) {
    Tensor dx = Tensor.wrap(garbage(x.size()), x.shape());
    Pooling.maxBackward(engine, geometry, x, output(y), output(dy), dx);
    return dx.data();
  }

  private Tensor output(float[] data) {
    return Tensor.wrap(data, geometry.outputShape().withBatch(sizes.n()));
  }

  private static float[] garbage(int n) {
    float[] x = new float[n];
    Arrays.fill(x, Float.NaN);
    return x;
  }
}
