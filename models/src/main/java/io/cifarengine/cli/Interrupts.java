// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

/** How often Ctrl-C was pressed, as a shutdown hook sees it. */
final class Interrupts {
  /** HotSpot's name for the thread of one SIGINT; from the second on they wait for the first's exit. */
  private static final String HANDLER = "SIGINT handler";

  private Interrupts() {}

  /** Whether SIGINT is among what ends this JVM. */
  static boolean isAny() {
    return count() > 0;
  }

  /**
   * Whether a person will not wait. A SIGTERM does not count: a child gets both from one Ctrl-C, the
   * SIGINT from the terminal and the SIGTERM from its parent.
   */
  static boolean isRepeated() {
    return count() > 1;
  }

  private static long count() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(HANDLER))
        .count();
  }
}
