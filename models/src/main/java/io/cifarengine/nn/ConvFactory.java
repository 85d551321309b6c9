// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.compute.ConvGeometry;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;

/**
 * A convolution to be built, on images (height, width, channels): {@code conv(32, 3).same()}. Immutable:
 * each method gives another one.
 */
public final class ConvFactory implements LayerFactory {
  private static final int SAME = -1;

  private final int filters;
  private final int kernelHeight;
  private final int kernelWidth;
  private final int stride;
  private final int padding;
  private final WeightAndBias.Source source;

  private ConvFactory(
      int filters,
      int kernelHeight,
      int kernelWidth,
      int stride,
      int padding,
      WeightAndBias.Source source) {
    this.filters = filters;
    this.kernelHeight = kernelHeight;
    this.kernelWidth = kernelWidth;
    this.stride = stride;
    this.padding = padding;
    this.source = source;
  }

  /** Stride 1 and no padding. */
  static ConvFactory of(
      int filters, int kernelHeight, int kernelWidth, WeightAndBias.Source source) {
    requireAtLeast(1, filters, "filters");
    requireAtLeast(1, kernelHeight, "kernel height");
    requireAtLeast(1, kernelWidth, "kernel width");
    return new ConvFactory(filters, kernelHeight, kernelWidth, 1, 0, source);
  }

  private static void requireAtLeast(int least, int value, String what) {
    if (value < least) {
      throw new IllegalArgumentException(
          "conv: expected " + what + " of at least " + least + ", found " + value);
    }
  }

  /** The same with so many pixels from one place of the kernel to the next, both ways. */
  public ConvFactory stride(int pixels) {
    requireAtLeast(1, pixels, "stride");
    return new ConvFactory(filters, kernelHeight, kernelWidth, pixels, padding, source);
  }

  /** The same with so many rows and columns of zeros on all four sides. */
  public ConvFactory padding(int pixels) {
    requireAtLeast(0, pixels, "padding");
    return new ConvFactory(filters, kernelHeight, kernelWidth, stride, pixels, source);
  }

  /** The same with the padding that gives an output of the image's size, divided by the stride, rounded up. */
  public ConvFactory same() {
    return new ConvFactory(filters, kernelHeight, kernelWidth, stride, SAME, source);
  }

  /** The same with other initial weights. */
  public ConvFactory initializer(Initializer initializer) {
    return new ConvFactory(
        filters, kernelHeight, kernelWidth, stride, padding, WeightAndBias.drawn(initializer));
  }

  @Override
  public Layer create(String name, Shape input, Randoms randoms) {
    if (input.rank() != 3) {
      throw new ShapeException(
          this + ": expected images (height, width, channels), got examples of shape " + input);
    }
    ConvGeometry geometry =
        padding == SAME
            ? ConvGeometry.same(input, kernelHeight, kernelWidth, filters, stride)
            : ConvGeometry.padded(input, kernelHeight, kernelWidth, filters, stride, padding);
    WeightAndBias parameters = source.of(name, geometry.weightShape(), Shape.of(filters), randoms);
    return new Conv(toString(), geometry, parameters);
  }

  /** As it is written: {@code conv(32, 3x3, same)}, {@code conv(8, 5x5, stride 2, padding 1)}. */
  @Override
  public String toString() {
    return "conv("
        + filters
        + ", "
        + kernelHeight
        + "x"
        + kernelWidth
        + (stride == 1 ? "" : ", stride " + stride)
        + (padding == SAME ? ", same" : padding == 0 ? "" : ", padding " + padding)
        + ")";
  }
}
