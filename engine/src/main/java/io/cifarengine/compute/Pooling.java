// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.tensor.Tensor;

/**
 * The largest value of each window of an image, channel by channel. A window that holds NaN gives NaN,
 * and +0 is above -0.
 */
public final class Pooling {
  private static final String FORWARD = "max pooling forward";
  private static final String BACKWARD = "max pooling backward";

  private Pooling() {}

  /** y[i, oy, ox, c] = max over ky, kx of x[i, oy s + ky, ox s + kx, c], with s the stride. */
  public static void maxForward(Engine engine, PoolGeometry geometry, Tensor x, Tensor y) {
    int n = requireBatches(FORWARD, geometry, x, "y", y);
    Operands.requireDistinct(FORWARD, "y", y, x);
    MaxPoolCall call = engine.maxPoolCalls().borrow();
    try {
      call.forward(geometry, n, x.data(), y.data());
    } finally {
      engine.maxPoolCalls().giveBack(call);
    }
  }

  /**
   * dx = (dy / dx)' dy, with y = {@link #maxForward maxForward}(x): the first of a window's largest values,
   * row by row, takes its gradient. -0 and +0 are equally large, and NaN is larger than all others.
   */
  public static void maxBackward(
      Engine engine, PoolGeometry geometry, Tensor x, Tensor y, Tensor dy, Tensor dx) {
    int n = requireBatches(BACKWARD, geometry, x, "dy", dy);
    Operands.requireSameShape(BACKWARD, "y", y, "dy", dy);
    Operands.requireSameShape(BACKWARD, "dx", dx, "x", x);
    Operands.requireDistinct(BACKWARD, "dx", dx, x, y, dy);
    MaxPoolCall call = engine.maxPoolCalls().borrow();
    try {
      call.backward(geometry, n, x.data(), y.data(), dy.data(), dx.data());
    } finally {
      engine.maxPoolCalls().giveBack(call);
    }
  }

  private static int requireBatches(
      String operation, PoolGeometry geometry, Tensor x, String outName, Tensor out) {
    return Operands.requireBatches(
        operation, "x", x, geometry.imageShape(), outName, out, geometry.outputShape());
  }
}
