// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import java.util.Locale;

/** How numbers are shown to people, the same in every table. */
public final class Numbers {
  private Numbers() {}

  /** A fraction in percent, without its sign: {@code 25.41}. */
  public static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f", 100 * fraction);
  }

  /** A loss: {@code 2.53170}. */
  public static String loss(double loss) {
    return String.format(Locale.ROOT, "%.5f", loss);
  }

  /** A short time: {@code 93.1 s}. */
  public static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  /** A long time: {@code 2 min 03 s}. */
  public static String minutes(double seconds) {
    return String.format(Locale.ROOT, "%d min %02d s", (int) seconds / 60, (int) seconds % 60);
  }
}
