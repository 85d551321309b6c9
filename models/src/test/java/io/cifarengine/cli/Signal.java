// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sends signals, where that can be done. */
final class Signal {
  private static final Path KILL = Path.of("/bin/kill");

  private Signal() {}

  /** Skips a test where this signal would not arrive. */
  static void assumeSent(String signal) throws IOException {
    assumeTrue(Files.isExecutable(KILL), "no kill command here: signals are not tested");
    assumeTrue(!signal.equals("INT") || !isInterruptIgnored(), "SIGINT is ignored here");
  }

  static void send(String signal, long pid) throws IOException, InterruptedException {
    new ProcessBuilder(KILL.toString(), "-" + signal, Long.toString(pid)).start().waitFor();
  }

  /** A shell's background job ignores SIGINT, and so do all its children. */
  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1 << 1) != 0);
  }
}
