// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import io.cifarengine.internal.gemm.Arena;
import io.cifarengine.internal.gemm.Gemm;
import io.cifarengine.internal.kernel.GemmKernel;
import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.kernel.WinogradKernel;
import io.cifarengine.internal.parallel.Workers;
import java.util.Arrays;

/**
 * The product by minimal filtering, with the bits of {@link Winograd}: 16 products of transformed tiles with
 * transformed kernels, one for each position, where {@link PatchProduct} has one with nine times the depth.
 *
 * <pre>
 * V(t, p) of fourteen tiles, a row of four positions at a time: rows of patches, in L1
 * U(p): panels of B, in L2        M(p, t): scratch, in L2
 * </pre>
 */
public final class WinogradProduct extends ConvProduct {
  private static final int TILE = GemmKernel.PATCH_ROWS;
  private static final int SIZE = WinogradKernel.SIZE;
  private static final int POSITIONS = WinogradKernel.POSITIONS;
  private static final int LANES = WinogradKernel.LANES;

  private final WinogradKernel transforms;
  private final Patches[] tiles;
  private final float[][] kernelScratch;
  private final Arena memoryOfTiles = new Arena();
  private final Arena memoryOfPanels = new Arena();
  private final Arena memoryOfProducts = new Arena();
  private float[] panels = {};
  private float[] products = {};
  private int channels;
  private Window seen = window;
  private Window seenInTiles = window;

  /** Floats of the panels of one position. */
  private int sizeOfPosition;

  /** A product that runs on these workers, with these kernels. */
  public WinogradProduct(Workers workers, KernelSet set) {
    super(workers, set);
    transforms = set.winograd();
    tiles = new Patches[kernels.length];
    Arrays.setAll(tiles, i -> new Patches());
    kernelScratch = new float[kernels.length][(3 * SIZE + POSITIONS) * Math.max(nr, LANES)];
  }

  @Override
  int placesTogether() {
    return Winograd.OUTPUTS * window.outWidth();
  }

  @Override
  int placesOfTile() {
    return TILE * Winograd.PLACES;
  }

  @Override
  void reserve(int placesOfPart) {
    channels = window.channels();
    sizeOfPosition = Workers.parts(columns, nr) * nr * channels;
    panels = memoryOfPanels.atLeast(POSITIONS * sizeOfPosition);
    products = memoryOfProducts.atLeast(kernels.length * POSITIONS * TILE * columns);
    if (!window.equals(seen)) {
      seen = window;
      seenInTiles = Winograd.tiles(window);
    }
    Patches.reserve(tiles, memoryOfTiles, seenInTiles, placesOfPart / Winograd.PLACES);
  }

  @Override
  int packs() {
    return channels / LANES;
  }

  /** Where row k of the panel of a position begins whose first column is j. */
  private int panelAt(int position, int j, int k) {
    return Arena.FIRST + position * sizeOfPosition + j * channels + k * nr;
  }

  /** U of so many channels, in panels of NR columns. */
  @Override
  void pack(int part, int participant) {
    int first = part * LANES;
    if (turned) {
      packTurned(first, kernelScratch[participant]);
      return;
    }
    float[] scratch = kernelScratch[participant];
    for (int k = first; k < first + LANES; k++) {
      for (int j = 0; j < columns; j += nr) {
        int width = Math.min(nr, columns - j);
        expand(width, k * columns + j, scratch, panels, panelAt(0, j, k), sizeOfPosition);
      }
    }
  }

  /**
   * The same of turned kernels, whose channels are the columns here and whose filters the channels: rows 0 and 3
   * of U change places, columns too.
   */
  private void packTurned(int first, float[] scratch) {
    int u = 3 * SIZE * LANES;
    for (int j = 0; j < columns; j++) {
      expand(LANES, j * channels + first, scratch, scratch, u, LANES);
      int column = j % nr;
      for (int r = 0; r < SIZE; r++) {
        for (int s = 0; s < SIZE; s++) {
          int from = u + (exchanged(r) * SIZE + exchanged(s)) * LANES;
          int to = panelAt(r * SIZE + s, j - column, first) + column;
          for (int i = 0; i < LANES; i++) {
            panels[to + i * nr] = scratch[from + i];
          }
        }
      }
    }
  }

  private static int exchanged(int row) {
    return row == 0 ? SIZE - 1 : row == SIZE - 1 ? 0 : row;
  }

  /** U of n kernels side by side, the first of which begins so far in b. */
  private void expand(int n, int at, float[] scratch, float[] to, int toAt, int positionStep) {
    int place = channels * columns;
    for (int s = 0; s < 3; s++) {
      transforms.expand(n, b, at + s * place, 3 * place, scratch, s * n, 3 * n);
    }
    for (int r = 0; r < SIZE; r++) {
      int rowAt = toAt + r * SIZE * positionStep;
      transforms.expand(n, scratch, r * 3 * n, n, to, rowAt, positionStep);
    }
  }

  @Override
  void multiply(int participant, int first, int count, float[] target, int targetAt) {
    int all = count / Winograd.PLACES;
    Patches own = tiles[participant];
    own.take(kernels[participant], source, first / Winograd.PLACES, all);
    int across = window.outWidth() / Winograd.OUTPUTS;
    int productsAt = Arena.FIRST + participant * POSITIONS * TILE * columns;
    for (int i = 0; i < all; i += TILE) {
      int some = Math.min(TILE, all - i);
      multiplyTiles(kernels[participant], own, i, some, productsAt);
      int run;
      for (int t = i; t < i + some; t += run) { // tiles of the same two rows
        run = Math.min(across - t % across, i + some - t);
        int place = t / across * Winograd.PLACES * across + t % across * Winograd.OUTPUTS;
        transforms.outputs(
            run,
            columns,
            products,
            productsAt + (t - i) * columns,
            TILE * columns,
            start,
            target,
            targetAt + place * columns,
            window.outWidth() * columns);
      }
    }
  }

  /** M of as many tiles as the kernel takes, or of fewer: what it makes of the others nobody reads. */
  private void multiplyTiles(GemmKernel kernel, Patches own, int first, int some, int productsAt) {
    float[] zeros = Gemm.zeroRow(columns);
    for (int row = 0; row < SIZE; row++) {
      transforms.imageRow(
          row,
          some,
          channels,
          own.memory(),
          own.at(),
          first,
          0,
          own.rowStep(),
          channels,
          own.memory(),
          own.tileAt(),
          GemmKernel.PATCH_PITCH,
          channels);
      for (int s = 0; s < SIZE; s++) {
        int position = row * SIZE + s;
        for (int j = 0; j < columns; j += nr) { // a panel of U, from L2
          kernel.patchTile(
              TILE,
              Math.min(nr, columns - j),
              channels,
              own.memory(),
              own.tileAt() + s * channels,
              panels,
              panelAt(position, j, 0),
              nr,
              zeros,
              0,
              0,
              products,
              productsAt + position * TILE * columns + j,
              columns);
        }
      }
    }
  }
}
