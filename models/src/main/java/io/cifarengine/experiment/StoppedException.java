// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

/** A run was asked to stop, and did after saving where it stands. */
public final class StoppedException extends Exception {
  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("stopped as asked");
  }
}
