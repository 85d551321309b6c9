// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.plot;

import java.util.List;

/**
 * colour = count[i][j] / sum_j count[i][j]: a confusion matrix as an SVG 1.1 document for light and
 * dark surroundings. A row is a true class, a column a predicted one; up to 20 classes show their
 * counts. Colours cover 0 to the largest share. Equal calls give equal text everywhere.
 */
public final class HeatMap {
  private static final int MOST_WITH_COUNTS = 20;
  private static final int LEVELS = 24;

  /** From here on counts are written in the colour of the paper: each has 3:1, light and dark. */
  static final int STRONG = 14;

  /** From nothing to the largest share, at equal distances. */
  private static final int[] LIGHT = {0xF4F7FB, 0xA8CDE6, 0x3B86C0, 0x08306B};

  private static final int[] DARK = {0x161B22, 0x1F4E79, 0x3F94D1, 0xD6ECFF};

  private final String title;
  private final List<String> classes;
  private final long[][] counts;

  private HeatMap(String title, List<String> classes, long[][] counts) {
    this.title = title;
    this.classes = classes;
    this.counts = counts;
  }

  /**
   * A confusion matrix; {@code counts[i][j]} examples of class i were taken for class j. The counts
   * are copied. A class without examples has a row without colour.
   *
   * @throws IllegalArgumentException if there is no class, the counts are not (classes, classes) or
   *     one is negative
   */
  public static HeatMap confusion(String title, List<String> classes, long[][] counts) {
    int n = classes.size();
    if (n == 0 || counts.length != n) {
      throw new IllegalArgumentException(
          "heat map \""
              + title
              + "\": expected a row for each class and at least one, found "
              + (n + " classes and " + counts.length + " rows"));
    }
    long[][] copy = new long[n][];
    for (int i = 0; i < n; i++) {
      if (counts[i].length != n) {
        throw new IllegalArgumentException(
            "heat map \""
                + title
                + "\", row "
                + i
                + ": expected "
                + n
                + " counts, found "
                + counts[i].length);
      }
      copy[i] = counts[i].clone();
      for (int j = 0; j < n; j++) {
        if (copy[i][j] < 0) {
          throw new IllegalArgumentException(
              "heat map \""
                  + title
                  + "\", row "
                  + i
                  + ", column "
                  + j
                  + (": expected a count of 0 or more, found " + copy[i][j]));
        }
      }
    }
    return new HeatMap(title, List.copyOf(classes), copy);
  }

  /** The document. */
  public String toSvg() {
    int n = classes.size();
    boolean withCounts = n <= MOST_WITH_COUNTS;
    double cell = withCounts ? cellWithCounts() : Math.max(8, 12 - n / 25);
    double size = withCounts ? Svg.SMALL : cell - 1;
    double side = n * cell;
    double names = 0;
    for (String name : classes) {
      names = Math.max(names, Svg.width(name, size));
    }
    boolean turned = names > cell - 4;
    double left = 32 + names + 8;
    double width = left + side + 92;
    List<String> titleLines = Svg.wrap(title, Svg.TITLE, width - 20);
    double top = 14 + 20 * titleLines.size();
    double bottom = top + side;
    double height = bottom + (turned ? names + 8 : 22) + 26;

    String description =
        "Confusion matrix of " + n + " classes; rows are true classes, columns predicted ones.";
    Svg svg = new Svg(width, height, title, description, rules(LIGHT, size) + darkRules());
    for (int i = 0; i < titleLines.size(); i++) {
      svg.text("title", "middle", left + side / 2, 20 + 20 * i, titleLines.get(i));
    }
    double largest = largestShare();
    drawCells(svg, left, top, cell, largest, withCounts);
    for (int i = 0; i < n; i++) {
      double middle = (i + 0.5) * cell;
      svg.text("class", "end", left - 6, top + middle + size / 3, classes.get(i));
      if (turned) {
        double x = left + middle + size / 3;
        svg.turnedText("class", "end", x, bottom + 6, -90, classes.get(i));
      } else {
        svg.text("class", "middle", left + middle, bottom + 16, classes.get(i));
      }
    }
    svg.text("label", "middle", left + side / 2, height - 10, "predicted class");
    svg.turnedText("label", "middle", 19, top + side / 2, -90, "true class");
    drawScale(svg, left + side + 22, top, Math.min(side, 240), largest);
    return svg.close();
  }

  private double cellWithCounts() {
    long most = 0;
    for (long[] row : counts) {
      for (long count : row) {
        most = Math.max(most, count);
      }
    }
    return Math.max(38, Svg.width(Long.toString(most), Svg.SMALL) + 10);
  }

  private void drawCells(
      Svg svg, double left, double top, double cell, double largest, boolean withCounts) {
    int n = classes.size();
    StringBuilder[] paths = new StringBuilder[LEVELS];
    StringBuilder diagonal = new StringBuilder();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        String square = square(left + j * cell, top + i * cell, cell);
        int level = level(share(i, j), largest);
        if (level > 0) {
          paths[level] = paths[level] == null ? new StringBuilder() : paths[level];
          paths[level].append(square);
        }
        if (i == j) {
          diagonal.append(square);
        }
      }
    }
    svg.path("cell h0", square(left, top, n * cell));
    for (int level = 1; level < LEVELS; level++) {
      if (paths[level] != null) {
        svg.path("cell h" + level, paths[level].toString());
      }
    }
    svg.path(withCounts ? "diagonal" : "diagonal fine", diagonal.toString());
    svg.path("axis", square(left, top, n * cell));
    for (int i = 0; withCounts && i < n; i++) {
      for (int j = 0; j < n; j++) {
        boolean strong = level(share(i, j), largest) >= STRONG;
        String style = counts[i][j] == 0 ? "none" : strong ? "strong" : "count";
        double x = left + (j + 0.5) * cell;
        double y = top + (i + 0.5) * cell + 4;
        svg.text(style, "middle", x, y, Long.toString(counts[i][j]));
      }
    }
  }

  private static String square(double x, double y, double side) {
    String s = Svg.number(side);
    return "M" + Svg.number(x) + " " + Svg.number(y) + "h" + s + "v" + s + "h-" + s + "z";
  }

  private void drawScale(Svg svg, double x, double top, double high, double largest) {
    double step = high / LEVELS;
    for (int level = 0; level < LEVELS; level++) {
      double y = top + high - (level + 1) * step;
      String data = "M" + Svg.number(x) + " " + Svg.number(y) + "h12v" + Svg.number(step) + "h-12z";
      svg.path("cell h" + level, data);
    }
    Axis axis = new Axis(0, largest, top + high, top);
    Ticks ticks = Ticks.over(0, largest, 6);
    for (int i = 0; i < ticks.count(); i++) {
      double y = axis.pixel(ticks.at(i));
      svg.line("axis", x + 12, y, x + 16, y);
      svg.text("soft", "start", x + 19, y + 4, ticks.percentLabel(i));
    }
    svg.text("soft", "start", x, top + high + 18, "of true");
    svg.text("soft", "start", x, top + high + 32, "class");
  }

  /** A row's sum may pass the range of long, so it is a double. */
  private double share(int i, int j) {
    double sum = 0;
    for (long count : counts[i]) {
      sum += count;
    }
    return sum > 0 ? counts[i][j] / sum : 0;
  }

  private double largestShare() {
    double largest = 0;
    for (int i = 0; i < classes.size(); i++) {
      for (int j = 0; j < classes.size(); j++) {
        largest = Math.max(largest, share(i, j));
      }
    }
    return largest > 0 ? largest : 1;
  }

  private static int level(double share, double largest) {
    return Math.min(LEVELS - 1, (int) (share / largest * LEVELS));
  }

  private static String rules(int[] stops, double size) {
    return cellRules(stops)
        + ".cifar-plot .class { font-size: "
        + Svg.number(size)
        + "px; }\n"
        + """
        .cifar-plot .cell { shape-rendering: crispEdges; }
        .cifar-plot .none { fill: #8b949e; }
        .cifar-plot .strong { fill: #ffffff; }
        .cifar-plot .diagonal { fill: none; stroke: #d55e00; stroke-width: 1.6; }
        .cifar-plot .fine { stroke-width: 0.6; }
        """;
  }

  private static String darkRules() {
    return "@media (prefers-color-scheme: dark) {\n"
        + cellRules(DARK)
        + """
        .cifar-plot .none { fill: #6e7681; }
        .cifar-plot .strong { fill: #0d1117; }
        .cifar-plot .diagonal { stroke: #ff8a3d; }
        }
        """;
  }

  private static String cellRules(int[] stops) {
    StringBuilder rules = new StringBuilder();
    for (int level = 0; level < LEVELS; level++) {
      rules.append(".cifar-plot .h" + level + " { fill: #" + hex(stops, level) + "; }\n");
    }
    return rules.toString();
  }

  /** The colour of a level between the two stops beside it. */
  private static String hex(int[] stops, int level) {
    double at = (double) level / (LEVELS - 1) * (stops.length - 1);
    int below = Math.min(stops.length - 2, (int) at);
    StringBuilder text = new StringBuilder();
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = stops[below] >> shift & 0xFF;
      int to = stops[below + 1] >> shift & 0xFF;
      int mixed = (int) Math.round(from + (at - below) * (to - from));
      text.append(Character.forDigit(mixed >> 4, 16)).append(Character.forDigit(mixed & 15, 16));
    }
    return text.toString();
  }
}
