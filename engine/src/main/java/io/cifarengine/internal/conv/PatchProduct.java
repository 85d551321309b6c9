// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import io.cifarengine.internal.gemm.Arena;
import io.cifarengine.internal.kernel.GemmKernel;
import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.kernel.PoolingKernel;
import io.cifarengine.internal.parallel.Task;
import io.cifarengine.internal.parallel.Workers;
import java.util.Arrays;

/**
 * out = 1 start' + P(source) B, where P holds the patches of a {@link Window}: the forward pass of a
 * convolution, and its gradient with respect to the input. The patches of a few places at a time are
 * copied into a scratch that stays in the cache, and the tile runs on them where they lie.
 */
public final class PatchProduct {
  private static final int TILE = GemmKernel.PATCH_ROWS;

  /** Places of a part. The more, the fewer rows of the source are copied for two parts. */
  private static final int PART = 8 * TILE;

  /** The most places whose outputs wait for pooling: with 64 columns 128 KiB, in L2. */
  private static final int MOST_POOLED = 512;

  /** Below so many multiply-adds a second thread costs more than it saves. */
  static final long ONE_THREAD = 1_000_000;

  private static final float[] NOTHING = {};

  private final Workers workers;
  private final GemmKernel[] kernels;
  private final PoolingKernel pooling;
  private final PlaceValues source;
  private final Patches[] patches;
  private final float[][] outputs;
  private final int nr;
  private final Task packPart = this::pack;
  private final Task multiplyPart = this::multiply;
  private final Task poolPart = this::multiplyAndPool;
  private final Arena memoryOfPatches = new Arena();
  private final Arena memoryOfPanels = new Arena();
  private float[] panels = NOTHING;

  private Window window = new Window(0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0);
  private float[] b = NOTHING;
  private boolean turned;
  private int columns;
  private int patch;
  private int places;
  private float[] start = NOTHING;
  private float[] out = NOTHING;
  private PoolWindow pool = new PoolWindow(1, 1);
  private int bandsOfPart;
  private int[] taps = {};
  private float[] winners = NOTHING;

  /** A product that runs on these workers, with these kernels. */
  public PatchProduct(Workers workers, KernelSet set) {
    this.workers = workers;
    kernels = new GemmKernel[workers.threads()];
    Arrays.setAll(kernels, i -> set.gemm().get());
    pooling = set.pooling();
    nr = kernels[0].columns();
    outputs = new float[kernels.length][0];
    source = new PlaceValues(pooling);
    patches = new Patches[kernels.length];
    Arrays.setAll(patches, i -> new Patches());
  }

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
    share(PART, Workers.parts(places, PART), multiplyPart);
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
    share(PART, Workers.parts(places, PART), multiplyPart);
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
    int bandPlaces = pool.placesOfBand(window.outWidth());
    bandsOfPart = bandsOfPart(bandPlaces);
    int partPlaces = bandsOfPart * bandPlaces;
    for (int i = 0; i < outputs.length; i++) {
      if (outputs[i].length < partPlaces * columns) {
        outputs[i] = new float[partPlaces * columns];
      }
    }
    share(partPlaces, Workers.parts(places / bandPlaces, bandsOfPart), poolPart);
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

  /** As many bands as fill whole tiles, if that is not more than a scratch should hold. */
  private static int bandsOfPart(int bandPlaces) {
    int bands = 1;
    while (bands * bandPlaces % TILE != 0) {
      bands++;
    }
    int whole = bands * Workers.parts(PART / 2, bands * bandPlaces);
    return Math.min(whole, Math.max(1, MOST_POOLED / bandPlaces));
  }

  private void share(int partPlaces, int parts, Task task) {
    patch = window.patch();
    Patches.reserve(patches, memoryOfPatches, window, partPlaces);
    panels = memoryOfPanels.atLeast(Workers.parts(columns, nr) * nr * patch);
    try {
      boolean alone = (long) places * columns * patch < ONE_THREAD;
      workers.run(window.kernelHeight() * window.kernelWidth(), packPart, alone);
      workers.run(parts, task, alone);
    } finally { // lets go of the caller's arrays
      source.release();
      b = NOTHING;
      start = NOTHING;
      out = NOTHING;
      winners = NOTHING;
    }
  }

  /** Packs the rows of B of one place of the kernel: panels of NR columns, one after another. */
  private void pack(int place, int participant) {
    int channels = window.channels();
    int opposite = window.kernelHeight() * window.kernelWidth() - 1 - place;
    for (int j = 0; j < columns; j += nr) {
      int width = Math.min(nr, columns - j);
      for (int i = 0; i < channels; i++) {
        int k = place * channels + i;
        int to = Arena.FIRST + j * patch + k * nr;
        if (turned) {
          int from = (opposite * columns + j) * channels + i;
          for (int column = 0; column < width; column++) {
            panels[to + column] = b[from + column * channels];
          }
        } else {
          System.arraycopy(b, k * columns + j, panels, to, width);
        }
        Arrays.fill(panels, to + width, to + nr, 0f);
      }
    }
  }

  /** The outputs of one part's places. */
  private void multiply(int part, int participant) {
    int first = part * PART;
    multiply(participant, first, Math.min(PART, places - first), out, first * columns);
  }

  /** The outputs of a part's places, as rows of a target. */
  private void multiply(int participant, int first, int count, float[] target, int targetAt) {
    patches[participant].take(kernels[participant], source, first, count);
    for (int i = 0; i < count; i += TILE) {
      multiplyTile(participant, i, Math.min(TILE, count - i), target, targetAt + i * columns);
    }
  }

  /** The outputs of a tile of places, of those that the worker's patches were taken for. */
  private void multiplyTile(int participant, int first, int rows, float[] target, int targetAt) {
    GemmKernel kernel = kernels[participant];
    Patches own = patches[participant];
    for (int k = 0;
        k < patch;
        k += GemmKernel.DEEPEST_PATCH) { // serial: every pass writes the same outputs
      int deep = Math.min(GemmKernel.DEEPEST_PATCH, patch - k);
      int a = own.gather(kernel, first, rows, k, k + deep); // in L1
      for (int j = 0; j < columns; j += nr) { // a panel of B, from L2
        int at = targetAt + j;
        kernel.patchTile(
            rows,
            Math.min(nr, columns - j),
            deep,
            own.memory(),
            a,
            panels,
            Arena.FIRST + j * patch + k * nr,
            nr,
            k == 0 ? start : target,
            k == 0 ? j : at,
            k == 0 ? 0 : columns,
            target,
            at,
            columns);
      }
    }
  }

  /** The largest outputs of a few bands of windows; the outputs themselves stay in the worker's scratch. */
  private void multiplyAndPool(int part, int participant) {
    int bandPlaces = pool.placesOfBand(window.outWidth());
    int firstBand = part * bandsOfPart;
    int bands = Math.min(bandsOfPart, places / bandPlaces - firstBand);
    float[] rows = outputs[participant];
    multiply(participant, firstBand * bandPlaces, bands * bandPlaces, rows, 0);
    int across = window.outWidth() / pool.width();
    for (int band = 0; band < bands; band++) {
      pooling.maxAndWinners(
          across,
          rows,
          band * bandPlaces * columns,
          pool.width() * columns,
          taps,
          out,
          winners,
          (firstBand + band) * across * columns,
          columns);
    }
  }
}
