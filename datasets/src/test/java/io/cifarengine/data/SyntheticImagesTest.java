// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.data.SyntheticImages.Split;
import io.cifarengine.random.Randoms;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SyntheticImagesTest {
  private static final SyntheticImages HUNDRED = SyntheticImages.coarseAndFine(42);
  private static final SyntheticImages TEN = SyntheticImages.tenClasses(42);

  @Test
  void theFirst200ImagesOfAHundredClassesKeepTheirBytes() throws NoSuchAlgorithmException {
    assertEquals(
        "5f19ead9d1f5bfacf81fc90b74aaebe634a02226130c4b3ed782adecb1b49ca2",
        sha256(HUNDRED.records(Split.TRAIN, 200)));
  }

  @Test
  void theFirst200ImagesOfTenClassesKeepTheirBytes() throws NoSuchAlgorithmException {
    assertEquals(
        "2843a3373ec54a235c1b25cb32af1e762979b556f78f64947442830e880ee511",
        sha256(TEN.records(Split.TRAIN, 200)));
  }

  @Test
  void recordsAreLabelsAndPixelsAsCifar100HasThem() {
    byte[] records = HUNDRED.records(Split.TEST, 7);
    assertEquals(7 * 3074, records.length);
    byte[] image = new byte[SyntheticImages.BYTES];
    for (int i = 0; i < 7; i++) {
      assertEquals(HUNDRED.coarseLabel(Split.TEST, i), records[i * 3074]);
      assertEquals(HUNDRED.fineLabel(Split.TEST, i), records[i * 3074 + 1]);
      HUNDRED.image(Split.TEST, i, image, 0);
      assertArrayEquals(image, Arrays.copyOfRange(records, i * 3074 + 2, (i + 1) * 3074));
    }
  }

  @Test
  void recordsAreLabelAndPixelsAsCifar10HasThem() {
    byte[] records = TEN.records(Split.TEST, 7);
    assertEquals(7 * 3073, records.length);
    byte[] image = new byte[SyntheticImages.BYTES];
    for (int i = 0; i < 7; i++) {
      assertEquals(TEN.fineLabel(Split.TEST, i), records[i * 3073]);
      assertEquals(TEN.coarseLabel(Split.TEST, i), records[i * 3073]);
      TEN.image(Split.TEST, i, image, 0);
      assertArrayEquals(image, Arrays.copyOfRange(records, i * 3073 + 1, (i + 1) * 3073));
    }
  }

  @Test
  void anImageIsTheSameHoweverManyAreAsked() {
    byte[] few = HUNDRED.records(Split.TRAIN, 3);
    byte[] many = SyntheticImages.coarseAndFine(42).records(Split.TRAIN, 30);
    assertArrayEquals(few, Arrays.copyOf(many, few.length));
  }

  @Test
  void anImageTouchesOnlyItsOwnBytes() {
    byte[] target = new byte[SyntheticImages.BYTES + 20];
    Arrays.fill(target, (byte) 99);
    HUNDRED.image(Split.TRAIN, 5, target, 10);
    for (int i = 0; i < 10; i++) {
      assertEquals(99, target[i]);
      assertEquals(99, target[target.length - 1 - i]);
    }
  }

  @Test
  void aLabelDoesNotSayWhichImageItIs() {
    // Two images of one class from different places differ in most of their bytes.
    int first = 0;
    int second = 100;
    while (HUNDRED.fineLabel(Split.TRAIN, second) != HUNDRED.fineLabel(Split.TRAIN, first)) {
      second++;
    }
    assertTrue(
        differences(image(HUNDRED, Split.TRAIN, first), image(HUNDRED, Split.TRAIN, second))
            > SyntheticImages.BYTES / 2);
  }

  @Test
  void trainAndTestImagesAreDifferent() throws NoSuchAlgorithmException {
    for (SyntheticImages images : new SyntheticImages[] {HUNDRED, TEN}) {
      Set<String> hashes = new HashSet<>();
      for (int i = 0; i < 300; i++) {
        hashes.add(sha256(image(images, Split.TRAIN, i)));
        hashes.add(sha256(image(images, Split.TEST, i)));
      }
      assertEquals(600, hashes.size());
    }
  }

  @Test
  void anotherSeedGivesOtherImagesAndAnotherOrderOfLabels() {
    SyntheticImages other = SyntheticImages.coarseAndFine(43);
    int sameLabels = 0;
    for (int i = 0; i < 100; i++) {
      sameLabels += other.fineLabel(Split.TRAIN, i) == HUNDRED.fineLabel(Split.TRAIN, i) ? 1 : 0;
    }
    assertTrue(sameLabels < 10); // matches of two random orders: mean 1, deviation 1
    assertFalse(Arrays.equals(image(HUNDRED, Split.TRAIN, 0), image(other, Split.TRAIN, 0)));
  }

  @Test
  void everyHundredImagesHoldEachFineClassOnce() {
    for (Split split : Split.values()) {
      for (int block = 0; block < 3; block++) {
        int[] counts = new int[100];
        int[] coarseCounts = new int[20];
        for (int i = 0; i < 100; i++) {
          counts[HUNDRED.fineLabel(split, 100 * block + i)]++;
          coarseCounts[HUNDRED.coarseLabel(split, 100 * block + i)]++;
        }
        for (int count : counts) {
          assertEquals(1, count);
        }
        for (int count : coarseCounts) {
          assertEquals(5, count);
        }
      }
    }
  }

  @Test
  void everyTenImagesHoldEachClassOnce() {
    for (int block = 0; block < 20; block++) {
      int[] counts = new int[10];
      for (int i = 0; i < 10; i++) {
        counts[TEN.fineLabel(Split.TRAIN, 10 * block + i)]++;
      }
      for (int count : counts) {
        assertEquals(1, count);
      }
    }
  }

  @Test
  void theCoarseLabelIsAFunctionOfTheFineLabelAndItsNameSaysSo() {
    List<String> singulars = Arrays.stream(Figure.values()).map(shape -> shape.singular).toList();
    for (int i = 0; i < 200; i++) {
      int fine = HUNDRED.fineLabel(Split.TRAIN, i);
      int coarse = HUNDRED.coarseLabel(Split.TRAIN, i);
      assertEquals(fine / 5, coarse);
      String name = HUNDRED.fineNames().get(fine);
      assertTrue(name.endsWith(" " + singulars.get(coarse)), name);
    }
  }

  @Test
  void everyClassHasItsOwnName() {
    assertEquals(20, new HashSet<>(HUNDRED.coarseNames()).size());
    assertEquals(100, new HashSet<>(HUNDRED.fineNames()).size());
    assertEquals(10, new HashSet<>(TEN.fineNames()).size());
    assertEquals(20, HUNDRED.coarseNames().size());
    assertEquals(100, HUNDRED.fineNames().size());
    assertEquals(10, TEN.fineNames().size());
    assertEquals("discs", HUNDRED.coarseNames().get(0));
    assertEquals("striped disc", HUNDRED.fineNames().get(1));
    assertEquals("disc", TEN.coarseNames().get(0));
  }

  /**
   * The mean brightness of a class says little about it: its spread between classes is well below
   * that between the images of one class.
   */
  @Test
  void theMeanBrightnessDoesNotGiveTheClassAway() {
    int n = 2000;
    double[] sums = new double[20];
    double[] squares = new double[20];
    byte[] image = new byte[SyntheticImages.BYTES];
    for (int i = 0; i < n; i++) {
      HUNDRED.image(Split.TRAIN, i, image, 0);
      double mean = 0;
      for (byte value : image) {
        mean += value & 0xFF;
      }
      mean /= image.length;
      sums[HUNDRED.coarseLabel(Split.TRAIN, i)] += mean;
      squares[HUNDRED.coarseLabel(Split.TRAIN, i)] += mean * mean;
    }
    double within = 0;
    double between = 0;
    double overall = Arrays.stream(sums).sum() / n;
    double each = n / 20.0;
    for (int c = 0; c < 20; c++) {
      double mean = sums[c] / each;
      within += squares[c] / each - mean * mean;
      between += (mean - overall) * (mean - overall);
    }
    assertTrue(between < within / 4, between + " between, " + within + " within");
  }

  /** Of the outlines alone, before anything is rendered: no shape is tiny, and none leaves its square. */
  @Test
  void everyOutlineEnclosesAboutAsMuchAsADisc() {
    for (Figure shape : Figure.values()) {
      int inside = 0;
      int n = 64;
      for (int row = 0; row < n; row++) {
        for (int column = 0; column < n; column++) {
          double x = (column + 0.5) / n * 2.4 - 1.2;
          double y = (row + 0.5) / n * 2.4 - 1.2;
          inside += shape.outline(x, y) < 0 ? 1 : 0;
        }
      }
      double area = inside * 2.4 * 2.4 / (n * n); // the unit disc has 3.14
      assertTrue(area > 0.6 && area < 3.2, shape + " has area " + area);
      assertTrue(shape.outline(3, 3) > 0 && shape.outline(-3, 0) > 0 && shape.outline(0, 3) > 0);
    }
  }

  @Test
  void theOutlinesOfAnyTwoShapesDiffer() {
    Figure[] shapes = Figure.values();
    int n = 48;
    for (int a = 0; a < shapes.length; a++) {
      for (int b = 0; b < a; b++) {
        int different = 0;
        for (int row = 0; row < n; row++) {
          for (int column = 0; column < n; column++) {
            double x = (column + 0.5) / n * 2 - 1;
            double y = (row + 0.5) / n * 2 - 1;
            different += shapes[a].outline(x, y) < 0 != shapes[b].outline(x, y) < 0 ? 1 : 0;
          }
        }
        assertTrue(different > n * n / 20, shapes[a] + " and " + shapes[b] + ": " + different);
      }
    }
  }

  @Test
  void tonesStayBetweenMinusOneAndOne() {
    var draws = new Draws(Randoms.seeded(1));
    for (int i = 0; i < 10_000; i++) {
      double x = draws.within(2);
      double y = draws.within(2);
      for (Surface surface : Surface.values()) {
        double tone = surface.tone(x, y);
        assertTrue(tone >= -1 && tone <= 1, surface + " at " + x + ", " + y + ": " + tone);
      }
    }
  }

  @Test
  void refusesANegativeIndexAnArrayTooSmallAndTooManyRecords() {
    byte[] target = new byte[SyntheticImages.BYTES];
    assertThrows(IndexOutOfBoundsException.class, () -> HUNDRED.image(Split.TRAIN, -1, target, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> HUNDRED.image(Split.TRAIN, 0, target, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> HUNDRED.fineLabel(Split.TRAIN, -1));
    assertThrows(IllegalArgumentException.class, () -> HUNDRED.records(Split.TRAIN, -1));
    assertThrows(IllegalArgumentException.class, () -> TEN.records(Split.TRAIN, 1_000_000));
    assertEquals(0, TEN.records(Split.TRAIN, 0).length);
    for (int n : new int[] {-1, 699_051, 700_000, 1_398_102, Integer.MAX_VALUE}) {
      assertEquals(
          "dataset: the count must be 0 .. 699050: " + n,
          assertThrows(
                  IllegalArgumentException.class,
                  () -> TEN.dataset(Split.TRAIN, n, Cifar.Labels.FINE))
              .getMessage());
    }
  }

  private static byte[] image(SyntheticImages images, Split split, int index) {
    byte[] image = new byte[SyntheticImages.BYTES];
    images.image(split, index, image, 0);
    return image;
  }

  private static int differences(byte[] a, byte[] b) {
    int different = 0;
    for (int i = 0; i < a.length; i++) {
      different += a[i] != b[i] ? 1 : 0;
    }
    return different;
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
