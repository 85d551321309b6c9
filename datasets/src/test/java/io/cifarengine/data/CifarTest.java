// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cifarengine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {
  private static final String CORRUPT = ". The file is corrupt; unpack the official archive again";
  private static final String INCOMPLETE =
      ". The file is incomplete or of another dataset; unpack the official archive again";

  @Test
  void cifar10IsReadFromItsFiveTrainingFilesInTheirOrder(@TempDir Path dir) throws IOException {
    for (int number = 1; number <= 5; number++) {
      Path file = CifarFiles.train10(dir, number);
      CifarFiles.poke(file, 0, number); // the label of the first record
      CifarFiles.poke(file, CifarFiles.RECORD_10 - 1, 200 + number); // its last pixel
      CifarFiles.poke(file, 9_999L * CifarFiles.RECORD_10, 9); // the label of the last record
    }
    ImageDataset train = Cifar.train10(dir);
    assertEquals(50_000, train.size());
    assertEquals(10, train.classes());
    assertEquals(Shape.of(3, 32, 32), train.exampleShape());
    for (int number = 1; number <= 5; number++) {
      int first = (number - 1) * 10_000;
      assertEquals(number, train.label(first));
      assertEquals(200 + number, train.pixels(first)[3071] & 0xFF);
      assertEquals(0, train.label(first + 1));
      assertEquals(9, train.label(first + 9_999));
    }
  }

  @Test
  void cifar100IsReadWithEitherOfItsLabels(@TempDir Path dir) throws IOException {
    CifarFiles.test100(dir);
    ImageDataset fine = Cifar.test100(dir, Cifar.Labels.FINE);
    ImageDataset coarse = Cifar.test100(dir, Cifar.Labels.COARSE);
    assertEquals(10_000, fine.size());
    assertEquals(100, fine.classes());
    assertEquals(20, coarse.classes());
    for (int i = 0; i < 10_000; i += 37) {
      assertEquals(i % 100, fine.label(i));
      assertEquals(CifarClasses.coarseOf(i % 100), coarse.label(i));
      byte[] pixels = fine.pixels(i);
      for (int j = 0; j < 3072; j += 511) {
        assertEquals(CifarFiles.pixel100(i, j), pixels[j] & 0xFF, "record " + i + ", pixel " + j);
      }
    }
  }

  @Test
  void aFileOneByteShortIsNamedWithBothSizes(@TempDir Path dir) throws IOException {
    Path test10 = CifarFiles.zeros(dir.resolve("cifar-10-batches-bin/test_batch.bin"), 30_729_999);
    assertMessage(
        test10 + ": wrong size (expected 30730000 bytes, found 30729999)" + INCOMPLETE,
        () -> Cifar.test10(dir));
    Path train100 = CifarFiles.zeros(dir.resolve("cifar-100-binary/train.bin"), 153_699_999);
    assertMessage(
        train100 + ": wrong size (expected 153700000 bytes, found 153699999)" + INCOMPLETE,
        () -> Cifar.train100(dir, Cifar.Labels.COARSE));
    Path test100 = CifarFiles.zeros(dir.resolve("cifar-100-binary/test.bin"), 30_739_999);
    assertMessage(
        test100 + ": wrong size (expected 30740000 bytes, found 30739999)" + INCOMPLETE,
        () -> Cifar.test100(dir, Cifar.Labels.FINE));
  }

  @Test
  void aFileOneByteLongIsNamedWithBothSizes(@TempDir Path dir) throws IOException {
    Path file = CifarFiles.zeros(dir.resolve("cifar-10-batches-bin/test_batch.bin"), 30_730_001);
    assertMessage(
        file + ": wrong size (expected 30730000 bytes, found 30730001)" + INCOMPLETE,
        () -> Cifar.test10(dir));
  }

  @Test
  void anEmptyFileIsNamedWithBothSizes(@TempDir Path dir) throws IOException {
    Path file = CifarFiles.zeros(dir.resolve("cifar-10-batches-bin/test_batch.bin"), 0);
    assertMessage(
        file + ": wrong size (expected 30730000 bytes, found 0)" + INCOMPLETE,
        () -> Cifar.test10(dir));
  }

  @Test
  void theLastTrainingFileIsCheckedAsTheFirst(@TempDir Path dir) throws IOException {
    for (int number = 1; number <= 5; number++) {
      CifarFiles.train10(dir, number);
    }
    Path last = CifarFiles.train10(dir, 5);
    CifarFiles.poke(last, 1234L * CifarFiles.RECORD_10, 10);
    assertMessage(
        last + ": record 1234: label out of range (expected 0 to 9, found 10)" + CORRUPT,
        () -> Cifar.train10(dir));
    Files.delete(last);
    assertMessage(
        last + ": no such file. Unpack the official archive again", () -> Cifar.train10(dir));
  }

  @Test
  void aLabelAboveSignedBytesIsStillOutOfRange(@TempDir Path dir) throws IOException {
    Path file = CifarFiles.test10(dir);
    CifarFiles.poke(file, 9_999L * CifarFiles.RECORD_10, 255);
    assertMessage(
        file + ": record 9999: label out of range (expected 0 to 9, found 255)" + CORRUPT,
        () -> Cifar.test10(dir));
  }

  @Test
  void eitherLabelOfCifar100MustBeInRange(@TempDir Path dir) throws IOException {
    Path file = CifarFiles.test100(dir);
    CifarFiles.poke(file, 77L * CifarFiles.RECORD_100 + 1, 100);
    assertMessage(
        file + ": record 77: fine label out of range (expected 0 to 99, found 100)" + CORRUPT,
        () -> Cifar.test100(dir, Cifar.Labels.COARSE));
    CifarFiles.poke(file, 42L * CifarFiles.RECORD_100, 20);
    assertMessage(
        file + ": record 42: coarse label out of range (expected 0 to 19, found 20)" + CORRUPT,
        () -> Cifar.test100(dir, Cifar.Labels.FINE));
  }

  @Test
  void aFineClassMustLieInItsOwnSuperclass(@TempDir Path dir) throws IOException {
    Path file = CifarFiles.test100(dir);
    CifarFiles.poke(file, 100L * CifarFiles.RECORD_100, 3); // record 100 is an apple
    assertMessage(
        file
            + ": record 100: fine class apple in the wrong superclass (expected 4, found 3)"
            + CORRUPT,
        () -> Cifar.test100(dir, Cifar.Labels.COARSE));
  }

  @Test
  void aMissingFileIsNamed(@TempDir Path dir) throws IOException {
    Files.createDirectories(dir.resolve("cifar-100-binary"));
    assertMessage(
        dir.resolve("cifar-100-binary/train.bin")
            + ": no such file. Unpack the official archive again",
        () -> Cifar.train100(dir, Cifar.Labels.COARSE));
  }

  @Test
  void everyFileOfASetIsRequiredWithItsSize(@TempDir Path dir) throws IOException {
    CifarFiles.test10(dir);
    for (int number = 1; number <= 5; number++) {
      CifarFiles.train10(dir, number);
    }
    Cifar.require10(dir);
    Path third = CifarFiles.zeros(dir.resolve("cifar-10-batches-bin/data_batch_3.bin"), 30_729_999);
    assertMessage(
        third + ": wrong size (expected 30730000 bytes, found 30729999)" + INCOMPLETE,
        () -> Cifar.require10(dir));
    CifarFiles.zeros(dir.resolve("cifar-100-binary/test.bin"), 30_740_000);
    Path train = dir.resolve("cifar-100-binary/train.bin");
    assertMessage(
        train + ": no such file. Unpack the official archive again", () -> Cifar.require100(dir));
    CifarFiles.zeros(train, 153_700_000);
    Cifar.require100(dir);
  }

  /** A link to itself is there for no one; so is what lies in a folder that one may not enter. */
  @Test
  void whatCannotBeLookedAtIsNotCalledMissing(@TempDir Path dir) throws IOException {
    String unreadable =
        ": cannot be read (FileSystemException). Check its permissions and the disk";
    Path folder = dir.resolve("cifar-100-binary");
    Files.createSymbolicLink(folder, folder);
    assertMessage(folder + unreadable, () -> Cifar.test100(dir, Cifar.Labels.FINE));
    assertMessage(folder + unreadable, () -> Cifar.train10(folder));
    Files.delete(folder);
    Path file = Files.createDirectories(folder).resolve("test.bin");
    Files.createSymbolicLink(file, file);
    assertMessage(file + unreadable, () -> Cifar.test100(dir, Cifar.Labels.FINE));
  }

  @Test
  void aFolderInPlaceOfAFileIsNamed(@TempDir Path dir) throws IOException {
    Path file = Files.createDirectories(dir.resolve("cifar-100-binary/test.bin"));
    assertMessage(
        file + ": not a regular file. Unpack the official archive again",
        () -> Cifar.test100(dir, Cifar.Labels.COARSE));
  }

  @Test
  void aMissingDataFolderIsNamedWithWhatToDo(@TempDir Path dir) {
    Path nowhere = dir.resolve("nowhere");
    assertMessage(
        nowhere
            + ": no such folder. Name the folder that holds cifar-10-batches-bin/, or use --data"
            + " synthetic",
        () -> Cifar.train10(nowhere));
  }

  @Test
  void aFileInPlaceOfTheDataFolderIsNamed(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "");
    assertMessage(
        file
            + ": not a folder. Name the folder that holds cifar-100-binary/, or use --data"
            + " synthetic",
        () -> Cifar.train100(file, Cifar.Labels.FINE));
  }

  @Test
  void anEmptyDataFolderIsToldWhatItShouldHold(@TempDir Path dir) {
    assertMessage(
        dir
            + ": no CIFAR-10 here (expected cifar-10-batches-bin/). Unpack the binary version of"
            + " CIFAR-10 there",
        () -> Cifar.test10(dir));
  }

  @Test
  void cifar10WhereCifar100IsAskedForIsRecognized(@TempDir Path dir) throws IOException {
    CifarFiles.test10(dir);
    assertMessage(
        dir
            + ": no CIFAR-100 here (expected cifar-100-binary/, found cifar-10-batches-bin/, which"
            + " is CIFAR-10). Unpack the binary version of CIFAR-100 there",
        () -> Cifar.test100(dir, Cifar.Labels.COARSE));
  }

  @Test
  void cifar100WhereCifar10IsAskedForIsRecognized(@TempDir Path dir) throws IOException {
    Files.createDirectories(dir.resolve("cifar-100-binary"));
    assertMessage(
        dir
            + ": no CIFAR-10 here (expected cifar-10-batches-bin/, found cifar-100-binary/, which"
            + " is CIFAR-100). Unpack the binary version of CIFAR-10 there",
        () -> Cifar.train10(dir));
  }

  private static void assertMessage(String expected, Executable reading) {
    assertEquals(expected, assertThrows(DataException.class, reading).getMessage());
  }
}
