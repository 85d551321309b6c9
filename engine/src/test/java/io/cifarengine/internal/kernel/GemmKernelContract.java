// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import io.cifarengine.testing.Bits;
import io.cifarengine.testing.Draw;
import io.cifarengine.testing.Product;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What every {@link GemmKernel} keeps: the bits of the plain chain, and not an element outside the
 * tile. A plain class, so that a JVM of another vector width can run it too.
 */
public final class GemmKernelContract {
  private static final int[] DEPTHS = {1, 2, 3, 4, 5, 8, 13, 64};

  /** Up to the deepest patch: 11, a prime, steps through them all whatever the sizes of a tile. */
  private static final int[] PATCH_DEPTHS = {
    1, 2, 3, 5, 7, 27, 67, 131, 257, 571, GemmKernel.DEEPEST_PATCH
  };

  /** Elements around the tile, and the value they must keep. */
  private static final int CANARIES = 64;

  private static final float CANARY = -0x1.badcaep+99f;

  /** Where the chain of a tile starts, as a caller lays it out. */
  private enum Start {
    C_ITSELF,
    ZERO_ROW,
    BIAS_ROW,
    ANOTHER_MATRIX
  }

  /** How A and B lie. */
  private enum Layout {
    PACKED,
    /** A packed, B where it lies in its matrix. */
    B_IN_PLACE,
    /** For a thin tile. */
    IN_ROWS,
    /** For a tile of patches. */
    PATCHES;

    static Layout of(Draw draw) {
      return draw.below(2) == 0 ? PACKED : B_IN_PLACE;
    }
  }

  private static final List<Start> STARTS = List.of(Start.values());

  private final GemmKernel kernel;
  private final int mr;
  private final int nr;

  private GemmKernelContract(GemmKernel kernel) {
    this.kernel = kernel;
    mr = kernel.rows();
    nr = kernel.columns();
  }

  /** Fails where the kernel breaks the contract. */
  public static void check(GemmKernel kernel) {
    GemmKernelContract contract = new GemmKernelContract(kernel);
    contract.packPanel();
    contract.packPanels();
    contract.copyRows();
    int tiles = 0;
    for (int rows = 1; rows <= contract.mr; rows++) {
      for (int columns : contract.columnCounts()) {
        for (int k : DEPTHS) {
          Draw draw = new Draw(tiles); // so that no depth always meets the same start
          Start start = STARTS.get(draw.below(STARTS.size()));
          contract.tile(rows, columns, k, start, draw.below(3), Layout.of(draw), tiles);
          tiles++;
        }
      }
    }
    for (int rows = 1; rows <= GemmKernel.THIN_ROWS; rows++) {
      for (int columns : contract.columnCounts()) {
        for (int k : DEPTHS) {
          Draw draw = new Draw(tiles);
          Start start = STARTS.get(draw.below(STARTS.size()));
          contract.tile(rows, columns, k, start, draw.below(3), Layout.IN_ROWS, tiles);
          tiles++;
        }
      }
    }
    contract.patchTiles(tiles);
    for (int k : PATCH_DEPTHS) {
      for (int kind = 0; kind < 3; kind++) {
        contract.freshTile(k, kind);
      }
    }
    for (int k : DEPTHS) {
      for (int kind = 0; kind < 3; kind++) {
        for (int rows = 1; rows <= contract.mr; rows++) {
          contract.placeTile(rows, contract.nr, k, kind);
        }
        for (int columns : contract.columnCounts()) {
          contract.colorTile(columns, k * GemmKernel.COLORS, kind);
          contract.placeTile(contract.mr, columns, k, kind);
        }
      }
    }
  }

  /** A whole tile that starts from 0, whatever C held. */
  private void freshTile(int k, int kind) {
    int rows = GemmKernel.PATCH_ROWS;
    Draw draw = Draw.ofCase(3 * k + kind);
    float[] a = data(draw, kind, rows * k);
    float[] b = data(draw, kind, k * nr);
    int aAt = 5;
    float[] patches = filled(aAt + (rows - 1) * GemmKernel.PATCH_PITCH + k, Float.NaN);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(a, i * k, patches, aAt + i * GemmKernel.PATCH_PITCH, k);
    }
    for (int bStep : new int[] {nr, nr + 5}) {
      float[] rowsOfB = filled(3 + (k - 1) * bStep + nr, Float.NaN);
      for (int p = 0; p < k; p++) {
        System.arraycopy(b, p * nr, rowsOfB, 3 + p * bStep, nr);
      }
      float[] c = filled(CANARIES + rows * nr + CANARIES, CANARY);
      float[] wanted = c.clone();
      float[] expected = Product.chain(rows, nr, k, a, b, new float[nr], 0);
      System.arraycopy(expected, 0, wanted, CANARIES, rows * nr);
      kernel.freshTile(k, patches, aAt, rowsOfB, 3, bStep, c, CANARIES);
      String what = "freshTile, k " + k + ", step " + bStep + ", data " + kind;
      Bits.assertSame(wanted, c, what + "; " + Draw.replay());
    }
  }

  /** Rows of A' that begin anywhere, in any order, one over another. */
  private void placeTile(int rows, int columns, int k, int kind) {
    Draw draw = Draw.ofCase(3 * k + kind + rows * 1000 + columns * 100_000);
    float[] source = data(draw, kind, 5 + 3 * k + mr);
    int[] places = new int[k + 2];
    float[] a = new float[mr * k];
    for (int p = 0; p < k; p++) {
      places[p] = draw.below(3 * k + 1);
      for (int i = 0; i < mr; i++) {
        a[i * k + p] = source[5 + places[p] + i];
      }
    }
    places[k] = Integer.MAX_VALUE; // is not read
    float[] b = data(draw, kind, k * nr);
    float[] s = data(draw, kind, mr * nr);
    float[] bPanel = filled(3 + k * nr, Float.NaN);
    System.arraycopy(b, 0, bPanel, 3, k * nr);
    float[] c = filled(CANARIES + mr * nr + CANARIES, CANARY);
    System.arraycopy(s, 0, c, CANARIES, mr * nr);
    float[] wanted = c.clone();
    System.arraycopy(Product.chain(mr, nr, k, a, b, s, nr), 0, wanted, CANARIES, mr * nr);
    kernel.placeTile(rows, columns, k, source, 5, places, bPanel, 3, c, CANARIES);
    for (int i = 0; i < mr; i++) { // in the rest of the tile anything may stand
      int free = i < rows ? columns : 0;
      int at = CANARIES + i * nr + free;
      System.arraycopy(c, at, wanted, at, nr - free);
    }
    String what = "placeTile, " + rows + " x " + columns + ", k " + k + ", data " + kind;
    Bits.assertSame(wanted, c, what + "; " + Draw.replay());
  }

  /** Eight patches three floats apart, whose pixels lie anywhere. */
  private void colorTile(int columns, int k, int kind) {
    int rows = GemmKernel.COLOR_ROWS;
    Draw draw = Draw.ofCase(3 * k + kind + columns * 1000);
    float[] source = data(draw, kind, 5 + 3 * k + rows * GemmKernel.COLORS);
    int[] steps = new int[k + 2];
    float[] a = new float[rows * k];
    for (int p = 0; p < k; p++) {
      int channel = p % GemmKernel.COLORS;
      steps[p] = channel == 0 ? draw.below(3 * k - 1) : steps[p - channel] + channel;
      for (int i = 0; i < rows; i++) {
        a[i * k + p] = source[5 + steps[p] + i * GemmKernel.COLORS];
      }
    }
    steps[k] = Integer.MAX_VALUE; // is not read
    float[] b = data(draw, kind, k * columns);
    float[] s = data(draw, kind, columns);
    float[] bPanel = filled(3 + k * nr, Float.NaN);
    for (int p = 0; p < k; p++) {
      System.arraycopy(b, p * columns, bPanel, 3 + p * nr, columns);
    }
    float[] start = filled(2 + nr, Float.NaN);
    System.arraycopy(s, 0, start, 2, columns);
    int cStride = columns + 11;
    float[] c = filled(CANARIES + rows * cStride + CANARIES, CANARY);
    float[] wanted = c.clone();
    float[] expected = Product.chain(rows, columns, k, a, b, s, 0);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(expected, i * columns, wanted, CANARIES + i * cStride, columns);
    }
    kernel.colorTile(columns, k, source, 5, steps, bPanel, 3, start, 2, c, CANARIES, cStride);
    String what = "colorTile, " + columns + " columns, k " + k + ", data " + kind;
    Bits.assertSame(wanted, c, what + "; " + Draw.replay());
  }

  /** Every size of a tile, and every depth with the sizes that matter most. */
  private void patchTiles(int number) {
    int tiles = number;
    for (int rows = 1; rows <= GemmKernel.PATCH_ROWS; rows++) {
      for (int columns = 1; columns <= nr; columns++) {
        patchTile(rows, columns, PATCH_DEPTHS[tiles % PATCH_DEPTHS.length], tiles);
        tiles++;
      }
    }
    for (int k : PATCH_DEPTHS) {
      for (int rows : new int[] {1, GemmKernel.PATCH_ROWS - 1, GemmKernel.PATCH_ROWS}) {
        for (int columns : columnCounts()) {
          patchTile(rows, columns, k, tiles);
          tiles++;
        }
      }
    }
  }

  private void patchTile(int rows, int columns, int k, int number) {
    Draw draw = new Draw(number);
    Start start = STARTS.get(draw.below(STARTS.size()));
    tile(rows, columns, k, start, draw.below(3), Layout.PATCHES, number);
  }

  private Set<Integer> columnCounts() {
    Set<Integer> counts = new TreeSet<>();
    for (int n : new int[] {1, 2, 3, 7, nr / 2 - 1, nr / 2, nr / 2 + 1, nr - 2, nr - 1, nr}) {
      counts.add(Math.max(1, n));
    }
    return counts;
  }

  private void tile(int rows, int columns, int k, Start from, int kind, Layout layout, int number) {
    Draw draw = Draw.ofCase(number);
    float[] a = data(draw, kind, rows * k);
    float[] b = data(draw, kind, k * columns);
    float[] s = from == Start.ZERO_ROW ? new float[columns] : data(draw, kind, rows * columns);
    int rowStride = from == Start.C_ITSELF || from == Start.ANOTHER_MATRIX ? columns : 0;
    float[] expected = Product.chain(rows, columns, k, a, b, s, rowStride);

    // A as the caller lays it out, with NaN wherever its values must not reach C.
    int aAt = 5;
    boolean inRows = layout == Layout.IN_ROWS || layout == Layout.PATCHES;
    int aStep =
        switch (layout) {
          case PACKED, B_IN_PLACE -> mr;
          case IN_ROWS -> k + 3;
          case PATCHES -> GemmKernel.PATCH_PITCH;
        };
    int aSize =
        switch (layout) {
          case PACKED, B_IN_PLACE -> aAt + k * aStep;
          case IN_ROWS -> aAt + (rows - 1) * aStep + k; // nothing behind its last element is read
          case PATCHES ->
              aAt + (GemmKernel.PATCH_ROWS - 1) * aStep + k; // other patches stand behind
        };
    float[] aPanel = filled(aSize, Float.NaN);
    int bStep = layout == Layout.PACKED ? nr : nr + 5;
    float[] bPanel = filled(3 + k * bStep, Float.NaN);
    for (int p = 0; p < k; p++) {
      for (int i = 0; i < rows; i++) {
        aPanel[aAt + (inRows ? i * aStep + p : p * aStep + i)] = a[i * k + p];
      }
      System.arraycopy(b, p * columns, bPanel, 3 + p * bStep, columns);
    }
    int cStride = columns + 11;
    int cAt = CANARIES;
    float[] c = filled(cAt + rows * cStride + CANARIES, CANARY);
    float[] wanted = c.clone();
    float[] start = c;
    int startAt = cAt;
    int startStride = cStride;
    if (from != Start.C_ITSELF) {
      startAt = 2;
      startStride = rowStride == 0 ? 0 : columns + 1;
      start = filled(startAt + rows * (columns + 1), Float.NaN);
    }
    for (int i = 0; i < rows; i++) {
      System.arraycopy(s, i * rowStride, start, startAt + i * startStride, columns);
      System.arraycopy(expected, i * columns, wanted, cAt + i * cStride, columns);
    }
    if (from != Start.C_ITSELF) { // an exact length: the kernel reads nothing behind the last row
      start = Arrays.copyOf(start, startAt + (rows - 1) * startStride + columns);
    }
    float[] startBefore = start.clone();

    switch (layout) {
      case PACKED, B_IN_PLACE ->
          kernel.tile(
              rows,
              columns,
              k,
              aPanel,
              aAt,
              bPanel,
              3,
              bStep,
              start,
              startAt,
              startStride,
              c,
              cAt,
              cStride);
      case IN_ROWS ->
          kernel.thinTile(
              rows,
              columns,
              k,
              aPanel,
              aAt,
              aStep,
              bPanel,
              3,
              bStep,
              start,
              startAt,
              startStride,
              c,
              cAt,
              cStride);
      case PATCHES ->
          kernel.patchTile(
              rows,
              columns,
              k,
              aPanel,
              aAt,
              bPanel,
              3,
              bStep,
              start,
              startAt,
              startStride,
              c,
              cAt,
              cStride);
    }

    String what =
        "tile "
            + rows
            + " x "
            + columns
            + ", k "
            + k
            + ", start "
            + from
            + ", data "
            + kind
            + ", A and B "
            + layout
            + "; "
            + Draw.replay();
    Bits.assertSame(wanted, c, what);
    if (start != c) {
      Bits.assertSame(startBefore, start, what + ": the start is written");
    }
  }

  /** The copy of a full panel holds every element, in the order of the panel, and nothing else. */
  private void packPanel() {
    for (int k : new int[] {1, 2, 7}) {
      Draw draw = Draw.ofCase(k);
      int bStep = nr + 3;
      float[] b = draw.uniform(4 + k * bStep);
      float[] to = filled(2 + k * nr + CANARIES, CANARY);
      float[] wanted = to.clone();
      for (int p = 0; p < k; p++) {
        System.arraycopy(b, 4 + p * bStep, wanted, 2 + p * nr, nr);
      }
      kernel.packPanel(k, b, 4, bStep, to, 2);
      Bits.assertSame(wanted, to, "packPanel, k " + k);
    }
  }

  /** Panels side by side in A' become panels one behind another, and what lies between them may be anything. */
  private void packPanels() {
    for (int panels : new int[] {0, 1, 2, 5}) {
      for (int k : new int[] {1, 2, 7}) {
        int step = panels * mr + 3;
        int panelStep = k * mr + GemmKernel.SLACK;
        float[] a = Draw.ofCase(k).uniform(1 + (k - 1) * step + panels * mr + GemmKernel.SLACK);
        float[] to = filled(2 + panels * panelStep + CANARIES, CANARY);
        float[] wanted = to.clone();
        for (int t = 0; t < panels; t++) {
          for (int p = 0; p < k; p++) {
            int at = 2 + t * panelStep + p * mr;
            System.arraycopy(a, 1 + p * step + t * mr, wanted, at, mr);
          }
        }
        kernel.packPanels(panels, k, a, 1, step, to, 2, panelStep);
        for (int t = 1; t <= panels; t++) {
          int end = 2 + t * panelStep;
          Arrays.fill(to, end - GemmKernel.SLACK, end, CANARY);
        }
        Bits.assertSame(wanted, to, "packPanels " + panels + " x " + k);
      }
    }
  }

  /** Rows stand one behind another, and what the copy touches behind the last is inside its slack. */
  private void copyRows() {
    for (int rows : new int[] {1, 2, 3, 9}) {
      for (int n : new int[] {1, 2, 5, 9, 14, 15, 16, 17, 31, 32, 96, 100}) {
        int step = n + 3;
        int size = rows * n;
        int last = (rows - 1) * step + n;
        float[] from = Draw.ofCase(n).uniform(1 + last + GemmKernel.SLACK);
        float[] to = filled(2 + size + GemmKernel.SLACK + CANARIES, CANARY);
        float[] wanted = to.clone();
        for (int i = 0; i < rows; i++) {
          System.arraycopy(from, 1 + i * step, wanted, 2 + i * n, n);
        }
        kernel.copyRows(rows, n, from, 1, step, to, 2);
        Arrays.fill(to, 2 + size, 2 + size + GemmKernel.SLACK, CANARY);
        Bits.assertSame(wanted, to, "copyRows " + rows + " x " + n);
      }
    }
  }

  private static float[] data(Draw draw, int kind, int n) {
    return switch (kind) {
      case 0 -> draw.uniform(n);
      case 1 -> draw.integers(n);
      default -> draw.withSpecials(n, 40);
    };
  }

  private static float[] filled(int n, float value) {
    float[] x = new float[n];
    Arrays.fill(x, value);
    return x;
  }
}
