// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;
import org.junit.jupiter.api.Test;

class MeanImageTest {
  private static final Shape TWO = Shape.of(1, 1, 2);

  /** The sum is an integer and the quotient rounded once: equal, not merely close. */
  @Test
  void everyPixelIsTheQuotientOfItsSum() {
    for (int n : new int[] {1, 2, 7, 100}) {
      ImageDataset images = Pictures.random(n, 3, 4, 5);
      MeanImage mean = MeanImage.of(images);
      assertEquals(Shape.of(3, 4, 5), mean.shape());
      for (int p = 0; p < 60; p++) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
          sum += images.pixels(i)[p] & 0xFF;
        }
        assertEquals((float) (sum / (double) n), mean.levels()[p], n + " images, pixel " + p);
      }
    }
  }

  @Test
  void onlyTheSelectedImagesCountAndEachAsOftenAsItIsSelected() {
    ImageDataset images = Pictures.random(5, 1, 1, 1);
    int a = images.pixels(3)[0] & 0xFF;
    int b = images.pixels(1)[0] & 0xFF;
    MeanImage mean = MeanImage.of(images.select(new int[] {3, 1, 3}));
    assertEquals((float) ((2 * a + b) / 3.0), mean.levels()[0]);
  }

  @Test
  void layoutAndNormalizationOfTheSetDoNotMatter() {
    ImageDataset images = Pictures.random(5, 3, 2, 4);
    ImageDataset other = images.layout(Layout.NHWC).normalization(Normalization.Z_SCORE);
    assertArrayEquals(MeanImage.of(images).levels(), MeanImage.of(other).levels());
    assertEquals(MeanImage.of(images).shape(), MeanImage.of(other).shape());
  }

  /** Ten classes of synthetic images take every way that CIFAR-10 takes. */
  @Test
  void centeredSyntheticImagesOfTenClassesHaveMeanZero() {
    ImageDataset images =
        SyntheticImages.tenClasses(1).dataset(SyntheticImages.Split.TRAIN, 200, Cifar.Labels.FINE);
    assertEquals(10, images.classes());
    ImageDataset centered = images.normalization(Normalization.centered(MeanImage.of(images), 100));
    double[] sums = new double[SyntheticImages.BYTES];
    for (int i = 0; i < images.size(); i++) {
      float[] y = Pictures.read(centered, i);
      for (int p = 0; p < y.length; p++) {
        sums[p] += y[p];
      }
    }
    // Each y is at most 100 and right to 3 u; the mean is right to u 255 levels, which is 100 u.
    for (double sum : sums) {
      assertEquals(0, sum / images.size(), 400 * 0x1p-24 * 1.001);
    }
  }

  @Test
  void noOneElseChangesTheLevels() {
    float[] levels = {1, 2};
    MeanImage mean = MeanImage.of(TWO, levels);
    levels[0] = 9;
    mean.levels()[1] = 9;
    assertArrayEquals(new float[] {1, 2}, mean.levels());
  }

  @Test
  void anEmptySetHasNoMean() {
    assertEquals(
        "mean image: expected at least 1 image, found none",
        assertThrows(
                IllegalArgumentException.class,
                () -> MeanImage.of(Pictures.random(1, 1, 1, 1).first(0)))
            .getMessage());
  }

  @Test
  void aShapeOfAnotherSizeOrRankIsRefused() {
    for (Shape shape : new Shape[] {Shape.of(2), Shape.of(1, 2, 2), Shape.of(1, 1, 1, 2)}) {
      assertEquals(
          "mean image: expected (channels, height, width) of 2 levels, found " + shape,
          assertThrows(ShapeException.class, () -> MeanImage.of(shape, new float[2])).getMessage());
    }
  }

  @Test
  void aLevelThatNoByteReachesIsRefused() {
    for (float bad : new float[] {-0.1f, 255.1f, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertEquals(
          "mean image: level of pixel 1 out of range (expected 0 to 255, found " + bad + ")",
          assertThrows(
                  IllegalArgumentException.class, () -> MeanImage.of(TWO, new float[] {0, bad}))
              .getMessage());
    }
    assertArrayEquals(new float[] {0, 255}, MeanImage.of(TWO, new float[] {0, 255}).levels());
  }
}
