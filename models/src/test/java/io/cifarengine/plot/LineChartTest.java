// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.plot;

import static io.cifarengine.plot.LineChart.Style.DASHED;
import static io.cifarengine.plot.LineChart.Style.SOLID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class LineChartTest {
  private static final double[] EPOCHS = {1, 2, 3, 4};
  private static final double[] ACCURACY = {0.1, 0.2, 0.25, 0.24};

  private static LineChart chart() {
    return LineChart.titled("Accuracy")
        .xLabel("epoch")
        .yLabel("accuracy")
        .percent()
        .series("validation", EPOCHS, ACCURACY, SOLID, 0)
        .series("training", EPOCHS, new double[] {0.1, 0.3, 0.5, 0.7}, DASHED, 1)
        .marker("best epoch 3", 3, 0.25, 0)
        .reference("paper 25.41 %", 0.2541);
  }

  @Test
  void theDocumentIsXmlThatAScreenReaderCanName() throws Exception {
    Parsed svg = Parsed.of(chart().toSvg());
    assertEquals("svg", svg.root().getLocalName());
    assertEquals("http://www.w3.org/2000/svg", svg.root().getNamespaceURI());
    assertEquals("img", svg.root().getAttribute("role"));
    assertEquals("Accuracy", svg.all("title").get(0).getTextContent());
    assertEquals(
        "accuracy over epoch. Line: validation. Line: training. Marked: best epoch 3. Reference:"
            + " paper 25.41 %.",
        svg.all("desc").get(0).getTextContent());
    assertTrue(
        svg.texts()
            .containsAll(List.of("epoch", "accuracy", "validation", "training", "best epoch 3")));
    assertTrue(svg.texts().containsAll(List.of("10 %", "20 %", "70 %", "1", "4")));
  }

  @Test
  void nothingComesFromElsewhereAndNothingRuns() {
    String svg = chart().toSvg().replace("http://www.w3.org/2000/svg", "");
    assertFalse(svg.matches("(?s).*(https?:|<script|href|url\\(|@import|\\bid=).*"), svg);
    assertTrue(svg.contains("@media (prefers-color-scheme: dark)"));
  }

  @Test
  void textIsEscaped() throws Exception {
    String name = "a < b & \"c\" > 'd' \u00e9";
    String svg =
        LineChart.titled(name + '\u0001')
            .xLabel(name)
            .series(name, EPOCHS, ACCURACY, SOLID, 0)
            .marker(name, 2, 0.2, 0)
            .toSvg();
    Parsed parsed = Parsed.of(svg);
    assertEquals(name + '\uFFFD', parsed.root().getAttribute("aria-label"));
    assertEquals(3, parsed.texts().stream().filter(name::equals).count());
  }

  @Test
  void equalChartsAreEqualTextInEveryLocale() {
    String expected = chart().toSvg();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(expected, chart().toSvg());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aLineOfManyBatchesStaysSmallAndKeepsItsPeak() throws Exception {
    int n = 30_000;
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = i;
      y[i] = 2 + i * 7919L % 1009 / 1009.0;
    }
    y[12_345] = 9;
    String svg =
        LineChart.titled("loss").yRange(0, 10).size(1200, 400).series("", x, y, SOLID, 0).toSvg();
    assertTrue(svg.length() < 200_000, svg.length() + " characters");
    Parsed parsed = Parsed.of(svg);
    Element path = parsed.styled("path", "dense").get(0);
    Element window = parsed.all("svg").get(1);
    double top = Double.parseDouble(window.getAttribute("y"));
    double height = Double.parseDouble(window.getAttribute("height"));
    double peak = Double.POSITIVE_INFINITY;
    for (String point : path.getAttribute("d").substring(1).split("L", -1)) {
      peak = Math.min(peak, Double.parseDouble(point.split(" ", -1)[1]));
    }
    // Half of the last digit written.
    assertEquals(top + height * 0.1, peak, 0.05 + 1e-9);
  }

  @Test
  void aGapBreaksThePathAndALonePointIsASymbol() throws Exception {
    double[] y = {Double.NaN, 2, Double.NaN, 3, 4};
    double[] x = {1, 2, 3, 4, 5};
    Parsed svg = Parsed.of(LineChart.titled("gap").series("s", x, y, SOLID, 2).toSvg());
    assertEquals(1, svg.styled("path", "symbol").size());
    List<Element> lines = svg.styled("path", "line");
    assertEquals(2, lines.size()); // the line and its sample in the legend
    assertEquals(1, lines.get(0).getAttribute("d").chars().filter(c -> c == 'M').count());
  }

  @Test
  void onePointAConstantAndGapsAloneHaveAxes() throws Exception {
    double[] one = {1};
    for (double y : new double[] {2.5, 0, -3, 1e-12, 1e300, 1e308, -1e308, Double.NaN}) {
      Parsed point =
          Parsed.of(LineChart.titled("").series("s", one, new double[] {y}, SOLID, 0).toSvg());
      assertTrue(point.styled("text", "soft").size() >= 4, "ticks at " + y);
      double[] constant = {y, y, y, y};
      Parsed line = Parsed.of(LineChart.titled("").series("s", EPOCHS, constant, SOLID, 0).toSvg());
      assertTrue(line.styled("text", "soft").size() >= 4, "ticks at " + y);
    }
  }

  @Test
  void aMarkerOutsideTheRangeIsNotDrawn() throws Exception {
    Parsed svg = Parsed.of(chart().yRange(0.5, 1).toSvg());
    assertFalse(svg.texts().contains("best epoch 3"));
    assertFalse(svg.texts().contains("25.41\u00a0%"));
  }

  @Test
  void labelsOfMarkersDoNotMeet() throws Exception {
    LineChart crowded = LineChart.titled("").series("s", EPOCHS, ACCURACY, SOLID, 0);
    for (int i = 0; i < 6; i++) {
      crowded.marker("best epoch " + i, 2 + 0.01 * i, 0.2, i);
    }
    List<Element> labels = Parsed.of(crowded.toSvg()).styled("text", "halo");
    assertEquals(6, labels.size());
    double wide = Svg.width("best epoch 0", Svg.SMALL);
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < i; j++) {
        double dx = number(labels.get(i), "x") - number(labels.get(j), "x");
        double dy = number(labels.get(i), "y") - number(labels.get(j), "y");
        // Coordinates are written with two decimals.
        assertTrue(Math.abs(dx) > wide - 0.02 || Math.abs(dy) > 14 - 0.02, i + " and " + j);
      }
    }
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @Test
  void arraysAreCopied() {
    double[] y = ACCURACY.clone();
    LineChart chart = LineChart.titled("t").series("s", EPOCHS, y, SOLID, 0);
    String before = chart.toSvg();
    y[0] = 100;
    assertEquals(before, chart.toSvg());
  }

  @Test
  void coloursStandOutFromLightAndDarkPaper() {
    for (int i = 0; i < Svg.LIGHT.size(); i++) { // 3:1 is WCAG 2.2's bound for graphics
      assertTrue(Contrast.of(Svg.LIGHT.get(i), Svg.LIGHT_PAPER) >= 3, Svg.LIGHT.get(i));
      assertTrue(Contrast.of(Svg.DARK.get(i), Svg.DARK_PAPER) >= 3, Svg.DARK.get(i));
    }
    assertEquals(Svg.LIGHT.size(), Svg.DARK.size());
  }

  @Test
  void aFigureHasItsChartsSideBySideAndEqualLinesOnceInItsLegend() throws Exception {
    LineChart loss =
        LineChart.titled("Loss")
            .series("validation", EPOCHS, ACCURACY, SOLID, 0)
            .series("", EPOCHS, ACCURACY, DASHED, 0);
    Parsed svg = Parsed.of(Figure.titled("Both", 2).add(chart()).add(loss).toSvg());
    assertTrue(svg.texts().containsAll(List.of("Both", "Accuracy", "Loss")));
    assertEquals(1, svg.texts().stream().filter("validation"::equals).count());
    assertFalse(svg.texts().contains(""));
    List<Element> windows = svg.all("svg").subList(1, 3);
    assertTrue(number(windows.get(0), "x") + 480 < number(windows.get(1), "x") + 40);
    assertEquals(2 * 8 + 2 * 480 + 14, number(svg.root(), "width"));
  }

  @Test
  void whatCannotBeDrawnIsRefusedInOneLine() {
    refused("chart \"t\": expected at least one series", () -> LineChart.titled("t").toSvg());
    refused("figure \"t\": expected at least one chart", () -> Figure.titled("t", 1).toSvg());
    refused("expected 1 column or more, found 0", () -> Figure.titled("t", 0));
    refused("expected as many x as y", () -> series(new double[] {1}, new double[] {1, 2}, 0));
    refused("found 0 and 0", () -> series(new double[0], new double[0], 0));
    refused("ascending order, found 1.0 at 1", () -> series(new double[] {2, 1}, EPOCHS_TWO, 0));
    refused("found NaN at 0", () -> series(new double[] {Double.NaN, 1}, EPOCHS_TWO, 0));
    refused("colour of 0 or more, found -1", () -> series(EPOCHS_TWO, EPOCHS_TWO, -1));
    refused("finite point", () -> chart().marker("m", 1, Double.NaN, 0));
    refused("finite y", () -> chart().reference("r", Double.NaN));
    refused("low < high, found 1.0 to 1.0", () -> chart().yRange(1, 1));
    refused("at least 240 x 180", () -> chart().size(100, 400));
  }

  private static final double[] EPOCHS_TWO = {1, 2};

  private static void series(double[] x, double[] y, int colour) {
    LineChart.titled("t").series("s", x, y, SOLID, colour);
  }

  private static void refused(String words, Runnable call) {
    var error = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(String.valueOf(error.getMessage()).contains(words), error.getMessage());
  }
}
