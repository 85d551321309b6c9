// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.tensor;

/** Thrown where shapes do not fit an operation; the message names both and the numbers that differ. */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** An exception whose message says what to change. */
  public ShapeException(String message) {
    super(message);
  }
}
