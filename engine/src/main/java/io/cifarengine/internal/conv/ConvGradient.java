// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import io.cifarengine.internal.gemm.Arena;
import io.cifarengine.internal.kernel.ElementwiseKernel;
import io.cifarengine.internal.kernel.GemmKernel;
import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.parallel.Task;
import io.cifarengine.internal.parallel.Workers;

/**
 * dW and db: the gradient of a convolution with respect to its weights and biases. What stands here are its
 * operands; how it is computed is the subclasses'.
 */
public abstract class ConvGradient {
  /** Floats of partial sums that wait to be added, 16 MiB, or two sums a thread where those are more: however large the batch. */
  private static final int WAITING = 1 << 22;

  private static final float[] NOTHING = {};

  final Workers workers;
  final ElementwiseKernel elementwise;

  /** One for each worker. */
  final GemmKernel[] kernels;

  final PlaceValues source;
  final PlaceValues dy;
  final int mr;
  final int nr;

  Window window = new Window(0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0);
  int n;
  int filters;
  boolean accumulate;
  float[] dw = NOTHING;
  float[] db = NOTHING;

  /**
   * A partial sum for each chunk of images of a round, so that any thread may compute it; they are added in the chunks'
   * order to that of the first one.
   */
  float[] sums = NOTHING;

  int chunks;

  /** The first chunk of a round, and the one behind its last. */
  int firstOfRound;

  private int endOfRound;
  private int chunksOfRound;
  private int sizeOfSum;
  private final Arena memoryOfSums = new Arena();

  ConvGradient(Workers workers, KernelSet set) {
    this.workers = workers;
    elementwise = set.elementwise();
    kernels = set.gemm(workers.threads());
    mr = kernels[0].rows();
    nr = kernels[0].columns();
    source = new PlaceValues(set.pooling());
    dy = new PlaceValues(set.pooling());
  }

  /** Computes the gradient of the operands. */
  abstract void compute();

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
    this.dy.take(dy, filters);
    run(window, n, source, filters, accumulate, dw, db);
  }

  /**
   * The same where dY is what a pooling hands back: dy (n windows, filters) goes to the place of each window
   * that the winners name.
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
    this.dy.spread(pool, window.outWidth(), dy, winners, filters);
    run(window, n, source, filters, accumulate, dw, db);
  }

  private void run(
      Window window,
      int n,
      float[] source,
      int filters,
      boolean accumulate,
      float[] dw,
      float[] db) {
    this.window = window;
    this.n = n;
    this.source.take(source, window.channels());
    this.filters = filters;
    this.accumulate = accumulate;
    this.dw = dw;
    this.db = db;
    try {
      compute();
    } finally { // lets go of the caller's arrays
      this.source.release();
      this.dy.release();
      this.dw = NOTHING;
      this.db = NOTHING;
    }
  }

  /** Makes room for the partial sums of so many chunks, so many floats each, and for so many more behind them. */
  void reserveSums(int chunks, int spare, int size) {
    this.chunks = chunks;
    sizeOfSum = size;
    int most = Math.max(2 * workers.threads(), WAITING / size);
    chunksOfRound = Math.min(chunks, most);
    sums = memoryOfSums.atLeast((1L + chunksOfRound + spare) * size);
  }

  /**
   * Computes the partial sums of the chunks of a round, each in so many parts, and adds them in so many parts, round
   * after round.
   */
  void runRounds(int partsOfChunk, Task multiply, int partsOfSum, Task add) {
    endOfRound = 0;
    do {
      firstOfRound = endOfRound;
      endOfRound = Math.min(chunks, firstOfRound + chunksOfRound);
      workers.run((endOfRound - firstOfRound) * partsOfChunk, multiply, alone());
      workers.run(partsOfSum, add, alone());
    } while (!isLastRound());
  }

  /** Whether all chunks have been added when this round has. */
  boolean isLastRound() {
    return endOfRound == chunks;
  }

  /** Where the partial sum of a chunk begins: the first one's stays there, the others' until they are added. */
  int sumAt(int chunk) {
    int slot = chunk == 0 ? 0 : 1 + (chunk - 1) % chunksOfRound;
    return Arena.FIRST + slot * sizeOfSum;
  }

  /** Where a spare one begins. */
  int spareAt(int i) {
    return Arena.FIRST + (1 + chunksOfRound + i) * sizeOfSum;
  }

  /** The first chunk's sum takes those of this chunk and all behind it in the round, so many floats from one on. */
  void addFrom(int first, int from, int size) {
    for (int chunk = first; chunk < endOfRound; chunk++) {
      elementwise.add(sums, sumAt(chunk) + from, sums, sumAt(0) + from, size);
    }
  }

  /** Whether the work is too little for a second thread. */
  boolean alone() {
    return (long) n * window.places() * dw.length < ConvProduct.ONE_THREAD;
  }
}
