// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The one way to stdout. {@code System.out} swallows failures, and an answer that a full disk cut short
 * must not look like a success; a reader that went away, as {@code head} does, is none.
 */
final class Stdout {
  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private Stdout() {}

  /** Writes all of it, or throws. */
  static void print(String text) throws IOException {
    try {
      OUT.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      if (!why.contains("roken pipe") && !why.contains("pipe is being closed")) {
        throw new IOException("stdout: cannot be written: " + why, e);
      }
    }
  }

  /** Writes a line. */
  static void println(String line) throws IOException {
    print(line + "\n");
  }
}
