// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Made-up files of CIFAR's exact formats; where only the size matters they are sparse. */
final class CifarFiles {
  static final int RECORD_10 = 1 + 3072;
  static final int RECORD_100 = 2 + 3072;

  private CifarFiles() {}

  /** A file of so many zero bytes, which takes no room on a file system with sparse files. */
  static Path zeros(Path file, long bytes) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(bytes);
    }
    return file;
  }

  /** Changes one byte of a file. */
  static void poke(Path file, long at, int value) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at);
      open.write(value);
    }
  }

  /** CIFAR-10's test file, with zeros (a black airplane) in every record. */
  static Path test10(Path dir) throws IOException {
    return zeros(dir.resolve("cifar-10-batches-bin/test_batch.bin"), 30_730_000);
  }

  /** CIFAR-10's training file of this number, 1 to 5, with zeros in every record. */
  static Path train10(Path dir, int number) throws IOException {
    return zeros(dir.resolve("cifar-10-batches-bin/data_batch_" + number + ".bin"), 30_730_000);
  }

  /** CIFAR-100's test file: record i shows class i mod 100; pixel j of it is (7 i + j) mod 251. */
  static Path test100(Path dir) throws IOException {
    byte[] bytes = new byte[10_000 * RECORD_100];
    for (int i = 0; i < 10_000; i++) {
      int fine = i % 100;
      bytes[i * RECORD_100] = (byte) CifarClasses.coarseOf(fine);
      bytes[i * RECORD_100 + 1] = (byte) fine;
      for (int j = 0; j < 3072; j++) {
        bytes[i * RECORD_100 + 2 + j] = (byte) pixel100(i, j);
      }
    }
    Path file = dir.resolve("cifar-100-binary/test.bin");
    Files.createDirectories(dir.resolve("cifar-100-binary"));
    return Files.write(file, bytes);
  }

  static int pixel100(int record, int j) {
    return (7 * record + j) % 251;
  }
}
