// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/**
 * C = S + A B on one tile: every element is one chain {@code acc = fma(a, b, acc)} over k in
 * ascending order that starts from S.
 *
 * <p>An instance owns scratch memory, so each worker has its own.
 */
public interface GemmKernel {
  /** Rows of the lowest tile; the others have a multiple of it, or all. */
  int ROW_UNIT = 4;

  /** The most rows of a thin tile: eight chains are as many as two multipliers of latency 4 need. */
  int THIN_ROWS = 8;

  /** The most rows of a tile of patches: 28 chains and two vectors of B leave two registers of 32. */
  int PATCH_ROWS = 14;

  /** The deepest patch: 3 x 3 x 64, of which a tile's rows are 32 KiB. */
  int DEEPEST_PATCH = 576;

  /** Floats from one patch to the next: an odd number of cache lines, so that rows spread over all sets of L1. */
  int PATCH_PITCH = DEEPEST_PATCH + 16;

  /** Channels of a color image, and places of one row that a tile of them holds. */
  int COLORS = 3;

  int COLOR_ROWS = 8;

  /** Floats behind a run that {@link #copyRows} may read, and write. */
  int SLACK = 16;

  /** MR: the most rows of C that one tile holds. */
  int rows();

  /** NR: the most columns of C that one tile holds, and the row pitch of a packed panel of B. */
  int columns();

  /** Copies a panel of B of full width: {@code to[toAt + p * NR + j] = b[bAt + p * bStep + j]}, p &lt; k, j &lt; NR. */
  void packPanel(int k, float[] b, int bAt, int bStep, float[] to, int toAt);

  /**
   * Copies rows one behind another: {@code to[toAt + i * n + j] = from[fromAt + i * fromStep + j]}, i &lt;
   * rows, j &lt; n. Up to {@link #SLACK} floats behind the last are written too, with anything.
   */
  void copyRows(int rows, int n, float[] from, int fromAt, int fromStep, float[] to, int toAt);

  /**
   * Copies panels of A', which lie side by side, all at once row by row: {@code to[toAt + t * panelStep + p * MR + i] = a[aAt +
   * p * aStep + t * MR + i]}, t &lt; panels, p &lt; k, i &lt; MR. Up to {@link #SLACK} floats behind the last of a row are
   * read, and as many behind a panel written, with anything.
   */
  void packPanels(
      int panels, int k, float[] a, int aAt, int aStep, float[] to, int toAt, int panelStep);

  /**
   * Computes one tile.
   *
   * <pre>
   * A(i, p) = a[aAt + p * MR + i]        i &lt; rows, p &lt; k: a packed panel
   * B(p, j) = b[bAt + p * bStep + j]     readable up to j = NR - 1 even where columns &lt; NR
   * S(i, j) = start[startAt + i * startStride + j]
   * C(i, j) = c[cAt + i * cStride + j]
   * </pre>
   *
   * Assumes 0 &lt; rows &lt;= MR, 0 &lt; columns &lt;= NR and 0 &lt; k, and that all MR rows of A are readable. S
   * may be C itself. Nothing of C outside the tile is read or written.
   */
  void tile(
      int rows,
      int columns,
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bStep,
      float[] start,
      int startAt,
      int startStride,
      float[] c,
      int cAt,
      int cStride);

  /**
   * The same on a thin tile, of few columns, whose A lies in rows: {@code A(i, p) = a[aAt + i * aStride +
   * p]}. To pack A for so few columns would cost more than the product.
   *
   * <p>Assumes 0 &lt; rows &lt;= {@link #THIN_ROWS}; of A nothing outside the tile is read.
   */
  void thinTile(
      int rows,
      int columns,
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStep,
      float[] start,
      int startAt,
      int startStride,
      float[] c,
      int cAt,
      int cStride);

  /**
   * The same where the rows of A are {@link #PATCH_PITCH} apart, a literal, so that their addresses fold
   * into one: {@code A(i, p) = a[aAt + i * PATCH_PITCH + p]}.
   *
   * <p>Assumes 0 &lt; rows &lt;= {@link #PATCH_ROWS} and 0 &lt; k &lt;= {@link #DEEPEST_PATCH}, and that PATCH_ROWS
   * rows of A are readable.
   */
  void patchTile(
      int rows,
      int columns,
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bStep,
      float[] start,
      int startAt,
      int startStride,
      float[] c,
      int cAt,
      int cStride);

  /**
   * C = A B on a whole tile of patches, whose chains start from 0 and whose C is stored row behind row:
   *
   * <pre>
   * A(i, p) = a[aAt + i * PATCH_PITCH + p]        i &lt; PATCH_ROWS; p &lt; k &lt;= DEEPEST_PATCH
   * B(p, j) = b[bAt + p * bStep + j]              j &lt; NR
   * C(i, j) = c[cAt + i * NR + j]
   * </pre>
   *
   * <p>Where k is small it is the faster one, by what {@link #patchTile} does before and behind its loop.
   */
  void freshTile(int k, float[] a, int aAt, float[] b, int bAt, int bStep, float[] c, int cAt);

  /**
   * C = S + A B on {@link #COLOR_ROWS} places side by side in an image of three channels, whose patches are read where they
   * lie, and on a packed panel of B:
   *
   * <pre>
   * A(i, p) = a[aAt + steps[p] + i * COLORS]
   * B(p, j) = b[bAt + p * NR + j]
   * S(i, j) = start[startAt + j]
   * C(i, j) = c[cAt + i * cStride + j]
   * </pre>
   *
   * <p>Assumes that the steps are those of whole pixels: k is a multiple of COLORS, and the channels of a pixel lie side by
   * side.
   */
  void colorTile(
      int columns,
      int k,
      float[] a,
      int aAt,
      int[] steps,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cStride);

  /**
   * C += A B on so many rows and columns of a tile of {@link #rows} x {@link #columns}, where A is the transpose of a matrix
   * whose rows begin anywhere:
   *
   * <pre>
   * A(i, p) = a[aAt + places[p] + i]      p &lt; k; i &lt; MR must be readable
   * B(p, j) = b[bAt + p * NR + j]
   * C(i, j) = c[cAt + i * NR + j]         what the rest of the tile holds afterwards is not defined
   * </pre>
   */
  void placeTile(
      int rows,
      int columns,
      int k,
      float[] a,
      int aAt,
      int[] places,
      float[] b,
      int bAt,
      float[] c,
      int cAt);
}
