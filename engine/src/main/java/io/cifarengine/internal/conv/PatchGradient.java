// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import io.cifarengine.internal.gemm.Arena;
import io.cifarengine.internal.kernel.ElementwiseKernel;
import io.cifarengine.internal.kernel.GemmKernel;
import io.cifarengine.internal.kernel.KernelSet;
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
    if (row == 0) {
      addRows(begin, end, chunk * chunkSize + patch * filters);
    }
    for (int first = begin; first < end; first += PLACES_OF_BLOCK) {
      int places = Math.min(PLACES_OF_BLOCK, end - first);
      Patches.gather(
          kernels[participant], window, source, first, places, row, row + rows, own, PITCH);
      for (int j = 0; j < filters; j += nr) { // columns of dY, in L1
        addProducts(participant, first, places, rows, j, sums);
      }
    }
  }

  /** Continues the chains of a segment's rows, in one panel of columns, with the places of a block. */
  private void addProducts(int participant, int first, int places, int rows, int j, int sums) {
    int width = Math.min(nr, filters - j);
    int panel = Arena.FIRST + participant * PLACES_OF_BLOCK * nr; // vectors begin on a line
    for (int i = 0; i < places; i++) {
      System.arraycopy(dy, (first + i) * filters + j, rowsOfDy, panel + i * nr, width);
    }
    for (int i = 0; i < rows; i += mr) {
      int at = sums + i * filters + j;
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

  /** The partial sum of db of one chunk. */
  private void addRows(int begin, int end, int sums) {
    Arrays.fill(partial, sums, sums + filters, 0f);
    for (int place = begin; place < end; place++) {
      elementwise.add(dy, place * filters, partial, sums, filters);
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
