// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.gemm;

import io.cifarengine.internal.kernel.GemmKernel;
import io.cifarengine.internal.parallel.Workers;

/**
 * How one product is cut: what is packed, and how far each loop of {@link Gemm} strides, in elements. It shows in no
 * result. What is decided here was measured, see {@code docs/decisions/002-gemm.md}.
 */
final class Blocking {
  /**
   * Rows of A packed at a time: 720 x 256 floats are 720 KiB of 1 to 2 MiB of L2. The more rows a block has, the more
   * tiles use a panel of B for each time it comes from L3, and the longer are the runs of A' that are packed.
   */
  static final int MC = 720;

  /** Depth of a packed block: 256 x 32 floats of B are 32 KiB of L1, which has 48 KiB on current server cores. */
  static final int KC = 256;

  /** Rows of a part where A is not packed: enough parts for a thread that is held up to lose few. */
  private static final int PART = 240;

  /** All columns of every network in this project in one pass. */
  private static final int NC = 1024;

  /** Depth of B packed at a time: with {@link #NC} columns 16 MiB at the most. */
  private static final int K_GROUP = 16 * KC;

  /** Below this many multiply-adds a second thread costs more than it brings (about 10 us of work). */
  static final long ONE_THREAD = 1L << 19;

  /** Up to so many rows of C, B is read where it lies. */
  private static final int IN_PLACE_ROWS = 256;

  /** Up to so many floats from row to row, B is read where it lies. */
  private static final int IN_PLACE_STEP = 256;

  /**
   * Steps of k at a time where B is read where it lies although its rows are far apart: as many streams
   * of memory as a CPU follows. 32 of 16, 32, 64 and 256 were the fastest at 10 x 3072 x 500.
   */
  private static final int IN_PLACE_DEPTH = 32;

  /** Up to so many columns of C, A is read where it lies, if that is in rows. */
  private static final int THIN_COLUMNS = 16;

  /** Up to so many steps of k A is read where it lies for a whole panel of columns: each of its rows is used once. */
  private static final int SHALLOW = 64;

  /**
   * Steps of k at a time in thin tiles: long streams of A, which comes from memory, count for more than a
   * panel of B in L1. Of 256, 512, 1024 and 4096 the last two were the fastest at 500 x 10 x 3072.
   */
  private static final int THIN_DEPTH = 1024;

  /**
   * Up to so many floats of the panels of B, 1 MiB, all of them stay in L2 while one tile of rows of A after
   * another meets them. Rows are copied in a fifth of the time that packing them takes: 8 to 26 % of a product.
   */
  private static final int OF_L2 = 1 << 18;

  /** From so many rows on one thread packs a block of B that it could read where it lies: seven tiles meet it. */
  private static final int PACKED_ROWS = 7 * Packing.MR;

  private final int threads;
  private final int mr;
  private final int nr;

  /** Whether it is too small for more than one thread. */
  boolean oneThread;

  /** Whether A is read where it lies. */
  boolean thin;

  /** Whether a tile of rows of A, copied as they lie, meets all panels of B; else a panel of B meets all tiles of packed A. */
  boolean byRows;

  /** Whether B is packed; else it is read where it lies. */
  boolean packsB;

  /** Rows of a part, at most. */
  int mc;

  /** Columns at a time. */
  int nc;

  /** Steps of k at a time: the depth of a tile. */
  int kc;

  /** Depth of B packed at a time. */
  int kGroup;

  Blocking(int threads, GemmKernel kernel) {
    if (kernel.rows() != Packing.MR || NC % kernel.columns() != 0) {
      throw new IllegalArgumentException("packing and nc must fit the tile");
    }
    this.threads = threads;
    mr = kernel.rows();
    nr = kernel.columns();
  }

  /** Cuts C (m, n) = A B of depth k, whose elements are so many floats apart in memory. */
  void cut(int m, int n, int k, int aColumnStep, int bRowStep, int bColumnStep) {
    oneThread = (long) m * n * k < ONE_THREAD;
    thin = aColumnStep == 1 && m > mr && (n <= THIN_COLUMNS || (n <= nr && k <= SHALLOW));
    boolean wholePanels = bColumnStep == 1 && n % nr == 0;
    // One tile holds all rows: a panel is used once, and only its rows' distance is to be feared.
    boolean inPlaceOnce = wholePanels && m <= mr && bRowStep > IN_PLACE_STEP;
    byRows = aColumnStep == 1 && m >= mr && !thin && !inPlaceOnce;
    if (byRows) {
      kc = Workers.parts(k, Workers.parts(k, Packing.DEEPEST));
      nc = OF_L2 / kc / nr * nr;
    } else {
      kc = thin ? THIN_DEPTH : inPlaceOnce ? IN_PLACE_DEPTH : KC;
      nc = NC;
    }
    mc = byRows || thin ? PART : MC;
    // A B that few rows use costs more to copy than its stride costs to read, unless the copy stays
    // in L2: one thread's block of it, between whose uses no more of C passes than fits there too.
    boolean alone = oneThread || threads == 1;
    boolean blockInL2 = byRows && alone && m >= PACKED_ROWS && (long) m * n <= OF_L2;
    boolean inPlace = wholePanels && m <= IN_PLACE_ROWS && bRowStep <= IN_PLACE_STEP;
    packsB = blockInL2 || !(inPlace || inPlaceOnce);
    kGroup = blockInL2 ? kc : K_GROUP;
  }
}
