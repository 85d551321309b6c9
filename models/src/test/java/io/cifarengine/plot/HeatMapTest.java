// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HeatMapTest {
  private static final List<String> CLASSES = List.of("cat", "dog & <wolf>", "a very long name");

  private static String svg(long[][] counts) {
    return HeatMap.confusion("Test images", CLASSES, counts).toSvg();
  }

  @Test
  void countsAndNamesStandInIt() throws Exception {
    Parsed svg = Parsed.of(svg(new long[][] {{90, 10, 0}, {7, 3, 0}, {1, 2, 123_456}}));
    assertTrue(svg.texts().containsAll(List.of("90", "10", "7", "3", "123456", "Test images")));
    for (String name : CLASSES) {
      assertEquals(2, svg.texts().stream().filter(name::equals).count(), name);
    }
    assertEquals("img", svg.root().getAttribute("role"));
    assertEquals(1, svg.styled("path", "diagonal").size());
  }

  @Test
  void colourIsTheShareOfItsRow() throws Exception {
    Parsed svg = Parsed.of(svg(new long[][] {{100, 0, 0}, {0, 1, 1}, {0, 0, 5}}));
    // 1 of 1 is the last of 24 levels in two rows, 1 of 2 the middle one in two cells; the scale
    // has one rectangle of each.
    assertEquals(List.of(2, 1), squares(svg, 23));
    assertEquals(List.of(2, 1), squares(svg, 12));
    assertEquals(List.of(1), squares(svg, 5));
  }

  private static List<Integer> squares(Parsed svg, int level) {
    return svg.styled("path", "h" + level).stream()
        .map(path -> (int) path.getAttribute("d").chars().filter(c -> c == 'M').count())
        .toList();
  }

  @Test
  void aHundredClassesHaveSmallCellsWithoutCounts() throws Exception {
    List<String> names = new ArrayList<>();
    long[][] counts = new long[100][100];
    for (int i = 0; i < 100; i++) {
      names.add("class_" + i);
      for (int j = 0; j < 100; j++) {
        counts[i][j] = 1_000_000L + (i == j ? 1_000_000_000L : i * 31L + j * 17L);
      }
    }
    String svg = HeatMap.confusion("hundred", names, counts).toSvg();
    assertTrue(svg.length() < 200_000, svg.length() + " characters");
    Parsed parsed = Parsed.of(svg);
    assertEquals(0, parsed.styled("text", "count").size());
    assertEquals(200, parsed.styled("text", "class").size());
    assertEquals(svg, HeatMap.confusion("hundred", names, counts).toSvg());
  }

  @Test
  void noExamplesAtAllIsAnEmptyMap() throws Exception {
    assertEquals(List.of(1), squares(Parsed.of(svg(new long[3][3])), 23));
    long[][] all = {{Long.MAX_VALUE, Long.MAX_VALUE, 0}, {0, 0, 0}, {0, 0, 0}};
    assertEquals(List.of(2, 1), squares(Parsed.of(svg(all)), 23));
  }

  @Test
  void countsCanBeReadOnEveryColour() {
    String[] parts = svg(new long[3][3]).split("@media[^{]*\\{\\n\\.cifar-plot \\.h0", -1);
    assertEquals(2, parts.length);
    readable(parts[0], "#1f2328", "#ffffff");
    readable(".cifar-plot .h0" + parts[1], "#e6edf3", Svg.DARK_PAPER);
  }

  private static void readable(String rules, String weakText, String strongText) {
    var rule = Pattern.compile("\\.h(\\d+) \\{ fill: (#[0-9a-f]{6})").matcher(rules);
    Map<Integer, String> colours = new TreeMap<>();
    while (rule.find()) {
      colours.putIfAbsent(Integer.valueOf(rule.group(1)), rule.group(2));
    }
    assertEquals(24, colours.size());
    colours.forEach(
        (level, colour) -> {
          double contrast = Contrast.of(colour, level >= HeatMap.STRONG ? strongText : weakText);
          assertTrue(contrast >= 3, "level " + level + ", " + colour + ": " + contrast);
        });
  }

  @Test
  void countsThatAreNoMatrixAreRefused() {
    refused("3 classes and 2 rows", new long[2][3]);
    refused("row 0: expected 3 counts, found 2", new long[3][2]);
    refused("row 1, column 2: expected a count of 0 or more, found -1", negative());
    assertThrows(
        IllegalArgumentException.class, () -> HeatMap.confusion("t", List.of(), new long[0][0]));
  }

  private static long[][] negative() {
    long[][] counts = new long[3][3];
    counts[1][2] = -1;
    return counts;
  }

  private static void refused(String words, long[][] counts) {
    var error = assertThrows(IllegalArgumentException.class, () -> svg(counts));
    assertTrue(String.valueOf(error.getMessage()).contains(words), error.getMessage());
  }
}
