// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import io.cifarengine.internal.gemm.Arena;
import io.cifarengine.internal.kernel.ElementwiseKernel;
import io.cifarengine.internal.kernel.GemmKernel;
import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.kernel.PoolingKernel;
import io.cifarengine.internal.parallel.Task;
import io.cifarengine.internal.parallel.Workers;
import java.util.Arrays;

/**
 * dW = sum over chunks of P' dY, and db = sum over chunks of 1' dY: the gradient of a convolution with
 * respect to its weights and biases. A part is a chunk of images and a segment of the rows of dW; each has
 * its own place among the partial sums, so that any thread may compute it, and the sums are added in the
 * order of the chunks.
 */
public final class PatchGradient {
  /** Places in one tile: 128 x 196 floats of patches are 104 KiB, in L2, and 128 x 32 of dY 16 KiB, in L1. */
  private static final int PLACES_OF_BLOCK = 128;

  /** Rows of dW that one part computes at the most: a multiple of fourteen. */
  private static final int SEGMENT = 196;

  private static final int PITCH = SEGMENT + 12;

  private static final float[] NOTHING = {};

  private final Workers workers;
  private final ElementwiseKernel elementwise;
  private final PoolingKernel pooling;
  private final GemmKernel[] kernels;
  private final float[][] patches;
  private final float[] rowsOfDy;
  private final int mr;
  private final int nr;
  private final Task multiplyPart = this::multiply;
  private final Task addPart = this::add;
  private float[] partial = NOTHING;

  private Window window = new Window(0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0);
  private int n;
  private float[] source = NOTHING;
  private float[] dy = NOTHING;
  private int filters;
  private boolean accumulate;
  private boolean pooled;
  private PoolWindow pool = new PoolWindow(1, 1);
  private float[] winners = NOTHING;
  private float[] dw = NOTHING;
  private float[] db = NOTHING;
  private int patch;

  /** Floats of one chunk's partial sums: those of dW, and behind them those of db. */
  private int chunkSize;

  private int chunks;
  private int segment;
  private int segments;

  /** A gradient that is computed on these workers, with these kernels. */
  public PatchGradient(Workers workers, KernelSet set) {
    this.workers = workers;
    elementwise = set.elementwise();
    pooling = set.pooling();
    kernels = new GemmKernel[workers.threads()];
    Arrays.setAll(kernels, i -> set.gemm().get());
    mr = kernels[0].rows();
    nr = kernels[0].columns();
    patches = new float[kernels.length][PLACES_OF_BLOCK * PITCH];
    rowsOfDy = new Arena().atLeast(kernels.length * PLACES_OF_BLOCK * nr);
  }

  /** Computes dw (patch, filters) and db (filters), or adds to them, from dy (n places, filters). */
  public void run(
      Window window,
      int n,
      float[] source,
      float[] dy,
      int filters,
      boolean accumulate,
      float[] dw,
      float[] db) {
    pooled = false;
    share(window, n, source, dy, filters, accumulate, dw, db);
  }

  /**
   * The same where dY is what a pooling hands back: dy (n windows, filters) goes to the place of each window
   * that the winners name. The rows of dY are made a block at a time and are never whole in memory.
   */
  public void run(
      Window window,
      int n,
      float[] source,
      PoolWindow pool,
      float[] dy,
      float[] winners,
      int filters,
      boolean accumulate,
      float[] dw,
      float[] db) {
    pooled = true;
    this.pool = pool;
    this.winners = winners;
    share(window, n, source, dy, filters, accumulate, dw, db);
  }

  private void share(
      Window window,
      int n,
      float[] source,
      float[] dy,
      int filters,
      boolean accumulate,
      float[] dw,
      float[] db) {
    this.window = window;
    this.n = n;
    this.source = source;
    this.dy = dy;
    this.filters = filters;
    this.accumulate = accumulate;
    this.dw = dw;
    this.db = db;
    patch = window.patch();
    chunks = Workers.parts(n, Im2Col.imagesOfChunk(window));
    int atMost = Workers.parts(patch, SEGMENT);
    segment = Workers.parts(Workers.parts(patch, atMost), mr) * mr;
    segments = Workers.parts(patch, segment);
    chunkSize = (patch + 1) * filters;
    if (partial.length < chunks * chunkSize) {
      partial = new float[chunks * chunkSize];
    }
    try {
      boolean alone = (long) n * window.places() * dw.length < PatchProduct.ONE_THREAD;
      workers.run(chunks * segments, multiplyPart, alone);
      workers.run(segments + 1, addPart, alone);
    } finally { // lets go of the caller's arrays
      this.source = NOTHING;
      this.dy = NOTHING;
      this.dw = NOTHING;
      this.db = NOTHING;
      winners = NOTHING;
    }
  }

  /** The partial sum of one chunk, in the rows of one segment. */
  private void multiply(int part, int participant) {
    int chunk = part / segments;
    int row = part % segments * segment;
    int rows = Math.min(segment, patch - row);
    int images = Im2Col.imagesOfChunk(window);
    int begin = chunk * images * window.places();
    int end = Math.min(n, (chunk + 1) * images) * window.places();
    float[] own = patches[participant];
    int sums = chunk * chunkSize + row * filters;
    Arrays.fill(partial, sums, sums + rows * filters, 0f);
    boolean addsRows = row == 0; // the first segment of a chunk sees to its db
    int rowSums = chunk * chunkSize + patch * filters;
    if (addsRows) {
      Arrays.fill(partial, rowSums, rowSums + filters, 0f);
    }
    for (int first = begin; first < end; first += PLACES_OF_BLOCK) {
      int places = Math.min(PLACES_OF_BLOCK, end - first);
      Patches.gather(
          kernels[participant], window, source, first, places, row, row + rows, own, PITCH);
      for (int j = 0; j < filters; j += nr) { // columns of dY, in L1
        int panel = Arena.FIRST + participant * PLACES_OF_BLOCK * nr; // vectors begin on a line
        int width = Math.min(nr, filters - j);
        if (pooled) {
          spreadRows(first, places, j, width, panel);
        } else {
          copyRows(first, places, j, width, panel);
        }
        if (addsRows) {
          addRows(places, width, panel, rowSums + j);
        }
        addProducts(participant, places, rows, width, panel, sums + j);
      }
    }
  }

  /** A panel of the rows of dY. */
  private void copyRows(int first, int places, int j, int width, int panel) {
    for (int i = 0; i < places; i++) {
      System.arraycopy(dy, (first + i) * filters + j, rowsOfDy, panel + i * nr, width);
    }
  }

  /** The same of a dY that the gradient of a pooling is spread over. */
  private void spreadRows(int first, int places, int j, int width, int panel) {
    int across = window.outWidth() / pool.width();
    int ox = first % window.outWidth();
    int oy = first / window.outWidth(); // rows of all images, which are whole bands
    int windowX = ox / pool.width();
    int tapX = ox % pool.width();
    int windowRow = oy / pool.height() * across;
    int tapRow = oy % pool.height() * pool.width();
    for (int i = 0; i < places; i++) {
      int at = (windowRow + windowX) * filters + j;
      pooling.spread(tapRow + tapX, dy, winners, at, rowsOfDy, panel + i * nr, width);
      if (++tapX == pool.width()) {
        tapX = 0;
        windowX++;
      }
      if (windowX == across) {
        windowX = 0;
        tapRow += pool.width();
        if (tapRow == pool.size()) {
          tapRow = 0;
          windowRow += across;
        }
      }
    }
  }

  /** Continues the chains of db with the places of a block. */
  private void addRows(int places, int width, int panel, int sums) {
    for (int i = 0; i < places; i++) {
      elementwise.add(rowsOfDy, panel + i * nr, partial, sums, width);
    }
  }

  /** Continues the chains of a segment's rows, in one panel of columns, with the places of a block. */
  private void addProducts(int participant, int places, int rows, int width, int panel, int sums) {
    for (int i = 0; i < rows; i += mr) {
      int at = sums + i * filters;
      kernels[participant].tile(
          Math.min(mr, rows - i),
          width,
          places,
          patches[participant],
          i,
          PITCH,
          rowsOfDy,
          panel,
          nr,
          partial,
          at,
          filters,
          partial,
          at,
          filters);
    }
  }

  /** Adds the chunks in their order: the rows of one segment of dW, or db behind them all. */
  private void add(int part, int participant) {
    if (part == segments) {
      addChunks(patch * filters, db, 0, filters);
    } else {
      int at = part * segment * filters;
      addChunks(at, dw, at, Math.min(segment * filters, dw.length - at));
    }
  }

  private void addChunks(int from, float[] to, int at, int size) {
    if (chunks == 0 && !accumulate) {
      Arrays.fill(to, at, at + size, 0f);
    } else if (!accumulate) {
      System.arraycopy(partial, from, to, at, size);
    }
    for (int chunk = accumulate ? 0 : 1; chunk < chunks; chunk++) {
      elementwise.add(partial, chunk * chunkSize + from, to, at, size);
    }
  }
}
