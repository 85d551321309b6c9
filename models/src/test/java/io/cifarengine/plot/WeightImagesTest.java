// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class WeightImagesTest {
  /** (3 channels, 1 row, 2 columns) of 2 images: minimum -1, maximum 1, so 0 is 127.5, up to 128. */
  private static final float[] SMALL = {
    -1,
    0.2f, // red of pixel 0, of both images
    1,
    0.41f, // red of pixel 1
    0,
    -0.2f, // green of pixel 0
    -1,
    -0.41f, // green of pixel 1
    0.5f,
    0.6f, // blue of pixel 0
    -0.5f,
    -0.6f // blue of pixel 1
  };

  private static final int[] FIRST = {0x0080BF, 0xFF0040};
  private static final int[] SECOND = {0x9966CC, 0xB44B33};

  private static int[][] read(byte[] png) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    assertNotNull(picture);
    int[][] pixels = new int[picture.getHeight()][picture.getWidth()];
    for (int y = 0; y < pixels.length; y++) {
      for (int x = 0; x < pixels[y].length; x++) {
        pixels[y][x] = picture.getRGB(x, y) & 0xFFFFFF;
      }
    }
    return pixels;
  }

  @Test
  void oneScaleHoldsForAllImagesAndThePixelsAreExact() throws IOException {
    WeightImages images = WeightImages.of(SMALL, 3, 1, 2, 2);
    assertEquals(2, images.count());
    assertArrayEquals(new int[][] {FIRST}, read(images.png(0, 1)));
    assertArrayEquals(new int[][] {SECOND}, read(images.png(1, 1)));
  }

  @Test
  void aRangeKeepsTheScaleOfAll() throws IOException {
    WeightImages second = WeightImages.of(SMALL, 3, 1, 2, 2).range(1, 2);
    assertEquals(1, second.count());
    assertArrayEquals(new int[][] {SECOND}, read(second.png(0, 1)));
  }

  @Test
  void enlargingRepeatsPixels() throws IOException {
    int[] row = {FIRST[0], FIRST[0], FIRST[0], FIRST[1], FIRST[1], FIRST[1]};
    assertArrayEquals(
        new int[][] {row, row, row}, read(WeightImages.of(SMALL, 3, 1, 2, 2).png(0, 3)));
  }

  @Test
  void aSheetHasItsImagesRowByRowWithWhiteGaps() throws IOException {
    int white = 0xFFFFFF;
    WeightImages images = WeightImages.of(SMALL, 3, 1, 2, 2);
    int[] sideBySide = {FIRST[0], FIRST[1], white, SECOND[0], SECOND[1]};
    assertArrayEquals(new int[][] {sideBySide}, read(images.sheetPng(5, 1, 1)));
    assertArrayEquals(new int[][] {FIRST, {white, white}, SECOND}, read(images.sheetPng(1, 1, 1)));
  }

  @Test
  void anIncompleteLastRowIsWhite() throws IOException {
    WeightImages images = WeightImages.of(new float[] {0, 1, 0.5f}, 1, 1, 1, 3);
    assertArrayEquals(
        new int[][] {{0x000000, 0xFFFFFF}, {0x808080, 0xFFFFFF}}, read(images.sheetPng(2, 1, 0)));
  }

  @Test
  void theLayoutIsThatOfCifar() throws IOException {
    float[] weights = new float[3072 * 10];
    int channel = 1;
    int row = 5;
    int column = 30;
    weights[(channel * 1024 + row * 32 + column) * 10 + 7] = 1;
    int[][] pixels = read(WeightImages.of(weights, 3, 32, 32, 10).sheetPng(5, 1, 2));
    assertEquals(2 * 32 + 2, pixels.length);
    assertEquals(5 * 32 + 4 * 2, pixels[0].length);
    // Image 7 is the third of the second row.
    assertEquals(0x00FF00, pixels[34 + row][2 * 34 + column]);
    assertEquals(0x000000, pixels[34 + column][2 * 34 + row]);
  }

  @Test
  void equalWeightsAreBlackAndTheWidestRangeDoesNotOverflow() throws IOException {
    assertArrayEquals(
        new int[][] {{0, 0}}, read(WeightImages.of(new float[] {3, 3}, 1, 1, 2, 1).png(0, 1)));
    float[] widest = {-Float.MAX_VALUE, Float.MAX_VALUE};
    assertArrayEquals(
        new int[][] {{0, 0xFFFFFF}}, read(WeightImages.of(widest, 1, 1, 2, 1).png(0, 1)));
  }

  @Test
  void whatIsNoWeightOrNoSizeIsRefusedInOneLine() {
    refused("3 * 1 * 2 * 3 = 18 weights, found 12", () -> WeightImages.of(SMALL, 3, 1, 2, 3));
    refused("1 or 3 channels, found 2", () -> WeightImages.of(SMALL, 2, 1, 3, 2));
    refused("at least 1, found 0, 2, 2", () -> WeightImages.of(SMALL, 3, 0, 2, 2));
    refused("weight 1 is NaN", () -> WeightImages.of(new float[] {0, Float.NaN}, 1, 1, 2, 1));
    WeightImages images = WeightImages.of(SMALL, 3, 1, 2, 2);
    refused("an image of 0..1, found 2", () -> images.png(2, 1));
    refused("a range in 0..2, found 1..3", () -> images.range(1, 3));
    refused("a range in 0..2, found 1..1", () -> images.range(1, 1));
    refused("a factor of 1 or more, found 0", () -> images.png(0, 0));
    refused("found 0 and 1", () -> images.sheetPng(0, 1, 1));
    refused("found 5 and -1", () -> images.sheetPng(5, 1, -1));
  }

  private static void refused(String words, Runnable call) {
    var error = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(String.valueOf(error.getMessage()).contains(words), error.getMessage());
  }
}
