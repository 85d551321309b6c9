// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.internal.kernel.PoolingKernel;
import io.cifarengine.tensor.Shape;
import java.util.Arrays;

/** Max pooling of a batch, as a task for the workers: ranges of images. Reused. */
final class MaxPoolCall implements RangeTask {
  private static final float[] NOTHING = {};

  private enum Direction {
    FORWARD,
    BACKWARD
  }

  private final Engine engine;
  private PoolGeometry geometry = PoolGeometry.of(Shape.of(1, 1, 1), 1, 1, 1);
  private Direction direction = Direction.FORWARD;
  private float[] x = NOTHING;
  private float[] y = NOTHING;
  private float[] dy = NOTHING;
  private float[] dx = NOTHING;

  MaxPoolCall(Engine engine) {
    this.engine = engine;
  }

  void forward(PoolGeometry geometry, int n, float[] x, float[] y) {
    direction = Direction.FORWARD;
    run(geometry, n, x, y);
  }

  void backward(PoolGeometry geometry, int n, float[] x, float[] y, float[] dy, float[] dx) {
    direction = Direction.BACKWARD;
    this.dy = dy;
    this.dx = dx;
    run(geometry, n, x, y);
  }

  private void run(PoolGeometry geometry, int n, float[] x, float[] y) {
    this.geometry = geometry;
    this.x = x;
    this.y = y;
    try {
      engine.forRanges(n, 1, this); // windows of two images share no pixel
    } finally { // lets go of the caller's arrays
      this.x = NOTHING;
      this.y = NOTHING;
      dy = NOTHING;
      dx = NOTHING;
    }
  }

  @Override
  public void run(int from, int to, int participant) {
    if (direction == Direction.BACKWARD && !geometry.coversAll()) {
      int size = geometry.imageShape().size();
      Arrays.fill(dx, from * size, to * size, 0f);
    }
    Shape output = geometry.outputShape();
    int channels = output.dim(2);
    for (int i = from; i < to; i++) {
      for (int oy = 0; oy < output.dim(0); oy++) {
        for (int ox = 0; ox < output.dim(1); ox++) {
          int window = geometry.windowAt(i, oy, ox);
          int at = ((i * output.dim(0) + oy) * output.dim(1) + ox) * channels;
          pool(window, at, channels);
        }
      }
    }
  }

  private void pool(int window, int at, int channels) {
    PoolingKernel kernel = engine.pooling();
    int[] taps = geometry.taps();
    switch (direction) {
      case FORWARD -> kernel.max(x, window, taps, y, at, channels);
      case BACKWARD ->
          kernel.maxBackward(x, window, taps, y, dy, at, dx, !geometry.isDisjoint(), channels);
    }
  }
}
