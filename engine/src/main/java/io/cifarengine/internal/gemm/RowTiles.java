// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.gemm;

import io.cifarengine.internal.kernel.GemmKernel;
import io.cifarengine.internal.parallel.Workers;

/** How the rows of C fall into tiles: of 14 rows, and of 8 and 4 where fewer remain. */
final class RowTiles {
  private static final int ROW_UNIT = GemmKernel.ROW_UNIT;

  private final int mr;
  private int[] firstRows = {0};
  private int count;

  /** Tiles of at most so many rows. */
  RowTiles(int mr) {
    this.mr = mr;
  }

  /**
   * Rows of the next tile: 14, except where 8 leave a rest that fills its tiles better: 15, 16, 19, 20, 23
   * and 24 rows are eights and a multiple of four.
   */
  int height(int rowsLeft) {
    boolean eight = rowsLeft > mr && rowsLeft < 2 * mr && (rowsLeft + 1) % ROW_UNIT <= 1;
    return eight ? 2 * ROW_UNIT : Math.min(mr, rowsLeft);
  }

  /** Cuts so many rows into tiles of which the low ones come first. */
  void cut(int rows) {
    int rest = rows % mr;
    int low = height(mr + rest) == mr ? rest : mr + rest; // one tile, or of eight rows and others
    if (firstRows.length <= Workers.parts(rows, ROW_UNIT)) {
      firstRows = new int[Workers.parts(rows, ROW_UNIT) + 1];
    }
    count = 0;
    for (int row = 0; row < rows; row += row < low ? height(low - row) : mr) {
      firstRows[count++] = row;
    }
    firstRows[count] = rows;
  }

  /** How many tiles the last cut made. */
  int count() {
    return count;
  }

  /** The first row of one of them, and behind the last of the one before. */
  int firstRow(int tile) {
    return firstRows[tile];
  }
}
