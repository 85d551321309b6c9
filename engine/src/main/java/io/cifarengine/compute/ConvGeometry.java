// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.internal.conv.Window;
import io.cifarengine.internal.conv.Winograd;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;

/**
 * The sizes of a convolution, checked once.
 *
 * <pre>
 * x (n, height, width, channels)      W (kernelHeight, kernelWidth, channels, filters)
 * y (n, outputHeight, outputWidth, filters)
 * outputHeight = floor((height + top + bottom - kernelHeight) / stride) + 1, outputWidth likewise
 * </pre>
 */
public final class ConvGeometry {
  private final Shape image;
  private final Shape weight;
  private final Shape output;
  private final int stride;
  private final Window ofInput;
  private final Window ofOutputGradient;

  /** Sizes whose padding may differ on all four sides. */
  private ConvGeometry(
      Shape image,
      int kernelHeight,
      int kernelWidth,
      int filters,
      int stride,
      int top,
      int bottom,
      int left,
      int right) {
    int height = image.dim(0);
    int width = image.dim(1);
    int channels = image.dim(2);
    requireAtLeast(1, height, "height");
    requireAtLeast(1, width, "width");
    requireAtLeast(1, channels, "channels");
    requireAtLeast(1, kernelHeight, "kernel height");
    requireAtLeast(1, kernelWidth, "kernel width");
    requireAtLeast(1, filters, "filters");
    requireAtLeast(1, stride, "stride");
    requireAtLeast(0, Math.min(Math.min(top, bottom), Math.min(left, right)), "padding");
    long rows = (long) height + top + bottom;
    long columns = (long) width + left + right;
    if (kernelHeight > rows || kernelWidth > columns) {
      throw new ShapeException(
          "convolution: a kernel of "
              + kernelHeight
              + " x "
              + kernelWidth
              + " does not fit images of "
              + height
              + " x "
              + width
              + (rows > height || columns > width
                  ? " with padding to " + rows + " x " + columns
                  : ""));
    }
    weight = Shape.of(kernelHeight, kernelWidth, channels, filters);
    if (rows > Integer.MAX_VALUE / channels / columns) { // places and offsets are ints
      throw new ShapeException(
          "convolution: expected padded images of at most "
              + Integer.MAX_VALUE
              + " elements, found "
              + rows
              + " x "
              + columns
              + " x "
              + channels);
    }
    int outputHeight = (int) ((rows - kernelHeight) / stride) + 1;
    int outputWidth = (int) ((columns - kernelWidth) / stride) + 1;
    this.image = image;
    this.stride = stride;
    output = Shape.of(outputHeight, outputWidth, filters);
    ofInput =
        new Window(
            height,
            width,
            channels,
            kernelHeight,
            kernelWidth,
            stride,
            1,
            top,
            left,
            outputHeight,
            outputWidth);
    ofOutputGradient =
        new Window(
            outputHeight,
            outputWidth,
            filters,
            kernelHeight,
            kernelWidth,
            1,
            stride,
            kernelHeight - 1 - top,
            kernelWidth - 1 - left,
            height,
            width);
  }

  private static void requireAtLeast(int least, int value, String what) {
    if (value < least) {
      throw new ShapeException(
          "convolution: expected " + what + " of at least " + least + ", found " + value);
    }
  }

  /** Kernels at every place where they lie inside the image: no padding. */
  public static ConvGeometry valid(
      Shape image, int kernelHeight, int kernelWidth, int filters, int stride) {
    return padded(image, kernelHeight, kernelWidth, filters, stride, 0);
  }

  /** The same padding on all four sides. */
  public static ConvGeometry padded(
      Shape image, int kernelHeight, int kernelWidth, int filters, int stride, int padding) {
    requireImage(image);
    return new ConvGeometry(
        image, kernelHeight, kernelWidth, filters, stride, padding, padding, padding, padding);
  }

  /**
   * The padding with which outputHeight = ceil(height / stride): {@code total = max(0, (outputHeight - 1)
   * stride + kernelHeight - height)}, half of it above, rounded down, and the rest below; columns likewise.
   */
  public static ConvGeometry same(
      Shape image, int kernelHeight, int kernelWidth, int filters, int stride) {
    requireImage(image);
    requireAtLeast(1, stride, "stride");
    int rows = samePadding(image.dim(0), kernelHeight, stride);
    int columns = samePadding(image.dim(1), kernelWidth, stride);
    return new ConvGeometry(
        image,
        kernelHeight,
        kernelWidth,
        filters,
        stride,
        rows / 2,
        rows - rows / 2,
        columns / 2,
        columns - columns / 2);
  }

  private static int samePadding(int size, int kernel, int stride) {
    return Math.max(0, (size - 1) / stride * stride + kernel - size);
  }

  private static void requireImage(Shape image) {
    if (image.rank() != 3) {
      throw new ShapeException(
          "convolution: expected images of shape (height, width, channels), found " + image);
    }
  }

  /** (height, width, channels). */
  public Shape imageShape() {
    return image;
  }

  /** (kernelHeight, kernelWidth, channels, filters). */
  public Shape weightShape() {
    return weight;
  }

  /** (outputHeight, outputWidth, filters). */
  public Shape outputShape() {
    return output;
  }

  /** How many kernels there are, each one channel of the output. */
  public int filters() {
    return weight.dim(3);
  }

  /** Values of each pixel of an image. */
  public int channels() {
    return image.dim(2);
  }

  /** Pixels from one place of a kernel to the next, both ways. */
  public int stride() {
    return stride;
  }

  /** Multiply-adds for one image, those with the zeros of the padding among them. */
  public long multiplyAdds() {
    return (long) weight.size() * output.dim(0) * output.dim(1);
  }

  /** What y sees of x. */
  Window ofInput() {
    return ofInput;
  }

  /** What dx sees of dy. */
  Window ofOutputGradient() {
    return ofOutputGradient;
  }

  /** Whether the convolution and its gradients are computed by minimal filtering, with bits of their own. */
  boolean isWinograd() {
    return Winograd.fits(ofInput, filters());
  }

  @Override
  public String toString() {
    return "convolution of " + image + " with " + weight + ", stride " + stride + ", to " + output;
  }
}
