// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.plot;

import java.util.ArrayList;
import java.util.List;

/** Finds a place for a label near its point: on no other label, on few lines, not far away. */
final class LabelPlaces {
  record Box(double x, double y, double width, double height) {
    private boolean meets(Box other) {
      return x < other.x + other.width
          && other.x < x + width
          && y < other.y + other.height
          && other.y < y + height;
    }

    /** Whether the straight line between two points enters: what the four sides leave of it. */
    private boolean meets(double x1, double y1, double x2, double y2) {
      double from = 0;
      double to = 1;
      double[] starts = {x1 - x, x + width - x1, y1 - y, y + height - y1};
      double[] slopes = {x2 - x1, x1 - x2, y2 - y1, y1 - y2};
      for (int side = 0; side < 4; side++) { // inside where start + t slope >= 0
        if (slopes[side] == 0) {
          if (starts[side] < 0) {
            return false;
          }
        } else {
          double t = -starts[side] / slopes[side];
          from = slopes[side] > 0 ? Math.max(from, t) : from;
          to = slopes[side] < 0 ? Math.min(to, t) : to;
        }
      }
      return from <= to;
    }
  }

  static final double NEAR = 8;

  private static final double[] DISTANCES = {NEAR, 16, 26, 38, 52, 70, 90, 115};

  /** Above and to the sides first: of equal places the first wins. */
  private static final double[][] DIRECTIONS = {
    {0, -1},
    {1, 0},
    {-1, 0},
    {0.7, -0.7},
    {-0.7, -0.7},
    {0, 1},
    {0.7, 0.7},
    {-0.7, 0.7},
    {0.4, -0.9},
    {-0.4, -0.9},
    {0.9, -0.4},
    {-0.9, -0.4},
    {0.4, 0.9},
    {-0.4, 0.9}
  };

  private static final double LABEL_COST = 1000;
  private static final double LINE_COST = 6;
  private static final double DISTANCE_COST = 0.2;
  private static final int MOST_LINES = 40;

  private final Box within;
  private final List<Box> taken = new ArrayList<>();
  private final List<double[]> lines = new ArrayList<>();

  LabelPlaces(Box within) {
    this.within = within;
  }

  void keepOff(double x1, double y1, double x2, double y2) {
    lines.add(new double[] {x1, y1, x2, y2});
  }

  void keepOff(Box box) {
    taken.add(box);
  }

  /** The box for a label of this size at (x, y), which is taken from now on. */
  Box place(double x, double y, double width, double height) {
    Box best = inside(new Box(x - width / 2, y - NEAR - height, width, height));
    double least = Double.POSITIVE_INFINITY;
    for (double distance : DISTANCES) {
      for (double[] direction : DIRECTIONS) {
        double middleX = x + direction[0] * (distance + width / 2);
        double middleY = y + direction[1] * (distance + height / 2);
        Box box = new Box(middleX - width / 2, middleY - height / 2, width, height);
        double cost = cost(box, x, y) + DISTANCE_COST * distance;
        if (box.equals(inside(box)) && cost < least) {
          least = cost;
          best = box;
        }
      }
    }
    taken.add(best);
    return best;
  }

  private Box inside(Box box) {
    double x = Math.min(box.x, within.x + within.width - box.width);
    double y = Math.min(box.y, within.y + within.height - box.height);
    return new Box(Math.max(within.x, x), Math.max(within.y, y), box.width, box.height);
  }

  private double cost(Box box, double x, double y) {
    double cost = 0;
    for (Box other : taken) {
      cost += box.meets(other) ? LABEL_COST : 0;
      boolean own = other.meets(x, y, x, y);
      double middleX = box.x + box.width / 2;
      double middleY = box.y + box.height / 2;
      cost += !own && other.meets(x, y, middleX, middleY) ? LABEL_COST / 4 : 0;
    }
    int crossed = 0;
    for (double[] line : lines) {
      crossed += box.meets(line[0], line[1], line[2], line[3]) ? 1 : 0;
    }
    return cost + LINE_COST * Math.min(crossed, MOST_LINES);
  }
}
