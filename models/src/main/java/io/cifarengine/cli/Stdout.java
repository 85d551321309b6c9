// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The one way to stdout. {@code System.out} swallows failures, and an answer that a full disk cut short
 * must not look like a success; a reader that went away, as {@code head} does, is none.
 */
final class Stdout {
  /** Where stdout leads, as Linux tells. */
  private static final Path LINK = Path.of("/proc/self/fd/1");

  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private Stdout() {}

  /** Writes all of it, or throws. */
  static void print(String text) throws IOException {
    try {
      OUT.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      if (!readerWentAway(LINK, why)) {
        throw new IOException("stdout: cannot be written: " + why, e);
      }
    }
  }

  /**
   * Whether a failed write is that of a pipe whose reader is gone. The reason may be in any language, but
   * where a link says that stdout is a pipe or a socket, there is no other.
   */
  static boolean readerWentAway(Path link, String why) {
    String target = "";
    try {
      target = Files.readSymbolicLink(link).toString();
    } catch (IOException | UnsupportedOperationException e) {
      // not Linux: the reason must do
    }
    return target.startsWith("pipe:")
        || target.startsWith("socket:")
        || why.contains("roken pipe")
        || why.contains("pipe is being closed");
  }

  /** Writes a line. */
  static void println(String line) throws IOException {
    print(line + "\n");
  }
}
