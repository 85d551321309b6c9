// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

/**
 * {@code NAME:LINE:COLUMN: WHAT (expected X, found Y). HINT}: a configuration file is not in the YAML
 * subset, or holds what its schema does not know.
 */
public final class YamlException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * At a place in a file; line and column count from 1.
   *
   * @param hint what to do, without its full stop
   */
  public YamlException(
      String source,
      int line,
      int column,
      String what,
      String expected,
      String found,
      String hint) {
    super(
        source
            + ":"
            + line
            + ":"
            + column
            + ": "
            + what
            + " (expected "
            + expected
            + ", found "
            + found
            + "). "
            + hint);
  }
}
