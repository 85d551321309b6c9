// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.internal.conv.ConvGradient;
import io.cifarengine.internal.conv.ConvProduct;
import io.cifarengine.internal.gemm.Gemm;
import io.cifarengine.internal.parallel.Pool;
import io.cifarengine.tensor.ShapeException;
import io.cifarengine.tensor.Tensor;

/**
 * y = max pooling of x * W + b in one pass, with the bits of {@link Convolution} and {@link Pooling} one after
 * the other. The output of the convolution, four times y where windows are 2 x 2, is never whole in memory:
 * what its gradient needs of it are the winners, the number of the place in each window that was the
 * largest.
 *
 * <pre>
 * x (n, height, width, channels)      y, dy, winners (n, outputHeight, outputWidth, filters) of the pooling
 * </pre>
 *
 * Windows must stand side by side and cover the image: {@link #fits}.
 */
public final class PooledConvolution {
  private static final String FORWARD = "pooled convolution forward";
  private static final String BACKWARD_WEIGHTS = "pooled convolution backwardWeights";
  private static final String BACKWARD_DATA = "pooled convolution backwardData";

  private PooledConvolution() {}

  /** Whether this pooling takes what that convolution gives, each value in one window. */
  public static boolean fits(ConvGeometry convolution, PoolGeometry pooling) {
    return pooling.imageShape().equals(convolution.outputShape()) && pooling.coversAll();
  }

  /** y = max over a window of x * W + b, and winners = the first place of the window that has it. */
  public static void forward(
      Engine engine,
      ConvGeometry convolution,
      PoolGeometry pooling,
      Tensor x,
      Tensor w,
      Tensor b,
      Tensor y,
      Tensor winners) {
    requireFits(FORWARD, convolution, pooling);
    Convolution.requireWeights(FORWARD, convolution, "w", w, "b", b);
    int n =
        Operands.requireBatches(
            FORWARD, "x", x, convolution.imageShape(), "y", y, pooling.outputShape());
    Operands.requireSameShape(FORWARD, "winners", winners, "y", y);
    Operands.requireDistinct(FORWARD, "y", y, x, w, b);
    Operands.requireDistinct(FORWARD, "winners", winners, y, x, w);
    Operands.requireDistinct(FORWARD, "winners", winners, b);
    Pool<ConvProduct> products = engine.convProducts(convolution);
    ConvProduct product = products.borrow();
    try {
      product.run(
          convolution.ofInput(),
          n,
          x.data(),
          w.data(),
          convolution.filters(),
          b.data(),
          pooling.window(),
          pooling.taps(),
          y.data(),
          winners.data());
    } finally {
      products.giveBack(product);
    }
  }

  /** dW and db of the convolution, assigned or added, given d loss / d y. */
  public static void backwardWeights(
      Engine engine,
      ConvGeometry convolution,
      PoolGeometry pooling,
      Tensor x,
      Tensor dy,
      Tensor winners,
      Tensor dw,
      Tensor db,
      Into into) {
    requireFits(BACKWARD_WEIGHTS, convolution, pooling);
    Convolution.requireWeights(BACKWARD_WEIGHTS, convolution, "dw", dw, "db", db);
    int n =
        Operands.requireBatches(
            BACKWARD_WEIGHTS, "x", x, convolution.imageShape(), "dy", dy, pooling.outputShape());
    Operands.requireSameShape(BACKWARD_WEIGHTS, "winners", winners, "dy", dy);
    Operands.requireDistinct(BACKWARD_WEIGHTS, "dw", dw, x, dy, winners);
    Operands.requireDistinct(BACKWARD_WEIGHTS, "db", db, x, dy, winners);
    Operands.requireDistinct(BACKWARD_WEIGHTS, "db", db, dw);
    Pool<ConvGradient> gradients = engine.convGradients(convolution);
    ConvGradient gradient = gradients.borrow();
    try {
      gradient.run(
          convolution.ofInput(),
          n,
          x.data(),
          pooling.window(),
          dy.data(),
          winners.data(),
          convolution.filters(),
          into == Into.ACCUMULATE,
          dw.data(),
          db.data());
    } finally {
      gradients.giveBack(gradient);
    }
  }

  /** dx = d loss / d x, given d loss / d y. */
  public static void backwardData(
      Engine engine,
      ConvGeometry convolution,
      PoolGeometry pooling,
      Tensor dy,
      Tensor winners,
      Tensor w,
      Tensor dx) {
    requireFits(BACKWARD_DATA, convolution, pooling);
    Operands.requireShape(BACKWARD_DATA, "w", w, convolution.weightShape());
    int n =
        Operands.requireBatches(
            BACKWARD_DATA, "dx", dx, convolution.imageShape(), "dy", dy, pooling.outputShape());
    Operands.requireSameShape(BACKWARD_DATA, "winners", winners, "dy", dy);
    Operands.requireDistinct(BACKWARD_DATA, "dx", dx, dy, winners, w);
    Pool<ConvProduct> products = engine.convProducts(convolution);
    ConvProduct product = products.borrow();
    try {
      product.run(
          convolution.ofOutputGradient(),
          n,
          pooling.window(),
          dy.data(),
          winners.data(),
          w.data(),
          true,
          convolution.channels(),
          Gemm.zeroRow(convolution.channels()),
          dx.data());
    } finally {
      products.giveBack(product);
    }
  }

  private static void requireFits(
      String operation, ConvGeometry convolution, PoolGeometry pooling) {
    if (!fits(convolution, pooling)) {
      throw new ShapeException(
          operation
              + ": expected a pooling that covers "
              + convolution.outputShape()
              + " with windows side by side, found "
              + pooling);
    }
  }
}
