// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.plot;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * pixel = round(255 (w - min W) / (max W - min W)): the columns of a linear classifier's weights as
 * images, with one scale for all of them. W is (channels height width, n), row-major; a column holds
 * its image planar, as (channel, row, column).
 */
public final class WeightImages {
  private static final int PAPER = 0xFFFFFF;

  private final int[][] pixels; // per image, row-major, 0xRRGGBB
  private final int height;
  private final int width;

  private WeightImages(int[][] pixels, int height, int width) {
    this.pixels = pixels;
    this.height = height;
    this.width = width;
  }

  /**
   * The n images of {@code weights}, which is read and not kept. Weights that are all equal give
   * black.
   *
   * @param channels 3 (red, green, blue) or 1 (grey)
   * @throws IllegalArgumentException if the sizes disagree or a weight is not finite
   */
  public static WeightImages of(float[] weights, int channels, int height, int width, int n) {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "weight images: expected 1 or 3 channels, found " + channels);
    }
    if (height < 1 || width < 1 || n < 1) {
      throw new IllegalArgumentException(
          "weight images: expected height, width and n of at least 1, found "
              + (height + ", " + width + ", " + n));
    }
    long expected = (long) channels * height * width * n;
    if (weights.length != expected) {
      throw new IllegalArgumentException(
          "weight images: expected "
              + (channels + " * " + height + " * " + width + " * " + n + " = " + expected)
              + (" weights, found " + weights.length));
    }
    int[] levels = levels(weights);
    int area = height * width;
    int[][] pixels = new int[n][area];
    for (int image = 0; image < n; image++) {
      for (int p = 0; p < area; p++) {
        int red = levels[p * n + image];
        int green = channels == 3 ? levels[(area + p) * n + image] : red;
        int blue = channels == 3 ? levels[(2 * area + p) * n + image] : red;
        pixels[image][p] = red << 16 | green << 8 | blue;
      }
    }
    return new WeightImages(pixels, height, width);
  }

  private static int[] levels(float[] weights) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < weights.length; i++) {
      if (!Float.isFinite(weights[i])) {
        throw new IllegalArgumentException(
            "weight images: weight " + i + " is " + weights[i] + "; expected a finite number");
      }
      min = Math.min(min, weights[i]);
      max = Math.max(max, weights[i]);
    }
    double span = max > min ? max - min : 1;
    int[] levels = new int[weights.length];
    for (int i = 0; i < weights.length; i++) {
      levels[i] = (int) Math.round(255 * ((weights[i] - min) / span));
    }
    return levels;
  }

  /**
   * The images from one to before another, on the scale that they have among all.
   *
   * @throws IllegalArgumentException if there are no such images
   */
  public WeightImages range(int from, int to) {
    if (from < 0 || to > pixels.length || from >= to) {
      throw new IllegalArgumentException(
          "weight images: expected a range in 0.."
              + (pixels.length + ", found " + from + ".." + to));
    }
    return new WeightImages(Arrays.copyOfRange(pixels, from, to), height, width);
  }

  /** n. */
  public int count() {
    return pixels.length;
  }

  /**
   * One image as PNG, each pixel a square of {@code factor} pixels.
   *
   * @throws IllegalArgumentException if there is no such image or the factor is below 1
   */
  public byte[] png(int image, int factor) {
    if (image < 0 || image >= pixels.length) {
      throw new IllegalArgumentException(
          "weight images: expected an image of 0.." + (pixels.length - 1) + ", found " + image);
    }
    BufferedImage picture = picture(1, 1, factor, 0);
    draw(picture, image, 0, 0, factor);
    return png(picture);
  }

  /**
   * All images as one PNG, row by row, with {@code gap} white pixels between them.
   *
   * @throws IllegalArgumentException if there is no column, a factor below 1 or a gap below 0
   */
  public byte[] sheetPng(int columns, int factor, int gap) {
    if (columns < 1 || gap < 0) {
      throw new IllegalArgumentException(
          "weight images: expected 1 column or more and no gap below 0, found "
              + (columns + " and " + gap));
    }
    int used = Math.min(columns, pixels.length);
    int rows = (pixels.length + used - 1) / used;
    BufferedImage sheet = picture(used, rows, factor, gap);
    for (int image = 0; image < pixels.length; image++) {
      int x = image % used * (width * factor + gap);
      int y = image / used * (height * factor + gap);
      draw(sheet, image, x, y, factor);
    }
    return png(sheet);
  }

  private BufferedImage picture(int columns, int rows, int factor, int gap) {
    if (factor < 1) {
      throw new IllegalArgumentException(
          "weight images: expected a factor of 1 or more, found " + factor);
    }
    int wide = columns * width * factor + (columns - 1) * gap;
    int high = rows * height * factor + (rows - 1) * gap;
    BufferedImage picture = new BufferedImage(wide, high, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[wide];
    Arrays.fill(row, PAPER);
    for (int y = 0; y < high; y++) {
      picture.setRGB(0, y, wide, 1, row, 0, wide);
    }
    return picture;
  }

  private void draw(BufferedImage picture, int image, int left, int top, int factor) {
    for (int y = 0; y < height * factor; y++) {
      for (int x = 0; x < width * factor; x++) {
        picture.setRGB(left + x, top + y, pixels[image][y / factor * width + x / factor]);
      }
    }
  }

  /** The pixels are the same everywhere; how well a JDK packs them, and so the bytes, may differ. */
  private static byte[] png(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // A stream of ImageIO's own choice would write a temporary file.
    try (var stream = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(picture, "png", stream)) {
        throw new IllegalStateException("weight images: this Java has no PNG writer");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("weight images: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }
}
