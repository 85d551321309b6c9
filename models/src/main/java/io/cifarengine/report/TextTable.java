// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells, each column as wide as its widest cell and set flush right. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** A table without rows. */
  public TextTable() {}

  /** Adds a row; the first one is the header, and all have as many cells. */
  public TextTable row(List<String> cells) {
    if (!rows.isEmpty() && rows.get(0).size() != cells.size()) {
      throw new IllegalArgumentException(
          "table: expected " + rows.get(0).size() + " cells, found " + cells.size());
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        out.append(column == 0 ? "" : GAP).append(" ".repeat(width(column) - cell.length()));
        out.append(cell);
      }
      out.append('\n');
    }
    return out.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
