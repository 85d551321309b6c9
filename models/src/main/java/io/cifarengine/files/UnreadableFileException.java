// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import java.io.IOException;
import java.nio.file.Path;

/** A file is missing or is not what its format promises: {@code PATH: WHAT (expected X, found Y). HINT}. */
public final class UnreadableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /** {@code PATH: WHAT. HINT}, where WHAT ends with what was expected and found, if that says more. */
  public UnreadableFileException(Path file, String what, String hint) {
    super(file + ": " + what + ". " + hint);
  }
}
