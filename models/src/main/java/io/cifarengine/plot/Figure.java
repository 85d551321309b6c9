// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.plot;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Charts in a grid under one title and over one legend, as an SVG 1.1 document. */
public final class Figure {
  private static final double GAP = 14;
  private static final double MARGIN = 8;
  private static final double TITLE_LINE = 22;

  private final String title;
  private final int columns;
  private final List<LineChart> charts = new ArrayList<>();

  private Figure(String title, int columns) {
    this.title = title;
    this.columns = columns;
  }

  /**
   * A figure without charts; the title may be empty.
   *
   * @throws IllegalArgumentException for less than one column
   */
  public static Figure titled(String title, int columns) {
    if (columns < 1) {
      throw new IllegalArgumentException(
          "figure \"" + title + "\": expected 1 column or more, found " + columns);
    }
    return new Figure(title, columns);
  }

  /** Adds a chart: row by row, from the left. */
  public Figure add(LineChart chart) {
    charts.add(chart);
    return this;
  }

  /**
   * The document.
   *
   * @throws IllegalArgumentException if there is no chart, or one without series
   */
  public String toSvg() {
    if (charts.isEmpty()) {
      throw new IllegalArgumentException(
          "figure \""
              + title
              + "\": expected at least one chart, found none; add one with add(...)");
    }
    String first = charts.get(0).title();
    return draw(!title.isEmpty() ? title : !first.isEmpty() ? first : "Line chart");
  }

  /** A single chart with its legend. */
  static String alone(LineChart chart) {
    return new Figure("", 1).add(chart).toSvg();
  }

  private String draw(String accessibleTitle) {
    int cellWidth = 0;
    int cellHeight = 0;
    Set<Legend.Entry> entries = new LinkedHashSet<>();
    StringBuilder description = new StringBuilder();
    for (LineChart chart : charts) {
      chart.checkDrawable();
      cellWidth = Math.max(cellWidth, chart.width());
      cellHeight = Math.max(cellHeight, chart.height());
      entries.addAll(chart.legend());
      description.append(description.length() > 0 ? " " : "").append(chart.description());
    }
    int used = Math.min(columns, charts.size());
    int rows = (charts.size() + used - 1) / used;
    double width = 2 * MARGIN + used * cellWidth + (used - 1) * GAP;
    Legend legend = new Legend(entries, width - 2 * MARGIN - 2 * GAP);
    List<String> titleLines = Svg.wrap(title, Svg.TITLE, width - 40);
    double top = titleLines.isEmpty() ? 0 : 10 + TITLE_LINE * titleLines.size();
    double chartsEnd = top + rows * cellHeight + (rows - 1) * GAP;

    double height = chartsEnd + legend.height() + MARGIN;
    Svg svg = new Svg(width, height, accessibleTitle, description.toString(), "");
    for (int i = 0; i < titleLines.size(); i++) {
      svg.text("title", "middle", width / 2, 24 + TITLE_LINE * i, titleLines.get(i));
    }
    for (int i = 0; i < charts.size(); i++) {
      double x = MARGIN + i % used * (cellWidth + GAP);
      int row = i / used;
      double y = top + row * (cellHeight + GAP);
      charts.get(i).draw(svg, x, y);
    }
    legend.draw(svg, MARGIN + GAP, chartsEnd + 4);
    return svg.close();
  }
}
