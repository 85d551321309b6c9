// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import java.io.IOException;
import java.nio.file.Path;

/** Data is missing or is not what its format promises: one line that says where, why and what to do. */
public final class DataException extends IOException {
  private static final long serialVersionUID = 1L;

  /** {@code WHERE: WHY. HINT}. */
  public DataException(Path where, String why, String hint) {
    this(where.toString(), why, hint);
  }

  /** {@code WHERE: WHY. HINT}, for a place that is not even a path. */
  public DataException(String where, String why, String hint) {
    super(where + ": " + why + ". " + hint);
  }
}
