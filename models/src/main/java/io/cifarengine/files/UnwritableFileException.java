// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import java.io.IOException;
import java.nio.file.Path;

/** A file could not be saved, and what stood there before still does: {@code PATH: cannot be written: WHY}. */
public final class UnwritableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  UnwritableFileException(Path file, String why, IOException cause) {
    super(file + ": cannot be written: " + why, cause);
  }

  UnwritableFileException(Path file, String why) {
    super(file + ": cannot be written: " + why);
  }
}
