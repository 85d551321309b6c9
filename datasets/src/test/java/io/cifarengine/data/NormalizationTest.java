// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NormalizationTest {
  /** Half a unit in the last place of a float, relative to it. */
  private static final double U = 0x1p-24;

  @Test
  void unitIsTheByteOver255Rounded() {
    int[] all = new int[256];
    for (int value = 0; value < 256; value++) {
      all[value] = value;
    }
    float[] y = Pictures.read(Pictures.one(all), 0);
    for (int value = 0; value < 256; value++) {
      assertEquals((float) (value / 255.0), y[value]);
    }
    assertEquals(0f, y[0]);
    assertEquals(1f, y[255]);
  }

  @Test
  void zScoreOfAConstantChannelIsZero() {
    for (int value : new int[] {0, 17, 128, 255}) {
      ImageDataset flat = Pictures.one(value, value, value, value, value, value, value);
      assertArrayEquals(new float[7], zScore(flat, 0), "all " + value);
    }
    assertArrayEquals(new float[1], zScore(Pictures.one(200), 0), "one pixel");
  }

  @Test
  void aConstantChannelLeavesTheOthersAlone() {
    byte[] bytes = {9, 9, 9, 9, 1, 3, 1, 3};
    ImageDataset two =
        ImageDataset.of(new ImageBytes(bytes, 8, 0, 2, 2, 2), new int[1], List.of("only"));
    assertArrayEquals(new float[] {0, 0, 0, 0, -1, 1, -1, 1}, zScore(two, 0));
  }

  /**
   * The smallest deviation that 1024 bytes can have is that of one pixel one level above the others:
   * the outlier is then sqrt(n - 1) deviations above the mean, the others 1 / sqrt(n - 1) below.
   */
  @Test
  void zScoreOfOneOutlierByOneLevelIsRight() {
    int[] pixels = new int[1024];
    Arrays.fill(pixels, 254);
    pixels[77] = 255;
    float[] y = zScore(Pictures.one(pixels), 0);
    double root = Math.sqrt(1023);
    // A float of that size, with the double formula behind it right to some 1e-12.
    assertEquals(root, y[77], root * U + 1e-11);
    assertEquals(-1 / root, y[0], U / root + 1e-11);
  }

  /**
   * The formula in doubles has a rounding error of some 255 u / deviation, u = 2^-53, which is below
   * 1e-11 even at the least deviation, 1/32; what a float adds is its own last half unit.
   */
  @Test
  void zScoreEqualsThePlainFormulaInDoubles() {
    ImageDataset images = Pictures.random(20, 3, 32, 32);
    for (int i = 0; i < images.size(); i++) {
      byte[] pixels = images.pixels(i);
      float[] y = zScore(images, i);
      for (int c = 0; c < 3; c++) {
        double mean = 0;
        for (int k = c * 1024; k < (c + 1) * 1024; k++) {
          mean += (pixels[k] & 0xFF) / 1024.0;
        }
        double variance = 0;
        for (int k = c * 1024; k < (c + 1) * 1024; k++) {
          double d = (pixels[k] & 0xFF) - mean;
          variance += d * d / 1024;
        }
        for (int k = c * 1024; k < (c + 1) * 1024; k++) {
          double expected = ((pixels[k] & 0xFF) - mean) / Math.sqrt(variance);
          assertEquals(expected, y[k], Math.abs(expected) * U + 1e-11);
        }
      }
    }
  }

  /**
   * Three roundings, of a difference, of k and of a product, each of at most u relative to what it
   * rounds; 2^-40 is more than their products and the error of the doubles. Relative to y itself, even
   * where the mean and the pixel are nearly the same.
   */
  @Test
  void centeredIsTheScaledDifferenceFromTheMeanImage() {
    ImageDataset images = Pictures.random(50, 3, 32, 32);
    MeanImage mean = MeanImage.of(images);
    float[] levels = mean.levels();
    for (double scale : new double[] {1, 100, 0.3, 1e-20, 1e20}) {
      ImageDataset centered = images.normalization(Normalization.centered(mean, scale));
      for (int i = 0; i < images.size(); i++) {
        byte[] pixels = images.pixels(i);
        float[] y = Pictures.read(centered, i);
        for (int p = 0; p < y.length; p++) {
          double expected = scale * ((pixels[p] & 0xFF) - (double) levels[p]) / 255;
          assertEquals(expected, y[p], Math.abs(expected) * (3 * U + 0x1p-40));
        }
      }
    }
  }

  /** The operations are a contract: another order of them would be other bits. */
  @Test
  void centeredSubtractsInFloatAndMultipliesByTheRoundedScale() {
    ImageDataset images = Pictures.random(9, 3, 4, 4);
    MeanImage mean = MeanImage.of(images);
    float k = (float) (100 / 255.0);
    ImageDataset centered = images.normalization(Normalization.centered(mean, 100));
    for (int i = 0; i < images.size(); i++) {
      float[] y = Pictures.read(centered, i);
      for (int p = 0; p < y.length; p++) {
        float difference = (float) (images.pixels(i)[p] & 0xFF) - mean.levels()[p];
        assertEquals(difference * k, y[p]);
      }
    }
  }

  @Test
  void aMeanImageFromItsOwnLevelsNormalizesToTheSameBits() {
    ImageDataset images = Pictures.random(7, 3, 5, 4);
    MeanImage mean = MeanImage.of(images);
    MeanImage again = MeanImage.of(mean.shape(), mean.levels());
    for (int i = 0; i < images.size(); i++) {
      assertArrayEquals(
          Pictures.read(images.normalization(Normalization.centered(mean, 100)), i),
          Pictures.read(images.normalization(Normalization.centered(again, 100)), i));
    }
  }

  @Test
  void theMeanIsThatOfAnotherSetWhereItIsTakenFromThere() {
    MeanImage mean = MeanImage.of(Shape.of(1, 1, 3), new float[] {0, 51, 255});
    ImageDataset image = Pictures.one(255, 0, 255);
    assertArrayEquals(
        new float[] {255 * (1 / 255f), -51 * (1 / 255f), 0},
        Pictures.read(image.normalization(Normalization.centered(mean, 1)), 0));
  }

  @Test
  void namesAreStable() {
    MeanImage mean = MeanImage.of(Pictures.one(1, 2));
    assertEquals("unit", Normalization.UNIT.describe());
    assertEquals("z-score", Normalization.Z_SCORE.describe());
    assertEquals("mean-image x1", Normalization.centered(mean, 1).describe());
    assertEquals("mean-image x100", Normalization.centered(mean, 100).describe());
    assertEquals("mean-image x0.1", Normalization.centered(mean, 0.1).toString());
  }

  /** The scales differ from their 12 digits, the first by enough for another float. */
  @Test
  void aNameReadsBackAsTheSameNormalization() {
    MeanImage mean = MeanImage.of(Shape.of(1, 1, 2), new float[] {0, 0});
    ImageDataset image = Pictures.one(255, 77);
    for (double scale : new double[] {1.000000355998054, 0.1 + 0.2, 1 / 3.0, 1e20 / 3}) {
      Normalization written = Normalization.centered(mean, scale);
      String name = written.describe();
      Normalization read = Normalization.named(name, Optional.of(mean));
      assertEquals(scale, Double.parseDouble(name.substring("mean-image x".length())));
      assertArrayEquals(
          Pictures.read(image.normalization(written), 0),
          Pictures.read(image.normalization(read), 0),
          name);
    }
  }

  @Test
  void aMeanImageOfAnotherShapeIsRefused() {
    MeanImage mean = MeanImage.of(Pictures.random(1, 3, 2, 4));
    assertEquals(
        "normalization: expected a mean image of shape [3, 4, 2], found [3, 2, 4]; take it from"
            + " images of the same size",
        assertThrows(
                ShapeException.class,
                () ->
                    Pictures.random(1, 3, 4, 2)
                        .layout(Layout.NHWC)
                        .normalization(Normalization.centered(mean, 1)))
            .getMessage());
  }

  @Test
  void aScaleIsPositiveAndLeavesFloats() {
    MeanImage mean = MeanImage.of(Pictures.one(1, 2));
    for (double scale : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e39, 1e-38}) {
      assertEquals(
          "normalization: expected a positive scale whose 255th part is a float, found " + scale,
          assertThrows(IllegalArgumentException.class, () -> Normalization.centered(mean, scale))
              .getMessage());
    }
  }

  private static float[] zScore(ImageDataset images, int index) {
    return Pictures.read(images.normalization(Normalization.Z_SCORE), index);
  }
}
