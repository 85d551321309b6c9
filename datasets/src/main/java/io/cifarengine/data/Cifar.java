// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * CIFAR-10 and CIFAR-100 in their binary format, as the official archives unpack.
 *
 * <pre>
 * DIR/cifar-10-batches-bin/data_batch_1.bin ... data_batch_5.bin, test_batch.bin
 *     10,000 records each: label, 3 x 1024 pixels
 * DIR/cifar-100-binary/train.bin, test.bin
 *     50,000 and 10,000 records: coarse label, fine label, 3 x 1024 pixels
 * </pre>
 *
 * Every file must have its exact size and every label must be in range; in CIFAR-100 each fine class
 * must lie in its own superclass.
 *
 * <p>Source: A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009.
 */
public final class Cifar {
  /** The folder of CIFAR-10 inside a data folder. */
  public static final String FOLDER_10 = "cifar-10-batches-bin";

  /** The folder of CIFAR-100 inside a data folder. */
  public static final String FOLDER_100 = "cifar-100-binary";

  /** Which of CIFAR-100's two labels a dataset shows. */
  public enum Labels {
    /** 20 superclasses. */
    COARSE,
    /** 100 classes. */
    FINE
  }

  private static final int SIDE = 32;
  private static final int PIXELS = 3 * SIDE * SIDE;
  private static final List<String> TRAIN_10 =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin");
  private static final List<String> TEST_10 = List.of("test_batch.bin");
  private static final int FILE_BYTES_10 = 10_000 * (1 + PIXELS);

  private Cifar() {}

  /** The 50,000 training images of CIFAR-10. */
  public static ImageDataset train10(Path dir) throws IOException {
    return read10(dir, TRAIN_10);
  }

  /** The 10,000 test images of CIFAR-10. */
  public static ImageDataset test10(Path dir) throws IOException {
    return read10(dir, TEST_10);
  }

  /** The 50,000 training images of CIFAR-100. */
  public static ImageDataset train100(Path dir, Labels labels) throws IOException {
    return read100(dir, "train.bin", 50_000, labels);
  }

  /** The 10,000 test images of CIFAR-100. */
  public static ImageDataset test100(Path dir, Labels labels) throws IOException {
    return read100(dir, "test.bin", 10_000, labels);
  }

  /** Fails where a file of CIFAR-10, of either split, is missing or has another size; reads none of them. */
  public static void require10(Path dir) throws IOException {
    files10(dir, TRAIN_10);
    files10(dir, TEST_10);
  }

  /** Fails where a file of CIFAR-100, of either split, is missing or has another size; reads none of them. */
  public static void require100(Path dir) throws IOException {
    file100(dir, "train.bin", 50_000);
    file100(dir, "test.bin", 10_000);
  }

  private static ImageDataset read10(Path dir, List<String> names) throws IOException {
    List<Path> files = files10(dir, names);
    byte[] bytes = new byte[files.size() * FILE_BYTES_10];
    for (int i = 0; i < files.size(); i++) {
      read(files.get(i), bytes, i * FILE_BYTES_10, FILE_BYTES_10);
      checkLabels10(bytes, i * FILE_BYTES_10, 10_000, files.get(i));
    }
    return dataset10(bytes);
  }

  /** The files of these names, all of which have their size. */
  private static List<Path> files10(Path dir, List<String> names) throws IOException {
    Path folder = folder(dir, FOLDER_10, FOLDER_100, "CIFAR-10", "CIFAR-100");
    List<Path> files = names.stream().map(folder::resolve).toList();
    for (Path file : files) {
      requireSize(file, FILE_BYTES_10);
    }
    return files;
  }

  private static ImageDataset read100(Path dir, String name, int images, Labels labels)
      throws IOException {
    Path file = file100(dir, name, images);
    byte[] bytes = new byte[images * (2 + PIXELS)];
    read(file, bytes, 0, bytes.length);
    checkLabels100(bytes, file);
    return dataset100(bytes, labels);
  }

  /** The file of this name, which has the size of so many images. */
  private static Path file100(Path dir, String name, int images) throws IOException {
    Path file = folder(dir, FOLDER_100, FOLDER_10, "CIFAR-100", "CIFAR-10").resolve(name);
    requireSize(file, images * (2 + PIXELS));
    return file;
  }

  /** Records of CIFAR-10, already checked, as a dataset. */
  static ImageDataset dataset10(byte[] records) {
    ImageBytes images = new ImageBytes(records, 1 + PIXELS, 1, 3, SIDE, SIDE);
    return ImageDataset.of(images, labels(records, 1 + PIXELS, 0), CifarClasses.TEN);
  }

  /** Records of CIFAR-100, already checked, as a dataset. */
  static ImageDataset dataset100(byte[] records, Labels labels) {
    ImageBytes images = new ImageBytes(records, 2 + PIXELS, 2, 3, SIDE, SIDE);
    return switch (labels) {
      case COARSE -> ImageDataset.of(images, labels(records, 2 + PIXELS, 0), CifarClasses.COARSE);
      case FINE -> ImageDataset.of(images, labels(records, 2 + PIXELS, 1), CifarClasses.FINE);
    };
  }

  static int[] labels(byte[] records, int stride, int offset) {
    int[] labels = new int[records.length / stride];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = records[i * stride + offset] & 0xFF;
    }
    return labels;
  }

  private static Path folder(
      Path dir, String folder, String otherFolder, String wanted, String other)
      throws DataException {
    if (!Files.isDirectory(dir)) {
      requireNotHidden(dir);
      throw new DataException(
          dir,
          Files.exists(dir) ? "not a folder" : "no such folder",
          "Name the folder that holds " + folder + "/, or use --data synthetic");
    }
    Path path = dir.resolve(folder);
    if (!Files.isDirectory(path)) {
      requireNotHidden(path);
      boolean holdsOther = Files.isDirectory(dir.resolve(otherFolder));
      throw new DataException(
          dir,
          "no "
              + wanted
              + " here (expected "
              + folder
              + "/"
              + (holdsOther ? ", found " + otherFolder + "/, which is " + other : "")
              + ")",
          dir.endsWith(folder)
              ? "Name the folder above it"
              : "Unpack the binary version of " + wanted + " there");
    }
    return path;
  }

  /** Before anything is allocated or read: a wrong file must not look like too little memory. */
  private static void requireSize(Path file, int size) throws IOException {
    if (!Files.isRegularFile(file)) {
      requireNotHidden(file);
      throw new DataException(
          file,
          Files.exists(file) ? "not a regular file" : "no such file",
          "Unpack the official archive again");
    }
    long found = Files.size(file);
    if (found != size) {
      throw wrongSize(file, size, found);
    }
  }

  private static void read(Path file, byte[] to, int at, int size) throws DataException {
    int read;
    try (InputStream in = Files.newInputStream(file)) {
      read = in.readNBytes(to, at, size);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (read != size) { // it shrank since its size was checked
      throw wrongSize(file, size, read);
    }
  }

  /** Of what seems to be missing: fails where it may be there, but nobody lets us look. */
  private static void requireNotHidden(Path place) throws DataException {
    try {
      Files.readAttributes(place, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return; // it is missing
    } catch (IOException e) {
      throw unreadable(place, e);
    }
  }

  private static DataException unreadable(Path place, IOException e) {
    return new DataException(
        place,
        "cannot be read (" + e.getClass().getSimpleName() + ")",
        "Check its permissions and the disk");
  }

  private static DataException wrongSize(Path file, int size, long found) {
    return new DataException(
        file,
        "wrong size (expected " + size + " bytes, found " + found + ")",
        "The file is incomplete or of another dataset; unpack the official archive again");
  }

  private static void checkLabels10(byte[] bytes, int at, int images, Path file)
      throws DataException {
    for (int i = 0; i < images; i++) {
      int label = bytes[at + i * (1 + PIXELS)] & 0xFF;
      if (label >= 10) {
        throw badLabel(file, i, "label", 9, label);
      }
    }
  }

  private static void checkLabels100(byte[] bytes, Path file) throws DataException {
    for (int i = 0; i < bytes.length / (2 + PIXELS); i++) {
      int coarse = bytes[i * (2 + PIXELS)] & 0xFF;
      int fine = bytes[i * (2 + PIXELS) + 1] & 0xFF;
      if (coarse >= 20) {
        throw badLabel(file, i, "coarse label", 19, coarse);
      }
      if (fine >= 100) {
        throw badLabel(file, i, "fine label", 99, fine);
      }
      if (CifarClasses.coarseOf(fine) != coarse) {
        throw new DataException(
            file,
            "record "
                + i
                + ": fine class "
                + CifarClasses.FINE.get(fine)
                + " in the wrong superclass (expected "
                + CifarClasses.coarseOf(fine)
                + ", found "
                + coarse
                + ")",
            CORRUPT);
      }
    }
  }

  private static final String CORRUPT = "The file is corrupt; unpack the official archive again";

  private static DataException badLabel(Path file, int i, String what, int highest, int found) {
    return new DataException(
        file,
        "record "
            + i
            + ": "
            + what
            + " out of range (expected 0 to "
            + highest
            + ", found "
            + found
            + ")",
        CORRUPT);
  }
}
