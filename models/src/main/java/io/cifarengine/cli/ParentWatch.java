// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

/**
 * Stops a JVM that {@link Relaunch} started when the one that started it is gone, however it went:
 * after {@code kill -9} nobody else could.
 */
final class ParentWatch {
  /** The system property that holds the parent's process id, absent in a JVM that a person started. */
  static final String PROPERTY = "cifarengine.parent";

  /** As a shell reports a process that was killed. */
  private static final int KILLED = 137;

  private ParentWatch() {}

  /** Whether this JVM was started by {@link Relaunch}. */
  static boolean isChild() {
    return System.getProperty(PROPERTY) != null;
  }

  /** Begins to watch, where there is a parent to watch. */
  static void start() {
    String parent = System.getProperty(PROPERTY);
    if (parent == null) {
      return;
    }
    long pid = Long.parseLong(parent);
    // An orphan gets another parent, so a parent with another number means that ours is gone. Where
    // a system does not tell about parents, the number alone must do.
    ProcessHandle.current()
        .parent()
        .or(() -> ProcessHandle.of(pid))
        .filter(handle -> handle.pid() == pid)
        .ifPresentOrElse(ParentWatch::watch, ParentWatch::stop);
  }

  private static void watch(ProcessHandle parent) {
    Thread watch =
        new Thread(
            () -> {
              parent.onExit().join();
              stop();
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void stop() {
    Runtime.getRuntime().halt(KILLED);
  }
}
