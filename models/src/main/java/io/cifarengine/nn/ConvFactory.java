// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.compute.ConvGeometry;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;

/**
 * A convolution to be built, on images (height, width, channels): {@code conv(32, 3).same()}. Immutable:
 * each method gives another one.
 */
public final class ConvFactory implements LayerFactory {
  private static final String CONV = "conv";

  /** In place of a padding: whatever keeps the image's size. */
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
    ImageLayers.requireAtLeast(1, filters, CONV, "filters");
    ImageLayers.requireAtLeast(1, kernelHeight, CONV, "kernel height");
    ImageLayers.requireAtLeast(1, kernelWidth, CONV, "kernel width");
    return new ConvFactory(filters, kernelHeight, kernelWidth, 1, 0, source);
  }

  /** The same with so many pixels from one place of the kernel to the next, both ways. */
  public ConvFactory stride(int pixels) {
    ImageLayers.requireAtLeast(1, pixels, CONV, "stride");
    return new ConvFactory(filters, kernelHeight, kernelWidth, pixels, padding, source);
  }

  /** The same with so many rows and columns of zeros on all four sides. */
  public ConvFactory padding(int pixels) {
    ImageLayers.requireAtLeast(0, pixels, CONV, "padding");
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
    ImageLayers.requireImages(
        toString(),
        input,
        leastSize(kernelHeight),
        leastSize(kernelWidth),
        "take a smaller kernel, padding or same");
    ConvGeometry geometry =
        padding == SAME
            ? ConvGeometry.same(input, kernelHeight, kernelWidth, filters, stride)
            : ConvGeometry.padded(input, kernelHeight, kernelWidth, filters, stride, padding);
    WeightAndBias parameters = source.of(name, geometry.weightShape(), Shape.of(filters), randoms);
    return new Conv(toString(), geometry, parameters);
  }

  /** Rows or columns of the smallest image that the kernel fits. */
  private long leastSize(int kernel) {
    return padding == SAME ? 1 : Math.max(1, kernel - 2L * padding);
  }

  /** As it is written: {@code conv(32, 3x3, same)}, {@code conv(8, 5x5, stride 2, padding 1)}. */
  @Override
  public String toString() {
    return CONV
        + "("
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
