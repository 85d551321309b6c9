// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

/** What the process tells its caller. */
final class ExitCode {
  /** Done. */
  static final int DONE = 0;

  /** A bug in this program. */
  static final int BUG = 1;

  /** Usage or configuration. */
  static final int USAGE = 2;

  /** Data missing, corrupt or unreachable. */
  static final int DATA = 3;

  /** It ran, but a check failed. */
  static final int CHECK_FAILED = 4;

  /** Training diverged, so that there is no answer. */
  static final int DIVERGED = 5;

  /** The machine: disk, permission, memory. */
  static final int ENVIRONMENT = 6;

  /** Stopped by SIGINT, as a shell reports it. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
