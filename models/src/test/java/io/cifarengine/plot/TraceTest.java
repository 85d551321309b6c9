// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {
  /** A power of two, so that a value is its own pixel without rounding. */
  private static final Axis PIXELS = new Axis(0, 128, 0, 128);

  @Test
  void everyColumnKeepsItsExtremesAndItsEnds() {
    int n = 30_000;
    double[] x = new double[n];
    double[] y = new double[n];
    double[] lowest = new double[101];
    double[] highest = new double[101];
    Arrays.fill(lowest, 1000);
    for (int i = 0; i < n; i++) {
      x[i] = 100.0 * i / n;
      y[i] = i * 7919L % 1009 / 20.0; // jumps about, with no order within a column
      int column = (int) x[i];
      lowest[column] = Math.min(lowest[column], y[i]);
      highest[column] = Math.max(highest[column], y[i]);
    }
    Trace trace = new Trace(x, y, PIXELS, PIXELS);
    assertTrue(trace.dense());
    List<double[]> points = trace.runs().get(0);
    assertTrue(points.size() <= 4 * 100, "kept " + points.size());
    for (int column = 0; column < 100; column++) {
      int at = column;
      double[] kept =
          points.stream().filter(p -> (int) p[0] == at).mapToDouble(p -> p[1]).sorted().toArray();
      assertEquals(lowest[column], kept[0]);
      assertEquals(highest[column], kept[kept.length - 1]);
    }
    assertEquals(y[0], points.get(0)[1]);
    assertEquals(y[n - 1], points.get(points.size() - 1)[1]);
  }

  @Test
  void fewPointsAllStay() {
    double[] x = {0, 10, 20, 30};
    Trace trace = new Trace(x, new double[] {1, 2, 1.5, 4}, PIXELS, PIXELS);
    assertFalse(trace.dense());
    assertEquals("M0 1L10 2L20 1.5L30 4", trace.path());
  }

  @Test
  void whatIsNoNumberBreaksTheLine() {
    double[] x = {0, 10, 20, 30, 40, 50, 60};
    double[] y = {1, 2, Double.NaN, 4, Double.POSITIVE_INFINITY, 6, 7};
    Trace trace = new Trace(x, y, PIXELS, PIXELS);
    assertEquals("M0 1L10 2M50 6L60 7", trace.path());
    assertEquals(List.of(2, 1, 2), trace.runs().stream().map(List::size).toList());
  }

  @Test
  void aGapWithinOneColumnBreaksToo() {
    double[] x = {1, 1.1, 1.2, 1.3, 1.4};
    Trace trace = new Trace(x, new double[] {1, 2, Double.NaN, 4, 5}, PIXELS, PIXELS);
    assertEquals("M1 1L1.1 2M1.3 4L1.4 5", trace.path());
  }

  @Test
  void gapsAloneGiveNoPath() {
    double[] gaps = {Double.NaN, Double.NaN};
    Trace trace = new Trace(new double[] {1, 2}, gaps, PIXELS, PIXELS);
    assertEquals("", trace.path());
    assertEquals(List.of(), trace.runs());
  }

  @Test
  void coordinatesFarOutsideStayShort() {
    Trace trace = new Trace(new double[] {1, 2}, new double[] {1, 1e300}, PIXELS, PIXELS);
    assertEquals("M1 1L2 10000", trace.path());
  }
}
