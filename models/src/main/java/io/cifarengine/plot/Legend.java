// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.plot;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names beside samples of their lines, in columns, centred; equal entries stand there once. */
final class Legend {
  record Entry(String name, LineChart.Style style, int colour, boolean symbol) {}

  private static final double SAMPLE = 28;
  private static final double SPACE = 7;
  private static final double GAP = 22;
  private static final double ROW = 19;

  private final List<Entry> entries;
  private final double width;
  private final double columnWidth;
  private final int rows;

  Legend(Set<Entry> all, double width) {
    Set<Entry> named = new LinkedHashSet<>(all);
    named.removeIf(entry -> entry.name().isEmpty());
    entries = new ArrayList<>(named);
    this.width = width;
    double widest = 0;
    for (Entry entry : entries) {
      widest = Math.max(widest, Svg.width(entry.name(), Svg.SMALL));
    }
    columnWidth = SAMPLE + SPACE + widest + GAP;
    int columns = Math.max(1, (int) ((width + GAP) / columnWidth));
    rows = (entries.size() + columns - 1) / columns;
  }

  double height() {
    return entries.isEmpty() ? 0 : rows * ROW + 12;
  }

  /** Draws at the left end x of the width and the upper end y of the height. */
  void draw(Svg svg, double x, double y) {
    int columns = rows == 0 ? 0 : (entries.size() + rows - 1) / rows;
    double left = x + Math.max(0, (width - (columns * columnWidth - GAP)) / 2);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      int column = i / rows;
      double at = left + column * columnWidth;
      double middle = y + i % rows * ROW + 12;
      String colour = Svg.colour(entry.colour());
      svg.line("line " + entry.style().rule() + colour, at, middle, at + SAMPLE, middle);
      if (entry.symbol()) {
        String shape = Symbol.path(entry.colour(), at + SAMPLE / 2, middle, 3);
        svg.path("symbol " + colour, shape);
      }
      svg.text("name", "start", at + SAMPLE + SPACE, middle + 4, entry.name());
    }
  }
}
