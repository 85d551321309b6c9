// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import io.cifarengine.internal.gemm.Arena;
import io.cifarengine.internal.kernel.GemmKernel;
import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.kernel.PoolingKernel;
import io.cifarengine.internal.parallel.Task;
import io.cifarengine.internal.parallel.Workers;

/**
 * out = 1 start' + P(source) B, where P holds the patches of a {@link Window}: the forward pass of a
 * convolution, and its gradient with respect to the input. What stands here is the sharing out among workers;
 * how the outputs of a part are computed is the subclasses'.
 */
public abstract class ConvProduct {
  /** Places of a part at least. The more, the fewer rows of the source are copied for two parts. */
  private static final int PART = 8 * GemmKernel.PATCH_ROWS;

  /** The most places whose outputs wait for pooling: with 64 columns 128 KiB, in L2. */
  private static final int MOST_POOLED = 512;

  /** Below so many multiply-adds a second thread costs more than it saves. */
  static final long ONE_THREAD = 1_000_000;

  private static final float[] NOTHING = {};

  /** One for each worker. */
  final GemmKernel[] kernels;

  final PlaceValues source;
  final int nr;

  Window window = new Window(0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0);
  float[] b = NOTHING;
  boolean turned;
  int columns;
  float[] start = NOTHING;

  private final Workers workers;
  private final PoolingKernel pooling;
  private final Arena memoryOfOutputs = new Arena();
  private final Task packPart = this::pack;
  private final Task multiplyPart = this::multiply;
  private final Task poolPart = this::multiplyAndPool;

  private float[] out = NOTHING;
  private int places;
  private int placesOfPart;
  private PoolWindow pool = new PoolWindow(1, 1);
  private int[] taps = {};
  private float[] winners = NOTHING;
  private float[] outputs = NOTHING;

  ConvProduct(Workers workers, KernelSet set) {
    this.workers = workers;
    kernels = set.gemm(workers.threads());
    pooling = set.pooling();
    nr = kernels[0].columns();
    source = new PlaceValues(pooling);
  }

  /** Places that must be in one part, from each multiple of so many on. */
  abstract int placesTogether();

  /** Places that fill a tile of the kernel. */
  abstract int placesOfTile();

  /** Makes room for parts of at most so many places. */
  abstract void reserve(int placesOfPart);

  /** How many parts the copying of B has. */
  abstract int packs();

  /** Copies a part of B as the kernel reads it. */
  abstract void pack(int part, int participant);

  /** The outputs of so many places from the first one on, as rows of a target: what a worker does with a part. */
  abstract void multiply(int participant, int first, int count, float[] target, int targetAt);

  /**
   * Computes out (n places, columns) = 1 start' + P B.
   *
   * @param turned whether B (patch, columns) is R(W) of a W (kernel places, columns, channels) that b holds
   */
  public void run(
      Window window,
      int n,
      float[] source,
      float[] b,
      boolean turned,
      int columns,
      float[] start,
      float[] out) {
    this.source.take(source, window.channels());
    take(window, n, b, turned, columns, start, out);
    compute(placesTogether(), Integer.MAX_VALUE, multiplyPart);
  }

  /**
   * The same where the source is what a pooling hands back: dy (n windows, channels) goes to the place of each
   * window that the winners name.
   */
  public void run(
      Window window,
      int n,
      PoolWindow pool,
      float[] dy,
      float[] winners,
      float[] b,
      boolean turned,
      int columns,
      float[] start,
      float[] out) {
    source.spread(pool, window.width(), dy, winners, window.channels());
    take(window, n, b, turned, columns, start, out);
    compute(placesTogether(), Integer.MAX_VALUE, multiplyPart);
  }

  /**
   * Computes y (n windows, columns) = the largest of 1 start' + P B in each window of a pooling, and which of
   * the window's places it is. The product itself is never whole in memory.
   *
   * @param taps where the places of a window stand from its first one, in floats of the product
   */
  public void run(
      Window window,
      int n,
      float[] source,
      float[] b,
      int columns,
      float[] start,
      PoolWindow pool,
      int[] taps,
      float[] y,
      float[] winners) {
    this.source.take(source, window.channels());
    take(window, n, b, false, columns, start, y);
    this.pool = pool;
    this.taps = taps;
    this.winners = winners;
    int band = pool.placesOfBand(window.outWidth());
    int unit = band;
    while (unit % placesTogether() != 0) {
      unit += band;
    }
    compute(unit, MOST_POOLED, poolPart);
  }

  private void take(
      Window window, int n, float[] b, boolean turned, int columns, float[] start, float[] out) {
    this.window = window;
    this.b = b;
    this.turned = turned;
    this.columns = columns;
    this.start = start;
    this.out = out;
    places = n * window.places();
  }

  /** Makes parts of as many units as fill whole tiles, if that is not more than a scratch should hold. */
  private void cut(int unit, int mostPlaces) {
    int units = 1;
    while (units * unit % placesOfTile() != 0) {
      units++;
    }
    int whole = units * Workers.parts(PART, units * unit);
    placesOfPart = unit * Math.min(whole, Math.max(1, mostPlaces / unit));
    reserve(placesOfPart);
  }

  /** Makes room, and shares the parts out. */
  private void compute(int unit, int mostPlaces, Task task) {
    try {
      cut(unit, mostPlaces);
      if (task == poolPart) {
        outputs = memoryOfOutputs.atLeast((long) kernels.length * placesOfPart * columns);
      }
      boolean alone = (long) places * columns * window.patch() < ONE_THREAD;
      workers.run(packs(), packPart, alone);
      workers.run(Workers.parts(places, placesOfPart), task, alone);
    } finally { // lets go of the caller's arrays, also where there is no room
      source.release();
      b = NOTHING;
      start = NOTHING;
      out = NOTHING;
      winners = NOTHING;
    }
  }

  /** The outputs of one part's places. */
  private void multiply(int part, int participant) {
    int first = part * placesOfPart;
    multiply(participant, first, Math.min(placesOfPart, places - first), out, first * columns);
  }

  /** The largest outputs of a few bands of windows; the outputs themselves stay in the worker's scratch. */
  private void multiplyAndPool(int part, int participant) {
    int first = part * placesOfPart;
    int count = Math.min(placesOfPart, places - first);
    int at = Arena.FIRST + participant * placesOfPart * columns;
    multiply(participant, first, count, outputs, at);
    int bandPlaces = pool.placesOfBand(window.outWidth());
    int across = window.outWidth() / pool.width();
    for (int i = 0; i < count; i += bandPlaces) {
      pooling.maxAndWinners(
          across,
          outputs,
          at + i * columns,
          pool.width() * columns,
          taps,
          out,
          winners,
          (first + i) / bandPlaces * across * columns,
          columns);
    }
  }
}
