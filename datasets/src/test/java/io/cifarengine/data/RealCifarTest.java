// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The real files, which the environment variable CIFAR_ENGINE_DATA names the folder of. */
class RealCifarTest {
  private static final Optional<String> DATA =
      Optional.ofNullable(System.getenv("CIFAR_ENGINE_DATA"))
          .filter(place -> !place.isBlank() && !place.equals("synthetic"));

  @Test
  void cifar10HasEqualClasses() throws IOException {
    assertEqualClasses(5_000, Cifar.train10(holding(Cifar.FOLDER_10)));
    assertEqualClasses(1_000, Cifar.test10(holding(Cifar.FOLDER_10)));
  }

  @Test
  void cifar100HasEqualClassesOfEitherKind() throws IOException {
    assertEqualClasses(500, Cifar.train100(holding(Cifar.FOLDER_100), Cifar.Labels.FINE));
    assertEqualClasses(2_500, Cifar.train100(holding(Cifar.FOLDER_100), Cifar.Labels.COARSE));
    assertEqualClasses(100, Cifar.test100(holding(Cifar.FOLDER_100), Cifar.Labels.FINE));
    assertEqualClasses(500, Cifar.test100(holding(Cifar.FOLDER_100), Cifar.Labels.COARSE));
  }

  /** The first pictures are known from every tutorial. */
  @Test
  void firstExamplesOfCifar10AreTheKnownOnes() throws IOException {
    assertFirst("frog", Cifar.train10(holding(Cifar.FOLDER_10)));
    assertFirst("cat", Cifar.test10(holding(Cifar.FOLDER_10)));
  }

  @Test
  void firstExamplesOfCifar100AreTheKnownOnes() throws IOException {
    assertFirst("cattle", Cifar.train100(holding(Cifar.FOLDER_100), Cifar.Labels.FINE));
    assertFirst(
        "large_omnivores_and_herbivores",
        Cifar.train100(holding(Cifar.FOLDER_100), Cifar.Labels.COARSE));
    assertFirst("mountain", Cifar.test100(holding(Cifar.FOLDER_100), Cifar.Labels.FINE));
  }

  /**
   * A float carries a relative error of at most u = 2^-24, and |y| is 1 in the root mean square, so the
   * mean moves by at most u and the deviation by about u (2 u allows for its second order).
   */
  @Test
  void zScoreGivesEveryChannelOfAnImageMeanZeroAndDeviationOne() throws IOException {
    ImageDataset images =
        Cifar.test100(holding(Cifar.FOLDER_100), Cifar.Labels.FINE)
            .normalization(Normalization.Z_SCORE);
    float[] y = new float[3072];
    ExampleReader reader = images.reader(Engine.scalar(1));
    for (int i = 0; i < images.size(); i++) {
      reader.read(i, y, 0);
      byte[] pixels = images.pixels(i);
      for (int c = 0; c < 3; c++) {
        double sum = 0;
        double squares = 0;
        boolean constant = true;
        for (int k = c * 1024; k < (c + 1) * 1024; k++) {
          sum += y[k];
          squares += (double) y[k] * y[k];
          constant &= pixels[k] == pixels[c * 1024];
        }
        double deviation = Math.sqrt(squares / 1024 - sum / 1024 * (sum / 1024));
        String what = "image " + i + ", channel " + c;
        assertEquals(0, sum / 1024, 0x1p-24, what);
        assertEquals(constant ? 0 : 1, deviation, 0x1p-23, what);
      }
    }
  }

  /**
   * Sums over the 50,000 training images that another program read from the same files; a mean is their
   * quotient to half a unit in the last place of a float, which is 2^-17 from 128 levels on and less
   * below.
   */
  @Test
  void theMeanImageOfCifar10IsTheKnownOne() throws IOException {
    MeanImage mean = MeanImage.of(Cifar.train10(holding(Cifar.FOLDER_10)));
    assertEquals(Shape.of(3, 32, 32), mean.shape());
    float[] levels = mean.levels();
    assertEquals(6_535_537 / 50_000.0, levels[0], 0x1p-17);
    assertEquals(6_507_018 / 50_000.0, levels[1], 0x1p-17);
    assertEquals(6_331_954 / 50_000.0, levels[1023], 0x1p-18);
    assertEquals(6_802_807 / 50_000.0, levels[1024], 0x1p-17);
    assertEquals(5_849_536 / 50_000.0, levels[1555], 0x1p-18);
    assertEquals(6_627_690 / 50_000.0, levels[2048], 0x1p-17);
    assertEquals(5_719_093 / 50_000.0, levels[3071], 0x1p-18);
    double sum = 0;
    for (float level : levels) {
      sum += level;
    }
    assertEquals(18_540_682_003L / 50_000.0, sum, 3072 * 0x1p-17);
  }

  private static void assertFirst(String name, ImageDataset images) {
    assertEquals(name, images.classNames().get(images.label(0)));
    long distinct =
        new String(images.pixels(0), StandardCharsets.ISO_8859_1).chars().distinct().count();
    assertTrue(distinct > 32, "a photograph has more than " + distinct + " levels");
  }

  private static void assertEqualClasses(int each, ImageDataset images) {
    int[] counts = new int[images.classes()];
    for (int i = 0; i < images.size(); i++) {
      counts[images.label(i)]++;
    }
    int[] expected = new int[images.classes()];
    Arrays.fill(expected, each);
    assertArrayEquals(expected, counts);
  }

  /** The data folder, where it has the folder of this set. */
  private static Path holding(String set) {
    Path folder =
        Path.of(DATA.orElseGet(() -> abort("CIFAR_ENGINE_DATA is not set: no real CIFAR here")));
    assumeTrue(Files.isDirectory(folder.resolve(set)), "no " + set + " in CIFAR_ENGINE_DATA");
    return folder;
  }
}
