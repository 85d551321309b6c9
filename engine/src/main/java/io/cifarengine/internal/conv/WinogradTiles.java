// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import io.cifarengine.internal.gemm.Arena;
import io.cifarengine.internal.kernel.GemmKernel;
import io.cifarengine.internal.kernel.WinogradKernel;

/**
 * The tiles of a few places, as one worker reads them: their columns transformed, rows of whole images at a time, since
 * channels and pixels side by side are one run of floats. Tiles side by side share them.
 *
 * <pre>
 * (B' d)(r, s, c) of tile t = memory[at[t] + r * rowStep + s * channels + c],  r &lt; 6
 * </pre>
 */
final class WinogradTiles {
  private static final int SIZE = WinogradKernel.SIZE;

  /** A transform of runs of floats: {@link WinogradKernel#image}, or {@link WinogradKernel#gradient}. */
  @FunctionalInterface
  interface Columns {
    void transform(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep);
  }

  private final Columns columns;
  private final Patches patches;
  private Window window = new Window(0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0);
  private float[] memory = {};
  private int begin;
  private int[] at = {};

  /** Tiles whose rows are copied there. */
  WinogradTiles(Patches patches, Columns columns) {
    this.patches = patches;
    this.columns = columns;
  }

  /** Makes room for at most so many tiles for each of the workers, whose patches have theirs already. */
  static void reserve(WinogradTiles[] all, Arena arena, Window window, int tiles) {
    int bands = (tiles - 1) / window.outWidth() + 2;
    int size = bands * SIZE * all[0].patches.rowStep();
    float[] memory = arena.atLeast((long) all.length * size);
    for (int i = 0; i < all.length; i++) {
      all[i].window = window;
      all[i].memory = memory;
      all[i].begin = Arena.FIRST + i * size;
      if (all[i].at.length < tiles) {
        all[i].at = new int[tiles];
      }
    }
  }

  float[] memory() {
    return memory;
  }

  /** Where each tile begins. */
  int[] at() {
    return at;
  }

  /** Floats from one row of a tile to the next. */
  int rowStep() {
    return patches.rowStep();
  }

  /** Copies what so many tiles from the first one on show of a source, and transforms their columns. */
  void take(GemmKernel kernel, PlaceValues source, int first, int tiles) {
    patches.take(kernel, source, first, tiles);
    int n = rowStep();
    int across = window.outWidth();
    int placeStep = window.stride() * window.channels();
    int to = begin;
    for (int i = 0; i < tiles; ) {
      int column = (first + i) % across;
      int from = patches.at()[i] - column * placeStep;
      columns.transform(n, patches.memory(), from, n, memory, to, n);
      for (; i < tiles && column < across; i++, column++) {
        at[i] = to + column * placeStep;
      }
      to += SIZE * n;
    }
  }
}
