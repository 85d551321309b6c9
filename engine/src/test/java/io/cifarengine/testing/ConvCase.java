// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.testing;

import io.cifarengine.compute.ConvGeometry;
import io.cifarengine.internal.conv.Window;
import io.cifarengine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The sizes of one convolution of n images, derived apart from {@link ConvGeometry}.
 *
 * @param padding on all four sides, or {@link #SAME}
 */
public record ConvCase(
    int n,
    int height,
    int width,
    int channels,
    int kernelHeight,
    int kernelWidth,
    int filters,
    int stride,
    int padding) {
  /** Padding with which an output has ceil(size / stride) places. */
  public static final int SAME = -1;

  /** Every kernel, stride and padding, then sizes that cross a tile, a block or a chunk. */
  public static List<ConvCase> all() {
    int[][] kernels = {{1, 1}, {3, 3}, {5, 5}, {2, 3}, {2, 2}};
    int[] channels = {1, 3, 2, 8, 5, 17, 4};
    int[] filters = {1, 10, 20, 32, 33, 64, 70};
    List<ConvCase> cases = new ArrayList<>();
    for (int[] kernel : kernels) {
      for (int stride = 1; stride <= 3; stride++) {
        for (int padding = SAME; padding <= 2; padding++) {
          int i = cases.size();
          int height = 5 + i % 4;
          int width = 5 + i % 3 * 2;
          cases.add(
              new ConvCase(
                  1 + i % 2,
                  height,
                  width,
                  channels[i % 7],
                  kernel[0],
                  kernel[1],
                  filters[i * 3 % 7],
                  stride,
                  padding));
        }
      }
    }
    cases.addAll(
        List.of(
            new ConvCase(1, 1, 1, 1, 1, 1, 1, 1, 0), // one product
            new ConvCase(3, 1, 1, 3, 3, 3, 10, 1, SAME), // one pixel, the rest padding
            new ConvCase(2, 1, 1, 1, 5, 5, 32, 2, SAME),
            new ConvCase(2, 1, 1, 2, 1, 1, 20, 3, 2), // a pixel that no kernel sees
            new ConvCase(2, 4, 5, 3, 4, 5, 33, 1, 0), // a kernel as large as the image
            new ConvCase(2, 3, 3, 2, 2, 2, 10, 7, 0), // a stride past the image
            new ConvCase(2, 1, 37, 1, 1, 3, 64, 1, SAME), // a line
            new ConvCase(2, 37, 1, 1, 3, 1, 1, 2, 1),
            new ConvCase(
                1, 7, 7, 64, 3, 3, 64, 1, SAME), // patches of 576, the deepest of one block
            new ConvCase(2, 5, 6, 65, 3, 3, 33, 1, SAME), // 585: two blocks of k
            new ConvCase(1, 5, 5, 130, 3, 3, 20, 2, 1), // 1170: three blocks
            new ConvCase(1, 6, 4, 96, 5, 5, 10, 1, 2), // 2400: five blocks
            new ConvCase(1, 9, 7, 4, 5, 5, 70, 1, SAME), // gradients of 1750: four blocks
            new ConvCase(2, 8, 8, 22, 3, 3, 70, 2, SAME), // rows of 66, whole tiles of 14 and ten
            new ConvCase(1, 9, 9, 192, 1, 1, 70, 1, 0), // one place a patch
            new ConvCase(2, 16, 15, 3, 3, 3, 32, 1, SAME), // 240 places: chunks of three
            new ConvCase(50, 8, 8, 3, 3, 3, 32, 1, SAME), // five chunks of ten
            new ConvCase(50, 9, 9, 2, 2, 2, 33, 2, SAME), // two chunks of 26, one of them short
            new ConvCase(50, 7, 8, 8, 3, 3, 20, 1, 0), // 30 places: chunks of 22, and one of six
            new ConvCase(50, 3, 3, 5, 3, 3, 70, 1, 0), // one place: one chunk
            new ConvCase(50, 12, 12, 3, 5, 5, 10, 1, 0), // ten chunks of ten; threads
            new ConvCase(50, 6, 6, 16, 3, 3, 10, 1, SAME), // three chunks; threads
            new ConvCase(3, 20, 32, 1, 3, 3, 10, 1, SAME), // 640 places: an image is a chunk
            new ConvCase(3, 639, 1, 1, 3, 1, 10, 1, 1), // 639: a chunk of two, and one
            new ConvCase(3, 641, 1, 1, 1, 1, 1, 1, 0),
            new ConvCase(2, 32, 32, 3, 3, 3, 32, 1, SAME), // all threads from here on
            new ConvCase(5, 16, 16, 32, 3, 3, 10, 1, SAME),
            new ConvCase(5, 13, 11, 20, 3, 3, 64, 2, 1),
            new ConvCase(3, 28, 28, 1, 5, 5, 64, 1, 0)));
    cases.addAll(minimalCases());
    return cases;
  }

  /** Those computed by minimal filtering: every padding, and sizes that cross a tile, a panel, a block or a chunk. */
  public static List<ConvCase> minimalCases() {
    return List.of(
        new ConvCase(1, 4, 4, 32, 3, 3, 32, 1, SAME), // one tile
        new ConvCase(2, 8, 12, 48, 3, 3, 80, 1, SAME), // 12 tiles; half a panel
        new ConvCase(1, 12, 8, 128, 3, 3, 112, 1, 1), // the most channels
        new ConvCase(2, 12, 24, 32, 3, 3, 48, 1, 1), // pooled by threes, four bands at a time
        new ConvCase(3, 4, 8, 64, 3, 3, 32, 1, 3), // larger by four
        new ConvCase(5, 16, 16, 64, 3, 3, 64, 1, SAME), // parts of 28 tiles and of 24; threads
        new ConvCase(13, 16, 16, 32, 3, 3, 32, 1, SAME), // three chunks, one of them short
        new ConvCase(30, 8, 20, 32, 3, 3, 32, 1, SAME)); // chunks of 100 tiles: two blocks
  }

  /** Whether it is one of those, by the rule that is documented. */
  public boolean minimal() {
    boolean suits = true;
    for (int count : new int[] {channels, filters}) {
      suits &= List.of(32, 48, 64, 80, 96, 112, 128).contains(count);
    }
    return suits
        && kernelHeight == 3
        && kernelWidth == 3
        && stride == 1
        && height % 4 == 0
        && width % 4 == 0
        && outputHeight() % 4 == 0
        && outputWidth() % 4 == 0;
  }

  /** How many images may have their gradients in one chain. */
  public int imagesOfChunk() {
    return (int) Math.ceil((minimal() ? 1536.0 : 640.0) / places());
  }

  /** This convolution of other images. */
  public ConvCase ofImages(int images) {
    return new ConvCase(
        images, height, width, channels, kernelHeight, kernelWidth, filters, stride, padding);
  }

  /** Rows of padding above an image. */
  public int top() {
    return padding == SAME ? sameBefore(height, kernelHeight) : padding;
  }

  /** Columns of padding before an image. */
  public int left() {
    return padding == SAME ? sameBefore(width, kernelWidth) : padding;
  }

  private int sameBefore(int size, int kernel) {
    int lastKernel = (same(size) - 1) * stride;
    return Math.max(0, lastKernel + kernel - size) / 2;
  }

  private int same(int size) {
    return (int) Math.ceil((double) size / stride);
  }

  /** Rows of an output. */
  public int outputHeight() {
    return padding == SAME ? same(height) : placesOf(height, kernelHeight);
  }

  /** Columns of an output. */
  public int outputWidth() {
    return padding == SAME ? same(width) : placesOf(width, kernelWidth);
  }

  private int placesOf(int size, int kernel) {
    int places = 0;
    for (int at = -padding; at + kernel <= size + padding; at += stride) {
      places++;
    }
    return places;
  }

  /** Places of the output of one image. */
  public int places() {
    return outputHeight() * outputWidth();
  }

  /** Elements of x. */
  public int xSize() {
    return n * height * width * channels;
  }

  /** Elements of W. */
  public int wSize() {
    return patch() * filters;
  }

  /** Elements of y. */
  public int ySize() {
    return n * places() * filters;
  }

  /** Terms of the chain of an output. */
  public int patch() {
    return kernelHeight * kernelWidth * channels;
  }

  /** Terms of the chain of an element of dx. */
  public int gradientPatch() {
    return kernelHeight * kernelWidth * filters;
  }

  /** Roundings on the way to an element of dW and db: one for each term of a chunk, then one a chunk. */
  public int weightRoundings() {
    int chunks = (n + imagesOfChunk() - 1) / imagesOfChunk();
    return Math.min(n, imagesOfChunk()) * places() + chunks - 1;
  }

  /** What y sees of x. */
  public Window window() {
    return new Window(
        height,
        width,
        channels,
        kernelHeight,
        kernelWidth,
        stride,
        1,
        top(),
        left(),
        outputHeight(),
        outputWidth());
  }

  /** What dx sees of dy. */
  public Window gradientWindow() {
    return new Window(
        outputHeight(),
        outputWidth(),
        filters,
        kernelHeight,
        kernelWidth,
        1,
        stride,
        kernelHeight - 1 - top(),
        kernelWidth - 1 - left(),
        height,
        width);
  }

  /** The same sizes for the engine. */
  public ConvGeometry geometry() {
    Shape image = Shape.of(height, width, channels);
    return switch (padding) {
      case SAME -> ConvGeometry.same(image, kernelHeight, kernelWidth, filters, stride);
      case 0 -> ConvGeometry.valid(image, kernelHeight, kernelWidth, filters, stride);
      default -> ConvGeometry.padded(image, kernelHeight, kernelWidth, filters, stride, padding);
    };
  }
}
