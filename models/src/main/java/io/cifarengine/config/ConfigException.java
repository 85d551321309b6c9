// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

import java.util.List;

/** A configuration that cannot be used; the message names every problem and where it stands. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  /** All that is wrong. */
  public ConfigException(List<String> problems) {
    super(String.join("; ", problems));
  }
}
