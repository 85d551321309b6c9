// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * A series in pixels, in runs of points without a gap. Of the points that fall into one column of
 * pixels only the first, the lowest, the highest and the last stay: they cover the same pixels.
 */
final class Trace {
  /** Beyond this far outside nothing shows, and coordinates stay short. */
  private static final double FAR = 10_000;

  private final List<List<double[]>> runs = new ArrayList<>();
  private final int given;
  private int kept;

  private List<double[]> run = new ArrayList<>();
  private final List<double[]> column = new ArrayList<>();

  /** The points (x, y) through both axes; y that is not finite breaks the line. */
  Trace(double[] x, double[] y, Axis horizontal, Axis vertical) {
    given = x.length;
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(y[i])) {
        endRun();
        continue;
      }
      double[] point = {near(horizontal.pixel(x[i])), near(vertical.pixel(y[i]))};
      if (!column.isEmpty() && Math.floor(column.get(0)[0]) != Math.floor(point[0])) {
        endColumn();
      }
      column.add(point);
    }
    endRun();
  }

  private static double near(double pixel) {
    return Math.max(-FAR, Math.min(FAR, pixel));
  }

  private void endColumn() {
    int low = 0;
    int high = 0;
    for (int i = 1; i < column.size(); i++) {
      low = column.get(i)[1] < column.get(low)[1] ? i : low;
      high = column.get(i)[1] > column.get(high)[1] ? i : high;
    }
    for (int i = 0; i < column.size(); i++) {
      if (i == 0 || i == low || i == high || i == column.size() - 1) {
        run.add(column.get(i));
        kept++;
      }
    }
    column.clear();
  }

  private void endRun() {
    endColumn();
    if (!run.isEmpty()) {
      runs.add(run);
      run = new ArrayList<>();
    }
  }

  List<List<double[]>> runs() {
    return runs;
  }

  /** Whether points were left out, so that the line fills an area. */
  boolean dense() {
    return kept < given / 2;
  }

  /** Path data of all runs of two points and more. */
  String path() {
    StringBuilder data = new StringBuilder();
    for (List<double[]> points : runs) {
      if (points.size() > 1) {
        String command = "M";
        for (double[] point : points) {
          data.append(command).append(tenth(point[0])).append(' ').append(tenth(point[1]));
          command = "L";
        }
      }
    }
    return data.toString();
  }

  /** A tenth of a pixel is finer than any screen or printer shows, and keeps files small. */
  private static String tenth(double pixel) {
    return Svg.number(Math.round(pixel * 10) / 10.0);
  }
}
