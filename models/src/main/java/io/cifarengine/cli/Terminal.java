// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What stderr is connected to. */
final class Terminal {
  private static final Path STDERR = Path.of("/proc/self/fd/2");

  private Terminal() {}

  /** Whether a person watches stderr on a terminal that can rewrite a line. */
  @SuppressWarnings("SystemConsoleNull") // the versions in which it is never null are left out
  static boolean isInteractive() {
    if ("dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    if (Files.isSymbolicLink(STDERR)) { // Linux: Java itself cannot tell about stderr
      try {
        String target = Files.readSymbolicLink(STDERR).toString();
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      } catch (IOException e) {
        return false;
      }
    }
    // From 22 to 24 there is a console even where nothing is a terminal.
    int java = Runtime.version().feature();
    return (java < 22 || java > 24) && System.console() != null;
  }
}
