// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Series y(x) as lines over linear axes, as an SVG 1.1 document for light and dark surroundings.
 * Equal calls give equal text everywhere. Sizes are in pixels of 1/96 inch.
 */
public final class LineChart {
  /** How a line is drawn. */
  public enum Style {
    /** Unbroken, and with the symbol of its colour where a chart has several such lines. */
    SOLID,
    /** Broken. */
    DASHED;

    String rule() {
      return this == DASHED ? "dashed " : "";
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Series(String name, double[] x, double[] y, Style style, int colour) {}

  private record Marker(String label, double x, double y, int colour) {}

  private record Reference(String label, double y) {}

  private final String title;
  private String xLabel = "";
  private String yLabel = "";
  private boolean percent;
  private double[] yRange = {};
  private int width = 480;
  private int height = 340;
  private final List<Series> series = new ArrayList<>();
  private final List<Marker> markers = new ArrayList<>();
  private final List<Reference> references = new ArrayList<>();

  private LineChart(String title) {
    this.title = title;
  }

  /** A chart without series; the title may be empty. */
  public static LineChart titled(String title) {
    return new LineChart(title);
  }

  /** What x is, with its unit. */
  public LineChart xLabel(String label) {
    xLabel = label;
    return this;
  }

  /** What y is, with its unit. */
  public LineChart yLabel(String label) {
    yLabel = label;
    return this;
  }

  /** y holds fractions, which the axis shows times 100 with a percent sign. */
  public LineChart percent() {
    percent = true;
    return this;
  }

  /**
   * The vertical axis covers [low, high], whatever the series hold; without this it covers them.
   *
   * @throws IllegalArgumentException unless low < high, both finite
   */
  public LineChart yRange(double low, double high) {
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          called() + ": expected a y range with low < high, found " + low + " to " + high);
    }
    yRange = new double[] {low, high};
    return this;
  }

  /**
   * The size without the legend; 480 x 340 unless told.
   *
   * @throws IllegalArgumentException below 240 x 180, where labels have no room
   */
  public LineChart size(int width, int height) {
    if (width < 240 || height < 180) {
      throw new IllegalArgumentException(
          called() + ": expected a size of at least 240 x 180, found " + width + " x " + height);
    }
    this.width = width;
    this.height = height;
    return this;
  }

  /**
   * Adds a line through (x[i], y[i]); it breaks where y is not finite. The arrays are copied.
   *
   * @param name what the legend calls it; empty keeps it out of the legend
   * @param x ascending and finite
   * @param colour 0, 1, 2, ...; there are 8, after which they repeat
   * @throws IllegalArgumentException if x and y differ in length, are empty or x does not ascend
   */
  public LineChart series(String name, double[] x, double[] y, Style style, int colour) {
    String what = called() + ", series \"" + name + "\"";
    if (x.length != y.length || x.length == 0) {
      throw new IllegalArgumentException(
          what
              + ": expected as many x as y and at least one, found "
              + x.length
              + " and "
              + y.length);
    }
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i]) || (i > 0 && x[i] < x[i - 1])) {
        throw new IllegalArgumentException(
            what + ": expected finite x in ascending order, found " + x[i] + " at " + i);
      }
    }
    checkColour(what, colour);
    series.add(new Series(name, x.clone(), y.clone(), style, colour));
    return this;
  }

  /**
   * Marks the point (x, y), as a rule one of a series with the same colour, by a symbol, a thin line
   * down to the axis and a label.
   *
   * @throws IllegalArgumentException if x or y is not finite
   */
  public LineChart marker(String label, double x, double y, int colour) {
    String what = called() + ", marker \"" + label + "\"";
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      throw new IllegalArgumentException(
          what + ": expected a finite point, found (" + x + ", " + y + ")");
    }
    checkColour(what, colour);
    markers.add(new Marker(label, x, y, colour));
    return this;
  }

  /**
   * A horizontal line at y with its label at the right.
   *
   * @throws IllegalArgumentException if y is not finite
   */
  public LineChart reference(String label, double y) {
    if (!Double.isFinite(y)) {
      throw new IllegalArgumentException(
          called() + ", reference \"" + label + "\": expected a finite y, found " + y);
    }
    references.add(new Reference(label, y));
    return this;
  }

  /**
   * The document, with a legend under the plot.
   *
   * @throws IllegalArgumentException if no series was added
   */
  public String toSvg() {
    return Figure.alone(this);
  }

  private String called() {
    return "chart \"" + title + "\"";
  }

  private static void checkColour(String what, int colour) {
    if (colour < 0) {
      throw new IllegalArgumentException(
          what + ": expected a colour of 0 or more, found " + colour);
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  String title() {
    return title;
  }

  /** What the chart shows, for who cannot see it. */
  String description() {
    StringBuilder text = new StringBuilder();
    text.append(yLabel.isEmpty() ? "y" : yLabel).append(" over ");
    text.append(xLabel.isEmpty() ? "x" : xLabel).append('.');
    for (Legend.Entry entry : legend()) {
      text.append(entry.name().isEmpty() ? "" : " Line: " + entry.name() + ".");
    }
    for (Marker marker : markers) {
      text.append(" Marked: ").append(marker.label).append('.');
    }
    for (Reference reference : references) {
      text.append(" Reference: ").append(reference.label).append('.');
    }
    return text.toString();
  }

  void checkDrawable() {
    if (series.isEmpty()) {
      throw new IllegalArgumentException(
          called() + ": expected at least one series, found none; add one with series(...)");
    }
  }

  Set<Legend.Entry> legend() {
    Set<Legend.Entry> entries = new LinkedHashSet<>();
    for (Series line : series) {
      boolean symbol = line.style == Style.SOLID && severalSolid();
      entries.add(new Legend.Entry(line.name, line.style, line.colour, symbol));
    }
    return entries;
  }

  private boolean severalSolid() {
    return series.stream().filter(line -> line.style == Style.SOLID).count() > 1;
  }

  /** Draws into the rectangle of its size at (x, y). */
  void draw(Svg svg, double x, double y) {
    new Drawing(svg, x, y).draw();
  }

  /** One drawing of the chart: what follows from its place and the ranges of its series. */
  private final class Drawing {
    private static final double TITLE_LINE = 20;
    private static final double TEXT_LINE = 14;
    private static final double REFERENCE_WIDTH = 70;

    private final Svg svg;
    private final List<String> titleLines;
    private final double x;
    private final double y;
    private final double left;
    private final double right;
    private final double top;
    private final double bottom;
    private final Ticks xTicks;
    private final Ticks yTicks;
    private final Axis horizontal;
    private final Axis vertical;

    private Drawing(Svg svg, double x, double y) {
      this.svg = svg;
      this.x = x;
      this.y = y;
      titleLines = Svg.wrap(title, Svg.SUBTITLE, width - 20);
      top = y + (titleLines.isEmpty() ? 12 : 12 + TITLE_LINE * titleLines.size());
      bottom = y + height - (xLabel.isEmpty() ? 26 : 46);

      double[] yEnds = yEnds();
      yTicks = Ticks.over(yEnds[0], yEnds[1], Math.max(3, (int) ((bottom - top) / 30)));
      double widest = 0;
      for (int i = 0; i < yTicks.count(); i++) {
        widest = Math.max(widest, Svg.width(yLabelOf(i), Svg.SMALL));
      }
      left = x + (yLabel.isEmpty() ? 6 : 26) + widest + 8;
      right = x + width - Math.max(18, referenceWidth() + 10);
      vertical = new Axis(yEnds[0], yEnds[1], bottom, top);

      double[] xEnds = xEnds();
      int most = Math.max(2, (int) ((right - left) / 58));
      boolean whole =
          series.stream().flatMapToDouble(s -> Arrays.stream(s.x)).allMatch(v -> v == Math.rint(v));
      xTicks = whole ? Ticks.whole(xEnds[0], xEnds[1], most) : Ticks.over(xEnds[0], xEnds[1], most);
      horizontal = new Axis(xEnds[0], xEnds[1], left, right);
    }

    private String yLabelOf(int i) {
      return percent ? yTicks.percentLabel(i) : yTicks.label(i);
    }

    private double referenceWidth() {
      double widest = 0;
      for (Reference reference : references) {
        for (String line : Svg.wrap(reference.label, Svg.SMALL, REFERENCE_WIDTH)) {
          widest = Math.max(widest, Svg.width(line, Svg.SMALL));
        }
      }
      return widest;
    }

    private double[] xEnds() {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (Series line : series) {
        low = Math.min(low, line.x[0]);
        high = Math.max(high, line.x[line.x.length - 1]);
      }
      if (low == high) {
        return new double[] {
          low - Math.max(1, 0.05 * Math.abs(low)), high + Math.max(1, 0.05 * Math.abs(high))
        };
      }
      return Ticks.widened(low, high);
    }

    /** The range given, or all values with a little room, which does not pass 0. */
    private double[] yEnds() {
      if (yRange.length > 0) {
        return yRange;
      }
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (Series line : series) {
        for (double value : line.y) {
          if (Double.isFinite(value)) {
            low = Math.min(low, value);
            high = Math.max(high, value);
          }
        }
      }
      for (Marker marker : markers) {
        low = Math.min(low, marker.y);
        high = Math.max(high, marker.y);
      }
      for (Reference reference : references) {
        low = Math.min(low, reference.y);
        high = Math.max(high, reference.y);
      }
      if (low > high) {
        return new double[] {0, 1}; // nothing to show but gaps
      }
      // Differences of ends stay finite.
      double[] ends = Ticks.widened(clamped(low), clamped(high));
      double room = 0.05 * (ends[1] - ends[0]);
      double below = low >= 0 ? Math.max(0, ends[0] - room) : ends[0] - room;
      return new double[] {below, ends[1] + room};
    }

    private static double clamped(double end) {
      return Math.max(-1e300, Math.min(end, 1e300));
    }

    private void draw() {
      for (int i = 0; i < titleLines.size(); i++) {
        double baseline = y + 20 + TITLE_LINE * i;
        svg.text("subtitle", "middle", (left + right) / 2, baseline, titleLines.get(i));
      }
      drawAxes();
      LabelPlaces places =
          new LabelPlaces(
              new LabelPlaces.Box(left + 2, top + 2, right - left - 4, bottom - top - 4));
      for (Reference reference : references) {
        double at = vertical.pixel(reference.y);
        places.keepOff(left, at, right, at);
      }
      for (Marker marker : markers) {
        double at = horizontal.pixel(marker.x);
        places.keepOff(at, vertical.pixel(marker.y), at, bottom);
      }
      drawLines(places);
      drawMarkers(places);
      drawReferenceLabels();
    }

    private void drawAxes() {
      for (int i = 0; i < yTicks.count(); i++) {
        double at = vertical.pixel(yTicks.at(i));
        svg.line("grid", left, at, right, at);
        svg.text("soft", "end", left - 7, at + 4, yLabelOf(i));
      }
      for (int i = 0; i < xTicks.count(); i++) {
        double at = horizontal.pixel(xTicks.at(i));
        svg.line("grid", at, top, at, bottom);
        svg.line("axis", at, bottom, at, bottom + 4);
        svg.text("soft", "middle", at, bottom + 17, xTicks.label(i));
      }
      svg.line("axis", left, top, left, bottom);
      svg.line("axis", left, bottom, right, bottom);
      if (!xLabel.isEmpty()) {
        svg.text("label", "middle", (left + right) / 2, bottom + 37, xLabel);
      }
      if (!yLabel.isEmpty()) {
        svg.turnedText("label", "middle", x + 17, (top + bottom) / 2, -90, yLabel);
      }
    }

    /** Lines that fill an area, then the references, then the other lines: none hides a finer one. */
    private void drawLines(LabelPlaces places) {
      List<Trace> traces = new ArrayList<>();
      for (Series line : series) {
        traces.add(new Trace(line.x, line.y, horizontal, vertical));
      }
      svg.openWindow(left, top, right - left, bottom - top);
      drawPaths(traces, true);
      for (Reference reference : references) {
        double at = vertical.pixel(reference.y);
        svg.line("reference", left, at, right, at);
      }
      for (Marker marker : markers) {
        double at = horizontal.pixel(marker.x);
        svg.line("drop " + Svg.colour(marker.colour), at, vertical.pixel(marker.y), at, bottom);
      }
      drawPaths(traces, false);
      svg.closeWindow();
      for (int i = 0; i < traces.size(); i++) {
        drawSymbols(traces.get(i), i);
        for (List<double[]> run : traces.get(i).runs()) {
          for (int j = 1; j < run.size(); j++) {
            places.keepOff(run.get(j - 1)[0], run.get(j - 1)[1], run.get(j)[0], run.get(j)[1]);
          }
        }
      }
    }

    private void drawPaths(List<Trace> traces, boolean dense) {
      for (int i = 0; i < traces.size(); i++) {
        String data = traces.get(i).path();
        if (traces.get(i).dense() == dense && !data.isEmpty()) {
          Series line = series.get(i);
          String rule = (dense ? "dense " : "") + line.style.rule();
          svg.path("line " + rule + Svg.colour(line.colour), data);
        }
      }
    }

    /** On lone points always; on lines that need them at three places, each line at its own. */
    private void drawSymbols(Trace trace, int index) {
      Series line = series.get(index);
      List<double[]> points = new ArrayList<>();
      for (List<double[]> run : trace.runs()) {
        points.addAll(run);
        if (run.size() == 1) {
          drawSymbol(line, run.get(0));
        }
      }
      if (line.style == Style.SOLID && severalSolid() && points.size() > 1) {
        for (int third = 0; third < 3; third++) {
          double share = (third + (index + 0.5) / series.size()) / 3;
          drawSymbol(line, points.get((int) (share * points.size())));
        }
      }
    }

    private void drawSymbol(Series line, double[] point) {
      if (point[1] >= top && point[1] <= bottom) {
        String shape = Symbol.path(line.colour, point[0], point[1], 2.8);
        svg.path("symbol " + Svg.colour(line.colour), shape);
      }
    }

    /** The markers within both ranges; their labels lie over all of them. */
    private void drawMarkers(LabelPlaces places) {
      double r = 4.6;
      List<Marker> shown = new ArrayList<>(markers);
      shown.removeIf(marker -> !horizontal.covers(marker.x) || !vertical.covers(marker.y));
      for (Marker marker : shown) {
        double atX = horizontal.pixel(marker.x);
        double atY = vertical.pixel(marker.y);
        places.keepOff(new LabelPlaces.Box(atX - r - 1, atY - r - 1, 2 * r + 2, 2 * r + 2));
      }
      List<LabelPlaces.Box> boxes = new ArrayList<>();
      for (Marker marker : shown) {
        double atX = horizontal.pixel(marker.x);
        double atY = vertical.pixel(marker.y);
        double textWidth = Svg.width(marker.label, Svg.SMALL);
        LabelPlaces.Box box = places.place(atX, atY, textWidth, TEXT_LINE);
        double nearX = Math.max(box.x(), Math.min(box.x() + box.width(), atX));
        double nearY = Math.max(box.y(), Math.min(box.y() + box.height(), atY));
        String colour = Svg.colour(marker.colour);
        if (Math.abs(nearX - atX) + Math.abs(nearY - atY) > 1.5 * LabelPlaces.NEAR) {
          svg.line("thin " + colour, atX, atY, nearX, nearY);
        }
        svg.path("symbol " + colour, Symbol.path(marker.colour, atX, atY, r));
        boxes.add(box);
      }
      for (int i = 0; i < boxes.size(); i++) {
        LabelPlaces.Box box = boxes.get(i);
        double middle = box.x() + box.width() / 2;
        svg.text("halo", "middle", middle, box.y() + 11, shown.get(i).label);
      }
    }

    /** At the right of their lines, moved up where they would stand on one another or the axis. */
    private void drawReferenceLabels() {
      List<Reference> fromBelow = new ArrayList<>(references);
      fromBelow.removeIf(reference -> !vertical.covers(reference.y));
      fromBelow.sort((a, b) -> Double.compare(a.y, b.y));
      double free = bottom + 3;
      for (Reference reference : fromBelow) {
        List<String> lines = Svg.wrap(reference.label, Svg.SMALL, REFERENCE_WIDTH);
        double high = TEXT_LINE * lines.size();
        double from = Math.min(free - high, vertical.pixel(reference.y) - high / 2);
        for (int i = 0; i < lines.size(); i++) {
          svg.text("soft", "start", right + 6, from + 11 + TEXT_LINE * i, lines.get(i));
        }
        free = from - 2;
      }
    }
  }
}
