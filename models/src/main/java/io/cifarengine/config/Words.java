// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

import java.util.Locale;

/** How the constants of an enum are written by people: {@code LEGACY_POSITIVE} as {@code legacy-positive}. */
public final class Words {
  private Words() {}

  /** The word for a constant. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
