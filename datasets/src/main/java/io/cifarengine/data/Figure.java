// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import static java.lang.Math.abs;
import static java.lang.Math.max;
import static java.lang.Math.min;

/**
 * The twenty outlines of the synthetic images, each about as large as the unit disc.
 *
 * <p>An outline is a signed function of a point: negative inside, zero on the edge, positive
 * outside, and near the edge about the distance to it. Outlines combine like sets: {@code min}
 * unites, {@code max} intersects, a minus sign takes the complement. x runs to the right and y
 * down, as in an image.
 *
 * <p>The order is the order of the labels; the first {@value #TEN} make the set of ten classes.
 */
enum Figure {
  DISC("disc", "discs"),
  SQUARE("square", "squares"),
  TRIANGLE("triangle", "triangles"),
  CROSS("cross", "crosses"),
  RING("ring", "rings"),
  STAR("star", "stars"),
  CRESCENT("crescent", "crescents"),
  ARROW("arrow", "arrows"),
  ELL("ell", "ells"),
  HOURGLASS("hourglass", "hourglasses"),
  FRAME("frame", "frames"),
  DIAMOND("diamond", "diamonds"),
  SALTIRE("saltire", "saltires"),
  DOME("dome", "domes"),
  PIE("pie", "pies"),
  TEE("tee", "tees"),
  CHEVRON("chevron", "chevrons"),
  DUMBBELL("dumbbell", "dumbbells"),
  RAILS("pair of rails", "rails"),
  TRIPLET("triplet of dots", "triplets");

  static final int TEN = 10;

  /** The cosines and sines of 0, 72, 144, 216 and 288 degrees, for the star. */
  private static final double[] COS = {
    1, 0.30901699437494745, -0.8090169943749475, -0.8090169943749475, 0.30901699437494745
  };

  private static final double[] SIN = {
    0, 0.9510565162951535, 0.5877852522924731, -0.5877852522924731, -0.9510565162951535
  };

  final String singular;
  final String plural;

  Figure(String singular, String plural) {
    this.singular = singular;
    this.plural = plural;
  }

  /** The outline at (x, y): negative inside. */
  double outline(double x, double y) {
    return switch (this) {
      case DISC -> disc(x, y, 0.92);
      case SQUARE -> box(x, y, 0.8, 0.8);
      case TRIANGLE -> max(y - 0.75, 0.88 * (abs(x) - 0.54 * (y + 1)));
      case CROSS -> min(box(x, y, 1, 0.3), box(x, y, 0.3, 1));
      case RING -> abs(disc(x, y, 0.73)) - 0.22;
      case STAR -> star(x, y);
      case CRESCENT -> max(disc(x, y, 0.95), -disc(x - 0.45, y, 0.75));
      case ARROW -> min(box(x, y - 0.45, 0.22, 0.55), max(y, 0.7 * (abs(x) - 0.8 * (y + 1))));
      case ELL -> min(box(x + 0.5, y, 0.28, 0.95), box(x, y - 0.67, 0.78, 0.28));
      case HOURGLASS -> max(abs(y) - 0.9, 0.78 * (abs(x) - 0.1 - 0.8 * abs(y)));
      case FRAME -> abs(box(x, y, 0.66, 0.66)) - 0.2;
      case DIAMOND -> 0.57 * (abs(x) / 0.7 + abs(y) - 1);
      case SALTIRE -> {
        double u = 0.7071067811865476 * (x + y);
        double v = 0.7071067811865476 * (x - y);
        yield min(box(u, v, 1, 0.27), box(u, v, 0.27, 1));
      }
      case DOME -> max(disc(x, y - 0.45, 1), y - 0.45);
      case PIE -> max(disc(x, y, 0.95), min(x, -y)); // all but the upper right quarter
      case TEE -> min(box(x, y + 0.67, 0.85, 0.28), box(x, y, 0.28, 0.95));
      case CHEVRON -> max(abs(x) - 0.9, 0.74 * (abs(y + 0.1 - 0.9 * (0.5 - abs(x))) - 0.42));
      case DUMBBELL -> min(disc(abs(x) - 0.62, y, 0.4), box(x, y, 0.6, 0.16));
      case RAILS -> box(x, abs(y) - 0.5, 0.95, 0.24);
      case TRIPLET -> min(disc(x, y + 0.55, 0.38), disc(abs(x) - 0.55, y - 0.4, 0.38));
    };
  }

  private static double disc(double x, double y, double radius) {
    return Math.sqrt(x * x + y * y) - radius;
  }

  private static double box(double x, double y, double halfWidth, double halfHeight) {
    return max(abs(x) - halfWidth, abs(y) - halfHeight);
  }

  /**
   * The second largest of five distances to lines: the pentagram is where at most one of its five
   * lines has the point on its far side.
   */
  private static double star(double x, double y) {
    double largest = Double.NEGATIVE_INFINITY;
    double second = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < COS.length; k++) {
      double distance = SIN[k] * x + COS[k] * y - 0.34;
      second = max(second, min(largest, distance));
      largest = max(largest, distance);
    }
    return second;
  }
}
