// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import java.io.IOException;
import java.nio.file.Path;

/** {@code RUN: in use by WHOM}: two runs may not write to one folder. */
public final class RunInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  RunInUseException(Path run, String holder) {
    super(run + ": in use by " + holder);
  }
}
