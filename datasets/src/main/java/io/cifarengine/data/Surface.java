// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

/** The five ways in which the inside of a shape is painted. */
enum Surface {
  PLAIN("plain"),
  STRIPED("striped"),
  CHECKED("checked"),
  DOTTED("dotted"),
  SHADED("shaded");

  final String adjective;

  Surface(String adjective) {
    this.adjective = adjective;
  }

  /**
   * The tone at (x, y), from -1, towards the background, to 1, away from it. Coordinates are the
   * shape's own, so a pattern turns and grows with its shape.
   */
  double tone(double x, double y) {
    return switch (this) {
      case PLAIN -> 0;
      case STRIPED -> wave(1.15 * (x + y)); // slanted, so that no part of a shape fades as a whole
      case CHECKED -> wave(1.25 * x) * wave(1.25 * y);
      case DOTTED -> wave(1.5 * x + 0.25) + wave(1.5 * y + 0.25) > 1 ? 1 : -0.4;
      case SHADED -> Math.max(-1, Math.min(1, 1.1 * x));
    };
  }

  /** A rounded square wave of period 1: a triangle wave, twice as steep, cut at -1 and 1. */
  private static double wave(double t) {
    double phase = t - Math.floor(t);
    return Math.max(-1, Math.min(1, 8 * Math.abs(phase - 0.5) - 2));
  }
}
