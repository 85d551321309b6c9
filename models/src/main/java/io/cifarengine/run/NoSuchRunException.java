// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import java.io.IOException;

/** A word names no run, or more than one. */
public final class NoSuchRunException extends IOException {
  private static final long serialVersionUID = 1L;

  NoSuchRunException(String message) {
    super(message);
  }
}
