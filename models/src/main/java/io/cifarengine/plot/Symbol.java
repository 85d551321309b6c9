// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.plot;

/** The shape that belongs to a colour, so that print without colours tells the series apart. */
final class Symbol {
  private static final int SHAPES = 6;

  private Symbol() {}

  /** Path data of the shape for colour {@code index}, about 2 r wide, around (x, y). */
  static String path(int index, double x, double y, double r) {
    double s = 0.89 * r; // a square, a triangle and a circle of about equal areas
    double t = 1.3 * r;
    return switch (index % SHAPES) {
      case 0 -> circle(x, y, r);
      case 1 -> polygon(x - s, y - s, x + s, y - s, x + s, y + s, x - s, y + s);
      case 2 -> polygon(x, y - t, x + t, y + 0.8 * t, x - t, y + 0.8 * t);
      case 3 -> polygon(x, y - t, x + t, y, x, y + t, x - t, y);
      case 4 -> polygon(x, y + t, x + t, y - 0.8 * t, x - t, y - 0.8 * t);
      default -> polygon(x - t, y - s, x + t, y - s, x + t, y + s, x - t, y + s);
    };
  }

  private static String circle(double x, double y, double r) {
    String arc = "a" + Svg.number(r) + " " + Svg.number(r) + " 0 1 0 ";
    String there = arc + Svg.number(2 * r) + " 0";
    String back = arc + Svg.number(-2 * r) + " 0";
    return "M" + Svg.number(x - r) + " " + Svg.number(y) + there + back + "z";
  }

  private static String polygon(double... corners) {
    StringBuilder data = new StringBuilder("M");
    for (int i = 0; i < corners.length; i += 2) {
      data.append(i > 0 ? "L" : "").append(Svg.number(corners[i]));
      data.append(' ').append(Svg.number(corners[i + 1]));
    }
    return data.append('z').toString();
  }
}
