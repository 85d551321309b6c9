// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells, each column as wide as its widest cell: numbers flush right, words flush left. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  private final boolean words;

  /** A table without rows, flush right. */
  public TextTable() {
    this(false);
  }

  private TextTable(boolean words) {
    this.words = words;
  }

  /** A table without rows, flush left. */
  public static TextTable ofWords() {
    return new TextTable(true);
  }

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
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String space = " ".repeat(width(column) - cell.length());
        line.append(column == 0 ? "" : GAP).append(words ? cell + space : space + cell);
      }
      out.append(words ? line.toString().stripTrailing() : line).append('\n');
    }
    return out.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
