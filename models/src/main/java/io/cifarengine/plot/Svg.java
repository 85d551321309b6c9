// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes one SVG 1.1 document. Colours are classes of a style sheet that knows light and dark; there
 * are no ids, so that several pictures may stand in one page.
 */
final class Svg {
  /** Colours that a colour-blind eye tells apart by lightness; each has 3:1 on its background. */
  static final List<String> LIGHT =
      List.of(
          "#0072b2", "#d55e00", "#009070", "#a83f90", "#b37b00", "#4a4a4a", "#2f96d0", "#7a5230");

  static final List<String> DARK =
      List.of(
          "#4fa8e8", "#ff8a3d", "#2dc79a", "#e58ad0", "#f0c040", "#c9d1d9", "#9adcff", "#c9a27a");

  static final String LIGHT_PAPER = "#ffffff";
  static final String DARK_PAPER = "#0d1117";

  static final double TITLE = 15;
  static final double SUBTITLE = 13.5;
  static final double SMALL = 11.5;

  private final StringBuilder out = new StringBuilder();

  /** Opens a document; {@code rules} are further rules of its style sheet. */
  Svg(double width, double height, String title, String description, String rules) {
    String w = number(width);
    String h = number(height);
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" class=\"cifar-plot\"");
    out.append(" width=\"" + w + "\" height=\"" + h + "\" viewBox=\"0 0 " + w + " " + h + "\"");
    out.append(" role=\"img\" aria-label=\"" + escape(title) + "\">\n");
    out.append("<title>" + escape(title) + "</title>\n");
    out.append("<desc>" + escape(description) + "</desc>\n");
    out.append("<style>\n" + STYLE + seriesRules(LIGHT) + rules);
    out.append("@media (prefers-color-scheme: dark) {\n" + DARK_STYLE + seriesRules(DARK));
    out.append("}\n</style>\n");
    rectangle("paper", 0, 0, width, height);
  }

  private static final String STYLE =
      """
      .cifar-plot text {
        font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
        font-size: 11.5px; fill: #1f2328;
      }
      .cifar-plot .title { font-size: 15px; font-weight: 600; }
      .cifar-plot .subtitle { font-size: 13.5px; font-weight: 600; }
      .cifar-plot .label { font-size: 12.5px; }
      .cifar-plot .soft { fill: #4d5661; }
      .cifar-plot .paper { fill: #ffffff; }
      .cifar-plot .grid { stroke: #e4e7eb; stroke-width: 1; fill: none; }
      .cifar-plot .axis { stroke: #7d8590; stroke-width: 1; fill: none; }
      .cifar-plot .reference { stroke: #1f2328; stroke-width: 1.2; stroke-dasharray: 7 3 1.5 3; }
      .cifar-plot .line {
        fill: none; stroke-width: 1.7; stroke-linejoin: round; stroke-linecap: round;
      }
      .cifar-plot .dense { stroke-width: 1; }
      .cifar-plot .dashed { stroke-dasharray: 4.5 3.2; stroke-width: 1.4; }
      .cifar-plot .symbol { stroke-width: 1.5; fill: #ffffff; }
      .cifar-plot .thin { fill: none; stroke-width: 1; }
      .cifar-plot .drop { fill: none; stroke-width: 1; stroke-dasharray: 1.5 2.5; }
      .cifar-plot .halo {
        stroke: #ffffff; stroke-width: 3.5; stroke-linejoin: round; paint-order: stroke;
      }
      """;

  private static final String DARK_STYLE =
      """
      .cifar-plot text { fill: #e6edf3; }
      .cifar-plot .soft { fill: #a5afba; }
      .cifar-plot .paper { fill: #0d1117; }
      .cifar-plot .grid { stroke: #252b33; }
      .cifar-plot .axis { stroke: #6e7681; }
      .cifar-plot .reference { stroke: #e6edf3; }
      .cifar-plot .symbol { fill: #0d1117; }
      .cifar-plot .halo { stroke: #0d1117; }
      """;

  private static String seriesRules(List<String> colours) {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < colours.size(); i++) {
      rules.append(".cifar-plot .c" + i + " { stroke: " + colours.get(i) + "; }\n");
    }
    return rules.toString();
  }

  /** The class of a colour's index. */
  static String colour(int index) {
    return "c" + index % LIGHT.size();
  }

  void rectangle(String style, double x, double y, double width, double height) {
    out.append("<rect class=\"" + style + "\" x=\"" + number(x) + "\" y=\"" + number(y));
    out.append("\" width=\"" + number(width) + "\" height=\"" + number(height) + "\"/>\n");
  }

  void line(String style, double x1, double y1, double x2, double y2) {
    path(style, "M" + number(x1) + " " + number(y1) + "L" + number(x2) + " " + number(y2));
  }

  void path(String style, String data) {
    out.append("<path class=\"" + style + "\" d=\"" + data + "\"/>\n");
  }

  /** Text whose {@code anchor} (start, middle, end) is at x, and whose baseline is y. */
  void text(String style, String anchor, double x, double y, String text) {
    out.append("<text class=\"" + style + "\" text-anchor=\"" + anchor + "\" x=\"" + number(x));
    out.append("\" y=\"" + number(y) + "\">" + escape(text) + "</text>\n");
  }

  /** Text turned by {@code degrees} around (x, y). */
  void turnedText(String style, String anchor, double x, double y, int degrees, String text) {
    out.append(
        "<text class=\"" + style + "\" text-anchor=\"" + anchor + "\" transform=\"translate(");
    out.append(number(x) + " " + number(y) + ") rotate(" + degrees + ")\">");
    out.append(escape(text) + "</text>\n");
  }

  /** Opens a window with unchanged coordinates, outside of which nothing shows. */
  void openWindow(double x, double y, double width, double height) {
    String w = number(width);
    String h = number(height);
    out.append(
        "<svg x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + w + "\" height=\"" + h);
    out.append("\" viewBox=\"" + number(x) + " " + number(y) + " " + w + " " + h);
    out.append("\" overflow=\"hidden\">\n");
  }

  void closeWindow() {
    out.append("</svg>\n");
  }

  /** The document; nothing is written after it. */
  String close() {
    return out.append("</svg>\n").toString();
  }

  /** A length with at most two decimals, the same text on every JDK and in every locale. */
  static String number(double value) {
    long hundredths = Math.round(value * 100);
    long size = Math.abs(hundredths);
    StringBuilder text = new StringBuilder();
    if (hundredths < 0) {
      text.append('-');
    }
    text.append(size / 100);
    int rest = (int) (size % 100);
    if (rest > 0) {
      text.append('.').append(rest / 10);
      if (rest % 10 > 0) {
        text.append(rest % 10);
      }
    }
    return text.toString();
  }

  /** Text as XML 1.0 may hold it; a character that XML forbids becomes U+FFFD. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isXml(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }

  /** A text's width in pixels, on the safe side, since the reader's font is not known here. */
  static double width(String text, double size) {
    return size * text.codePoints().mapToDouble(Svg::em).sum();
  }

  private static double em(int c) {
    if (c >= 0x2E80) {
      return 1.0; // East Asian scripts fill their square
    }
    if (" \u00a0.,:;'|!ijltfr()[]I/-".indexOf(c) >= 0) {
      return 0.39;
    }
    if ("mwMW%@\u2212".indexOf(c) >= 0) {
      return 0.95;
    }
    return Character.isUpperCase(c) ? 0.71 : 0.63;
  }

  /** The words of a text, a number and its % being one, in lines no wider than {@code width}. */
  static List<String> wrap(String text, double size, double width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().replace(" %", "\u00a0%").split("\\s+", -1)) {
      if (line.length() > 0 && width(line + " " + word, size) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    if (line.length() > 0) {
      lines.add(line.toString());
    }
    return lines;
  }
}
