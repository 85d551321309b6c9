// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.internal.conv.ConvGradient;
import io.cifarengine.internal.conv.ConvProduct;
import io.cifarengine.internal.gemm.Gemm;
import io.cifarengine.internal.parallel.Pool;
import io.cifarengine.tensor.Tensor;

/**
 * The convolution of images with kernels, as networks have it (a cross-correlation), and its
 * gradients. Tensors are (n, height, width, channels), kernels (kernelHeight, kernelWidth, channels,
 * filters); the sizes stand in a {@link ConvGeometry}.
 *
 * <p>Every element is the same chain of fma as in the product of a matrix of patches (im2col), zeros of
 * the padding among the terms: the same bits for any threads and width, and for one image alone or in a
 * batch. The sums of weight gradients are long; they are chains over chunks of whole images, added in
 * the order of the images.
 *
 * <p>Kernels of 3 x 3 with stride 1, 32 to 128 channels and filters in multiples of 16, and inputs and outputs of
 * heights and widths in multiples of 4 are computed by minimal filtering, F(4 x 4, 3 x 3): tiles of 4 x 4 outputs with
 * 36 multiplications for each channel instead of 144. The bits are others, the error is two to three times that of an
 * ordinary sum, and all of the above holds; but a value that is not finite reaches all outputs of its tiles.
 *
 * <p>Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016; im2col
 * after Chellapilla, Puri and Simard, "High Performance Convolutional Neural Networks for Document
 * Processing", 2006; minimal filtering after Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016.
 */
public final class Convolution {
  private static final String FORWARD = "convolution forward";
  private static final String BACKWARD_DATA = "convolution backwardData";
  private static final String BACKWARD_WEIGHTS = "convolution backwardWeights";

  private Convolution() {}

  /**
   * y[i, oy, ox, f] = b[f] + sum over ky, kx, c of x[i, oy s - top + ky, ox s - left + kx, c] W[ky, kx,
   * c, f], with s the stride and x = 0 outside the image; the chain starts from b.
   */
  public static void forward(
      Engine engine, ConvGeometry geometry, Tensor x, Tensor w, Tensor b, Tensor y) {
    requireWeights(FORWARD, geometry, "w", w, "b", b);
    int n =
        Operands.requireBatches(
            FORWARD, "x", x, geometry.imageShape(), "y", y, geometry.outputShape());
    Operands.requireDistinct(FORWARD, "y", y, x, w, b);
    Pool<ConvProduct> products = engine.convProducts(geometry);
    ConvProduct product = products.borrow();
    try {
      product.run(
          geometry.ofInput(), n, x.data(), w.data(), false, geometry.filters(), b.data(), y.data());
    } finally {
      products.giveBack(product);
    }
  }

  /**
   * dx = (dy / dx)' dy: dx[i, y, x, c] = sum over ky, kx, f of dy[i, oy, ox, f] W[ky, kx, c, f] where oy s
   * - top + ky = y and ox s - left + kx = x, in ascending (oy, ox, f).
   */
  public static void backwardData(
      Engine engine, ConvGeometry geometry, Tensor dy, Tensor w, Tensor dx) {
    Operands.requireShape(BACKWARD_DATA, "w", w, geometry.weightShape());
    int n =
        Operands.requireBatches(
            BACKWARD_DATA, "dx", dx, geometry.imageShape(), "dy", dy, geometry.outputShape());
    Operands.requireDistinct(BACKWARD_DATA, "dx", dx, dy, w);
    int channels = geometry.channels();
    Pool<ConvProduct> products = engine.convProducts(geometry);
    ConvProduct product = products.borrow();
    try {
      product.run(
          geometry.ofOutputGradient(),
          n,
          dy.data(),
          w.data(),
          true,
          channels,
          Gemm.zeroRow(channels),
          dx.data());
    } finally {
      products.giveBack(product);
    }
  }

  /**
   * dW = (dy / dW)' dy and db = (dy / db)' dy, assigned or added: dW[ky, kx, c, f] = sum over i, oy, ox of
   * x[i, oy s - top + ky, ox s - left + kx, c] dy[i, oy, ox, f], db[f] = sum over i, oy, ox of dy[i, oy,
   * ox, f].
   */
  public static void backwardWeights(
      Engine engine, ConvGeometry geometry, Tensor x, Tensor dy, Tensor dw, Tensor db, Into into) {
    requireWeights(BACKWARD_WEIGHTS, geometry, "dw", dw, "db", db);
    int n =
        Operands.requireBatches(
            BACKWARD_WEIGHTS, "x", x, geometry.imageShape(), "dy", dy, geometry.outputShape());
    Operands.requireDistinct(BACKWARD_WEIGHTS, "dw", dw, x, dy);
    Operands.requireDistinct(BACKWARD_WEIGHTS, "db", db, x, dy, dw);
    Pool<ConvGradient> gradients = engine.convGradients(geometry);
    ConvGradient gradient = gradients.borrow();
    try {
      gradient.run(
          geometry.ofInput(),
          n,
          x.data(),
          dy.data(),
          geometry.filters(),
          into == Into.ACCUMULATE,
          dw.data(),
          db.data());
    } finally {
      gradients.giveBack(gradient);
    }
  }

  static void requireWeights(
      String operation, ConvGeometry geometry, String wName, Tensor w, String bName, Tensor b) {
    Operands.requireShape(operation, wName, w, geometry.weightShape());
    Operands.requireSize(operation, bName, b, geometry.filters());
  }
}
