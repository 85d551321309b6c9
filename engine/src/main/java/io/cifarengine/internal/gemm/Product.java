// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.gemm;

import io.cifarengine.internal.kernel.GemmKernel;
import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.parallel.Pipeline;
import io.cifarengine.internal.parallel.Stage;
import io.cifarengine.internal.parallel.Task;
import io.cifarengine.internal.parallel.Workers;
import java.util.Arrays;

/** The five loops of one product, with the memory they need. Reused from call to call. */
final class Product {
  /** Rows of a block are cut at multiples of this, the lowest tile. */
  private static final int ROW_UNIT = GemmKernel.ROW_UNIT;

  /** Up to so many rows, those of a batch, B is a layer's weights, of which each thread had better read its own rows only. */
  private static final int STAGED_ROWS = 1024;

  /** The last stage is idle for the first tiles, and the first for the last: they must be a small part. */
  private static final int TILES_PER_STAGE = 4;

  private static final float[] NOTHING = {};

  private final Workers workers;
  private final Blocking blocking;
  private final Scratch[] scratch;
  private final Arena arenaOfB = new Arena();
  private final Task packB = this::packB;
  private final Task multiplyBlock = this::multiplyBlock;
  private final Stage multiplyStage = this::multiplyStage;
  private final Pipeline pipeline;
  private final RowTiles tiles;
  private final int mr;
  private final int nr;

  // The operands.
  float[] a = NOTHING;
  int aRowStep;
  int aColumnStep;
  float[] b = NOTHING;
  int bRowStep;
  int bColumnStep;
  float[] c = NOTHING;
  int m;
  int n;

  // The pass of loops 5 and 4 in progress.
  private float[] start = NOTHING;
  private int startStride;
  private float[] panelsOfB = NOTHING;
  private int panelStep;
  private int jc;
  private int columns;
  private int panels;
  private int pg;
  private int depth;
  private int blockRows;
  private int rowBlocks;
  private int panelsPerBlock;

  Product(Workers workers, KernelSet kernels) {
    this.workers = workers;
    scratch = new Scratch[workers.threads()];
    GemmKernel[] own = kernels.gemm(scratch.length);
    blocking = new Blocking(scratch.length, own[0]);
    pipeline = new Pipeline(workers);
    tiles = new RowTiles(own[0].rows());
    mr = own[0].rows();
    nr = own[0].columns();
    Arrays.setAll(scratch, i -> new Scratch(own[i]));
  }

  /** Computes C = S + A B. */
  void run(int k, float[] start, int startStride) {
    blocking.cut(m, n, k, aColumnStep, bRowStep, bColumnStep);
    for (jc = 0; jc < n; jc += blocking.nc) { // loop 5: columns of B
      columns = Math.min(blocking.nc, n - jc);
      panels = Workers.parts(columns, nr);
      shareOut();
      for (pg = 0; pg < k; pg += blocking.kGroup) { // loop 4: serial, every pass writes the same C
        depth = Math.min(blocking.kGroup, k - pg);
        this.start = pg == 0 ? start : c;
        this.startStride = pg == 0 ? startStride : n;
        multiplyGroup();
      }
    }
  }

  private void multiplyGroup() {
    boolean packs = blocking.packsB;
    panelsOfB = packs ? arenaOfB.atLeast((long) depth * panels * nr) : b;
    panelStep = packs ? nr : bRowStep;
    workers.run(packs ? blocksOfK() * panels : 0, packB, blocking.oneThread);
    if (inStages()) {
      pipeline.run(tiles.count(), multiplyStage);
    } else {
      int blocks = rowBlocks * Workers.parts(panels, panelsPerBlock);
      workers.run(blocks, multiplyBlock, blocking.oneThread);
    }
  }

  private int blocksOfK() {
    return Workers.parts(depth, blocking.kc);
  }

  /**
   * Whether each thread takes a share of K, of which it alone reads A and B. Who then computes the gradient of the same rows
   * of B, and adds it to them, has all of it in its own cache; that of two cores which read the same weights loses each line
   * to the one that writes it.
   */
  private boolean inStages() {
    int stages = workers.threads();
    if (!blocking.byRows || blocking.oneThread || stages == 1 || m > STAGED_ROWS) {
      return false;
    }
    tiles.cut(m);
    return tiles.count() >= TILES_PER_STAGE * stages && blocksOfK() >= stages;
  }

  /** Cuts C into blocks: rows first, then columns where there are too few rows for every thread. */
  private void shareOut() {
    int threads = blocking.oneThread ? 1 : workers.threads();
    int blocks =
        threads * Workers.parts(Workers.parts(m, threads), blocking.mc); // as many for each thread
    blockRows = Workers.parts(Workers.parts(m, blocks), ROW_UNIT) * ROW_UNIT;
    rowBlocks = Workers.parts(m, blockRows);
    panelsPerBlock = Workers.parts(panels, Math.min(panels, Workers.parts(threads, rowBlocks)));
  }

  /** Packs panel {@code part % panels} of block {@code part / panels} of K. */
  private void packB(int part, int participant) {
    int pc = part / panels * blocking.kc;
    int deep = Math.min(blocking.kc, depth - pc);
    int j = part % panels * nr;
    int width = Math.min(nr, columns - j);
    int from = (pg + pc) * bRowStep + (jc + j) * bColumnStep;
    int to = panelOfB(pc, deep, j);
    int whole = bColumnStep == 1 ? Math.min(deep, rowsOf(nr, from)) : 0;
    scratch[participant].kernel.packPanel(whole, b, from, bRowStep, panelsOfB, to);
    from += whole * bRowStep;
    to += whole * nr;
    Packing.panelOfB(deep - whole, width, b, from, bRowStep, bColumnStep, panelsOfB, to, nr);
  }

  /** From how many rows of B on this many floats can be read, though they reach into the next row. */
  private int rowsOf(int floats, int from) {
    return Math.max(0, Math.floorDiv(b.length - from - floats, bRowStep) + 1);
  }

  /** Where the panel of block pc lies whose first column is j: packed, blocks one after another. */
  private int panelOfB(int pc, int deep, int j) {
    return blocking.packsB
        ? Arena.FIRST + pc * panels * nr + j * deep
        : (pg + pc) * bRowStep + jc + j;
  }

  private void multiplyBlock(int part, int participant) {
    Scratch own = scratch[participant];
    int ic = part % rowBlocks * blockRows;
    int rows = Math.min(blockRows, m - ic);
    int firstPanel = part / rowBlocks * panelsPerBlock;
    int lastPanel = Math.min(panels, firstPanel + panelsPerBlock);
    int kc = blocking.kc;
    for (int pc = 0; pc < depth; pc += kc) { // loop 3 turned inside: this block's own K
      int deep = Math.min(kc, depth - pc);
      if (blocking.byRows) {
        multiplyRows(own, ic, rows, firstPanel, lastPanel, pc, deep);
      } else {
        multiplyPanels(own, ic, rows, firstPanel, lastPanel, pc, deep);
      }
    }
  }

  /** Loops 2 and 1 the other way round: a tile of rows of A, copied as they lie, meets all panels of B. */
  private void multiplyRows(
      Scratch own, int ic, int rows, int firstPanel, int lastPanel, int pc, int deep) {
    int height;
    for (int i = 0; i < rows; i += height) { // a tile of rows of A, in L1
      height = tiles.height(rows - i);
      rowsOfTile(own, ic + i, height, firstPanel, lastPanel, pc, deep);
    }
  }

  /** Loop 1 of so many rows from this one on: copied as they lie. */
  private void rowsOfTile(
      Scratch own, int row, int height, int firstPanel, int lastPanel, int pc, int deep) {
    boolean high = height == mr;
    int aAt = row * aRowStep + pg + pc;
    if (high) {
      own.packing.copyRows(deep, a, aAt, aRowStep);
    } else {
      own.packing.panelOfA(height, deep, a, aAt, aRowStep, 1, own.packedA, Arena.FIRST);
    }
    for (int panel = firstPanel; panel < lastPanel; panel++) { // a panel of B, from L2
      if (high) {
        tileOfRows(own, row, panel, pc, deep);
      } else {
        packedTile(own, row, height, Arena.FIRST, panel, pc, deep);
      }
    }
  }

  /** A stage's share of K for one tile of rows, to which the stages before have added theirs. */
  private void multiplyStage(int stage, int tile, int participant) {
    int blocks = blocksOfK();
    int kc = blocking.kc;
    int stages = workers.threads();
    int last = Math.min(depth, blocks * (stage + 1) / stages * kc);
    int row = tiles.firstRow(tile);
    int height = tiles.firstRow(tile + 1) - row;
    for (int pc = blocks * stage / stages * kc; pc < last; pc += kc) {
      rowsOfTile(scratch[participant], row, height, 0, panels, pc, Math.min(kc, depth - pc));
    }
  }

  /** Loops 2 and 1: each panel of B, in L1, meets all tiles of the block. */
  private void multiplyPanels(
      Scratch own, int ic, int rows, int firstPanel, int lastPanel, int pc, int deep) {
    if (!blocking.thin) {
      packA(own, ic, rows, pc, deep);
    }
    for (int panel = firstPanel; panel < lastPanel; panel++) { // loop 2: a panel of B, in L1
      int height;
      for (int i = 0, t = 0; i < rows; i += height, t++) { // loop 1: a tile of C, in registers
        if (blocking.thin) {
          height = Math.min(GemmKernel.THIN_ROWS, rows - i);
          thinTile(own, ic + i, height, panel, pc, deep);
        } else {
          height = tiles.height(rows - i);
          packedTile(own, ic + i, height, Arena.FIRST + panelOfA(t, deep), panel, pc, deep);
        }
      }
    }
  }

  /** A tile of fourteen rows from this one on, which the scratch holds as they lie. */
  private void tileOfRows(Scratch own, int row, int panel, int pc, int deep) {
    int j = panel * nr;
    own.kernel.patchTile(
        mr,
        Math.min(nr, columns - j),
        deep,
        own.packing.rowsOfA(),
        0,
        panelsOfB,
        panelOfB(pc, deep, j),
        panelStep,
        pc == 0 ? start : c,
        pc == 0 ? startAt(row, j) : cAt(row, j),
        pc == 0 ? startStride : n,
        c,
        cAt(row, j),
        n);
  }

  /** A tile of so many rows from this one on, packed from aAt on. */
  private void packedTile(Scratch own, int row, int height, int aAt, int panel, int pc, int deep) {
    int j = panel * nr;
    own.kernel.tile(
        height,
        Math.min(nr, columns - j),
        deep,
        own.packedA,
        aAt,
        panelsOfB,
        panelOfB(pc, deep, j),
        panelStep,
        pc == 0 ? start : c,
        pc == 0 ? startAt(row, j) : cAt(row, j),
        pc == 0 ? startStride : n,
        c,
        cAt(row, j),
        n);
  }

  /** A tile of so many rows from this one on, where they lie. */
  private void thinTile(Scratch own, int row, int height, int panel, int pc, int deep) {
    int j = panel * nr;
    own.kernel.thinTile(
        height,
        Math.min(nr, columns - j),
        deep,
        a,
        row * aRowStep + pg + pc,
        aRowStep,
        panelsOfB,
        panelOfB(pc, deep, j),
        panelStep,
        pc == 0 ? start : c,
        pc == 0 ? startAt(row, j) : cAt(row, j),
        pc == 0 ? startStride : n,
        c,
        cAt(row, j),
        n);
  }

  /** Where C begins in the tile of this row and this column of the panels. */
  private int cAt(int row, int j) {
    return row * n + jc + j;
  }

  /** The same of what a chain starts from. */
  private int startAt(int row, int j) {
    return row * startStride + jc + j;
  }

  /** One panel for each tile of the block, whatever its height. */
  private void packA(Scratch own, int ic, int rows, int pc, int deep) {
    int from = ic * aRowStep + (pg + pc) * aColumnStep;
    int whole = aRowStep == 1 ? wholePanels(rows, from + (deep - 1) * aColumnStep) : 0;
    own.kernel.packPanels(
        whole, deep, a, from, aColumnStep, own.packedA, Arena.FIRST, panelOfA(1, deep));
    int height;
    for (int i = whole * mr, t = whole; i < rows; i += height, t++) {
      height = tiles.height(rows - i);
      int to = Arena.FIRST + panelOfA(t, deep);
      own.packing.panelOfA(
          height, deep, a, from + i * aRowStep, aRowStep, aColumnStep, own.packedA, to);
    }
  }

  /** How many tiles of fourteen rows come first, of which the last may read a little too far. */
  private int wholePanels(int rows, int lastRow) {
    int whole = 0;
    while (rows - whole * mr > 0
        && tiles.height(rows - whole * mr) == mr
        && lastRow + (whole + 1) * mr + GemmKernel.SLACK <= a.length) {
      whole++;
    }
    return whole;
  }

  /** From the first panel of A to panel t. */
  private int panelOfA(int t, int deep) {
    return t * (mr * deep + GemmKernel.SLACK);
  }

  /** Lets go of the caller's arrays. */
  void release() {
    a = NOTHING;
    b = NOTHING;
    c = NOTHING;
    start = NOTHING;
    panelsOfB = NOTHING;
  }
}
