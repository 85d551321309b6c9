// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import io.cifarengine.internal.gemm.Arena;
import io.cifarengine.internal.kernel.GemmKernel;
import java.util.Arrays;

/**
 * The patches of a few places, as one worker reads them: the rows of the source that they show are copied
 * once, with the zeros around and between them, and every row of a patch is one run of floats in there.
 *
 * <pre>
 * element (ky, i) of the patch of place p = memory[at[p] + ky * rowStep + i],  i &lt; kernelWidth channels
 * </pre>
 */
final class Patches {
  /** Floats of a line of the cache. */
  private static final int LINE = 16;

  private static final int TILE = GemmKernel.PATCH_ROWS * GemmKernel.PATCH_PITCH;

  private Window window = new Window(0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0);
  private int pixels;
  private float[] memory = {};
  private int tileAt;
  private int rowsAt;
  private int[] at = {};

  /**
   * Makes room for the patches of at most so many places, wherever they begin, for each of the workers: in one
   * array that is large enough to begin on a line of the cache.
   */
  static void reserve(Patches[] all, Arena arena, Window window, int places) {
    long pixels = (window.outWidth() - 1L) * window.stride() + window.kernelWidth();
    long seen = (window.outHeight() - 1L) * window.stride() + window.kernelHeight(); // of an image
    int outRows = (places - 1) / window.outWidth() + 2;
    int images = (outRows - 1) / window.outHeight() + 2;
    int overlap = Math.max(0, window.kernelHeight() - window.stride());
    long rows = Math.min((long) outRows * window.stride() + (long) images * overlap, images * seen);
    long floats = rows * pixels * window.channels() + GemmKernel.SLACK;
    long whole = (floats + LINE - 1) / LINE * LINE;
    float[] memory = arena.atLeast(all.length * (TILE + whole));
    int size = (int) whole; // since an array holds it
    for (int i = 0; i < all.length; i++) {
      all[i].window = window;
      all[i].pixels = (int) pixels;
      all[i].memory = memory;
      all[i].tileAt = Arena.FIRST + i * (TILE + size);
      all[i].rowsAt = all[i].tileAt + TILE;
      if (all[i].at.length < places) {
        all[i].at = new int[places];
      }
    }
  }

  /** Where the copied rows are, and a tile of whole patches; {@link GemmKernel#SLACK} floats more are readable. */
  float[] memory() {
    return memory;
  }

  /** Where the scratch of a tile begins, {@code PATCH_ROWS} rows {@code PATCH_PITCH} apart. */
  int tileAt() {
    return tileAt;
  }

  /** Where the patch of each place begins. */
  int[] at() {
    return at;
  }

  /** Floats from one row of a patch to the next. */
  int rowStep() {
    return pixels * window.channels();
  }

  /** Copies what the patches of so many places from the first one on show of a source. */
  void take(GemmKernel kernel, PlaceValues source, int first, int places) {
    int end = first + places;
    int rowStep = rowStep();
    int placeStep = window.stride() * window.channels();
    int to = rowsAt;
    for (int place = first; place < end; ) {
      int row = place / window.outWidth(); // of all images
      int image = row / window.outHeight();
      int oy = row - image * window.outHeight();
      int bottom = Math.min(window.outHeight(), (end - 1) / window.outWidth() + 1 - row + oy);
      int y = oy * window.stride() - window.top();
      int begin = to;
      for (int i = 0; i < (bottom - 1 - oy) * window.stride() + window.kernelHeight(); i++) {
        copyRow(kernel, source, image, y + i, to);
        to += rowStep;
      }
      int stop = Math.min(end, (image * window.outHeight() + bottom) * window.outWidth());
      int ox = place - row * window.outWidth();
      for (; place < stop; place++) {
        at[place - first] = begin + ox * placeStep;
        if (++ox == window.outWidth()) {
          ox = 0;
          begin += window.stride() * rowStep;
        }
      }
    }
  }

  /** A row of the source, at y of an image in which its rows are {@code spacing} apart, between zeros. */
  private void copyRow(GemmKernel kernel, PlaceValues source, int image, int y, int to) {
    int spacing = window.spacing();
    int row = Math.floorDiv(y, spacing);
    if (row * spacing != y || row < 0 || row >= window.height()) {
      Arrays.fill(memory, to, to + rowStep(), 0f);
      return;
    }
    int channels = window.channels();
    int line = (image * window.height() + row) * window.width();
    if (spacing > 1) {
      Arrays.fill(memory, to, to + rowStep(), 0f);
      for (int i = 0; i < window.width(); i++) {
        int x = i * spacing + window.left();
        if (x >= 0 && x < pixels) {
          source.copy(kernel, line + i, 1, 0, channels, memory, to + x * channels, channels);
        }
      }
      return;
    }
    int from = Math.max(0, -window.left());
    int x = Math.min(pixels, Math.max(0, window.left()));
    int count = Math.max(0, Math.min(window.width() - from, pixels - x));
    Arrays.fill(memory, to, to + x * channels, 0f);
    source.copy(kernel, line + from, count, 0, channels, memory, to + x * channels, channels);
    Arrays.fill(memory, to + (x + count) * channels, to + rowStep(), 0f);
  }

  /**
   * Copies elements from &lt;= k &lt; to of the patches of a tile, the first of which is number {@code first} of those
   * taken.
   *
   * @return where they are: element k of patch i at {@code memory[that + i * PATCH_PITCH + k - from]}
   */
  int gather(GemmKernel kernel, int first, int places, int from, int to) {
    int run = window.rowOfPatch();
    for (int i = 0; i < places; i++) {
      int begin = at[first + i];
      int t = tileAt + i * GemmKernel.PATCH_PITCH;
      if (from == 0 && to == window.patch()) {
        kernel.copyRows(window.kernelHeight(), run, memory, begin, rowStep(), memory, t);
        continue;
      }
      for (int k = from; k < to; ) {
        int ky = k / run;
        int x = k - ky * run;
        int n = Math.min(run - x, to - k);
        System.arraycopy(memory, begin + ky * rowStep() + x, memory, t, n);
        t += n;
        k += n;
      }
    }
    return tileAt;
  }
}
