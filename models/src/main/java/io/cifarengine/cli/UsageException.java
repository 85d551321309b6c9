// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

/** The command line asks for something that there is not; the message says what to type instead. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  UsageException(Exception cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }
}
