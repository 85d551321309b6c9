// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import io.cifarengine.tensor.Shape;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a window of (height, width) lies on images (rows, columns, channels): the one at (oy, ox) begins
 * at row oy stride - top and column ox stride - left.
 */
record ReferenceWindow(
    int rows,
    int columns,
    int channels,
    int height,
    int width,
    int stride,
    int top,
    int left,
    int outputRows,
    int outputColumns) {
  private static final Pattern SIZE = Pattern.compile("(\\d+)x(\\d+)");

  /** Kernels of a layer that is written such as {@code conv(8, 5x5, stride 2, padding 1)}. */
  static ReferenceWindow ofConvolution(String written, Shape image) {
    Matcher size = size(written);
    int height = Integer.parseInt(size.group(1));
    int width = Integer.parseInt(size.group(2));
    int stride = numberBehind("stride ", written, 1);
    if (written.contains("same")) {
      int outputRows = (image.dim(0) + stride - 1) / stride; // ceil(rows / stride)
      int outputColumns = (image.dim(1) + stride - 1) / stride;
      int above = Math.max(0, (outputRows - 1) * stride + height - image.dim(0)) / 2;
      int before = Math.max(0, (outputColumns - 1) * stride + width - image.dim(1)) / 2;
      return of(image, height, width, stride, above, before, outputRows, outputColumns);
    }
    int padding = numberBehind("padding ", written, 0);
    int outputRows = (image.dim(0) + 2 * padding - height) / stride + 1;
    int outputColumns = (image.dim(1) + 2 * padding - width) / stride + 1;
    return of(image, height, width, stride, padding, padding, outputRows, outputColumns);
  }

  /** Windows of a layer that is written such as {@code maxpool(3x3, stride 2)}. */
  static ReferenceWindow ofPooling(String written, Shape image) {
    Matcher size = size(written);
    int height = Integer.parseInt(size.group(1));
    int width = Integer.parseInt(size.group(2));
    int stride = numberBehind("stride ", written, height);
    int outputRows = (image.dim(0) - height) / stride + 1;
    int outputColumns = (image.dim(1) - width) / stride + 1;
    return of(image, height, width, stride, 0, 0, outputRows, outputColumns);
  }

  private static ReferenceWindow of(
      Shape image, int height, int width, int stride, int top, int left, int rows, int columns) {
    return new ReferenceWindow(
        image.dim(0), image.dim(1), image.dim(2), height, width, stride, top, left, rows, columns);
  }

  private static Matcher size(String written) {
    Matcher size = SIZE.matcher(written);
    if (!size.find()) {
      throw new IllegalStateException(written + ": expected a size such as 3x3");
    }
    return size;
  }

  private static int numberBehind(String word, String written, int otherwise) {
    Matcher number = Pattern.compile(word + "(\\d+)").matcher(written);
    return number.find() ? Integer.parseInt(number.group(1)) : otherwise;
  }

  /** How many windows lie on one image. */
  int places() {
    return outputRows * outputColumns;
  }

  /** How many pixels a window has. */
  int taps() {
    return height * width;
  }

  /**
   * The first value of a pixel in a batch, -1 where it lies outside its image.
   *
   * @param place of the window among those of the whole batch, row by row
   * @param tap of the pixel in the window, row by row
   */
  int at(int place, int tap) {
    int example = place / places();
    int oy = place % places() / outputColumns;
    int ox = place % outputColumns;
    int y = oy * stride - top + tap / width;
    int x = ox * stride - left + tap % width;
    boolean inside = y >= 0 && y < rows && x >= 0 && x < columns;
    return inside ? ((example * rows + y) * columns + x) * channels : -1;
  }
}
