// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A text file to which lines are added at its end. */
public final class LineLog {
  private final Path file;

  /** A log in this file, which the first line creates. */
  public LineLog(Path file) {
    this.file = file;
  }

  /**
   * Adds a line. Where a killed writer left half of one behind, the line begins on its own.
   *
   * @throws UnwritableFileException where the file cannot be written
   */
  public void add(String line) throws IOException {
    try {
      Files.writeString(
          file,
          (endsInLine() ? "\n" : "") + line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UnwritableFileException(file, Reason.of(e), e);
    }
  }

  private boolean endsInLine() throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return false;
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(channel.size() - 1);
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.read(last) == 1 && last.get(0) != '\n';
    }
  }
}
