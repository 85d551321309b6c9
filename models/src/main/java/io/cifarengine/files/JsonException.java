// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import java.io.IOException;

/** A text is not the JSON that was expected; one line that says where, what was expected and found. */
public final class JsonException extends IOException {
  private static final long serialVersionUID = 1L;

  JsonException(String message) {
    super(message);
  }
}
