// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Folders, with errors that say what is wrong. */
public final class Folders {
  private Folders() {}

  /**
   * Makes a folder and those above it, where they are not there yet.
   *
   * @throws UnwritableFileException where that fails
   */
  public static void create(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UnwritableFileException(folder, Reason.of(e), e);
    }
  }

  /**
   * Deletes a folder and everything in it; links are deleted, not followed.
   *
   * @throws UnwritableFileException where that fails
   */
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) { // of the walk
      IOException cause = Objects.requireNonNull(e.getCause());
      throw new UnwritableFileException(folder, Reason.of(cause), cause);
    } catch (IOException e) {
      throw new UnwritableFileException(folder, Reason.of(e), e);
    }
  }
}
