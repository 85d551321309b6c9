// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.plot.HeatMap;
import io.cifarengine.train.ConfusionMatrix;

/** A confusion matrix as a picture and as a table. */
final class ConfusionFiles {
  private static final String CORNER = "true\\predicted";

  private ConfusionFiles() {}

  /** As SVG. */
  static String svg(String title, ConfusionMatrix confusion) {
    int n = confusion.classes();
    long[][] counts = new long[n][n];
    for (int expected = 0; expected < n; expected++) {
      for (int predicted = 0; predicted < n; predicted++) {
        counts[expected][predicted] = confusion.count(expected, predicted);
      }
    }
    return HeatMap.confusion(title, confusion.classNames(), counts).toSvg();
  }

  /** As CSV: a header of the predicted classes, then a row for each true one. */
  static String csv(ConfusionMatrix confusion) {
    StringBuilder text = new StringBuilder(CORNER);
    confusion.classNames().forEach(name -> text.append(',').append(cell(name)));
    text.append('\n');
    for (int expected = 0; expected < confusion.classes(); expected++) {
      text.append(cell(confusion.classNames().get(expected)));
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        text.append(',').append(confusion.count(expected, predicted));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** In quotes where RFC 4180, section 2, asks for them. */
  private static String cell(String name) {
    boolean plain = name.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
