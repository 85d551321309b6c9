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
 * The product by minimal filtering, with the bits of {@link Winograd}: 36 products of transformed tiles with
 * transformed kernels, one for each position, where {@link PatchProduct} has one with nine times the depth for each
 * of the sixteen places of a tile.
 *
 * <pre>
 * V(t, p) of fourteen tiles, a row of six positions at a time: two scratches of patches, in L1
 * U(p): a matrix (channels, columns), in L2        M(p, t): scratch, in L2
 * </pre>
 */
public final class WinogradProduct extends ConvProduct {
  private static final int TILE = GemmKernel.PATCH_ROWS;
  private static final int SIZE = WinogradKernel.SIZE;
  private static final int POSITIONS = WinogradKernel.POSITIONS;
  private static final int LANES = WinogradKernel.LANES;
  private static final int OUTPUTS = WinogradKernel.OUTPUTS;

  /** Places of a kernel. */
  private static final int TAPS = 3 * 3;

  /** Floats of three positions of a row of V. */
  private static final int HALF = TILE * GemmKernel.PATCH_PITCH;

  private final WinogradKernel transforms;
  private final Patches[] patches;
  private final WinogradTiles[] tiles;
  private final Arena memoryOfPatches = new Arena();
  private final Arena memoryOfTiles = new Arena();
  private final Arena memoryOfRows = new Arena();
  private final Arena memoryOfKernels = new Arena();
  private final Arena memoryOfScratch = new Arena();
  private final Arena memoryOfProducts = new Arena();
  private float[] rows = {};
  private float[] kernelsOfPositions = {};
  private float[] scratch = {};
  private float[] products = {};
  private int channels;
  private Window seen = window;
  private Window seenInTiles = window;

  /** Floats of one position of U, and of one place of the kernels. */
  private int sizeOfPosition;

  /** Columns of a tile of M. */
  private int panel;

  /** Floats of one position of M: a tile for each panel of columns, row behind row. */
  private int sizeOfTile;

  /** A product that runs on these workers, with these kernels. */
  public WinogradProduct(Workers workers, KernelSet set) {
    super(workers, set);
    transforms = set.winograd();
    patches = new Patches[kernels.length];
    Arrays.setAll(patches, i -> new Patches());
    tiles = new WinogradTiles[kernels.length];
    Arrays.setAll(tiles, i -> new WinogradTiles(patches[i], transforms::image));
  }

  @Override
  int placesTogether() {
    return OUTPUTS * window.outWidth();
  }

  @Override
  int placesOfTile() {
    return TILE * Winograd.PLACES;
  }

  @Override
  void reserve(int placesOfPart) {
    channels = window.channels();
    sizeOfPosition = channels * columns;
    scratch = memoryOfScratch.atLeast((long) kernels.length * (TAPS + 3 * SIZE) * LANES * columns);
    rows = memoryOfRows.atLeast(2L * kernels.length * HALF);
    kernelsOfPositions = memoryOfKernels.atLeast((long) POSITIONS * sizeOfPosition);
    panel = Math.min(nr, columns);
    sizeOfTile = Workers.parts(columns, panel) * TILE * panel;
    products = memoryOfProducts.atLeast((long) kernels.length * POSITIONS * sizeOfTile);
    if (!window.equals(seen)) {
      seen = window;
      seenInTiles = Winograd.tiles(window);
    }
    int most = placesOfPart / Winograd.PLACES;
    Patches.reserve(patches, memoryOfPatches, seenInTiles, most);
    WinogradTiles.reserve(tiles, memoryOfTiles, seenInTiles, most);
  }

  @Override
  int packs() {
    return channels / LANES;
  }

  /** U of so many channels. */
  @Override
  void pack(int part, int participant) {
    int n = LANES * columns;
    int first = part * n;
    int turn = Arena.FIRST + participant * (TAPS + 3 * SIZE) * n;
    int once = turn + TAPS * n;
    if (turned) {
      turn(part * LANES, turn);
    }
    float[] taps = turned ? scratch : b;
    int tap = turned ? turn : first;
    int step = turned ? n : sizeOfPosition;
    for (int s = 0; s < 3; s++) {
      transforms.expand(n, taps, tap + s * step, 3 * step, scratch, once + s * n, 3 * n);
    }
    for (int r = 0; r < SIZE; r++) {
      int to = Arena.FIRST + r * SIZE * sizeOfPosition + first;
      transforms.expand(n, scratch, once + r * 3 * n, n, kernelsOfPositions, to, sizeOfPosition);
    }
  }

  /** So many channels of R(W), from its first place on, which is the last one of W: columns become rows. */
  private void turn(int channel, int at) {
    int to = at;
    for (int k = TAPS - 1; k >= 0; k--) {
      for (int i = channel; i < channel + LANES; i++) {
        int from = k * sizeOfPosition + i;
        for (int j = 0; j < columns; j++) {
          scratch[to + j] = b[from + j * channels];
        }
        to += columns;
      }
    }
  }

  @Override
  void multiply(int participant, int first, int count, float[] target, int targetAt) {
    int all = count / Winograd.PLACES;
    WinogradTiles own = tiles[participant];
    own.take(kernels[participant], source, first / Winograd.PLACES, all);
    int across = window.outWidth() / OUTPUTS;
    int productsAt = Arena.FIRST + participant * POSITIONS * sizeOfTile;
    for (int i = 0; i < all; i += TILE) {
      int some = Math.min(TILE, all - i);
      multiplyTiles(participant, i, some, productsAt);
      int run;
      for (int t = i; t < i + some; t += run) { // tiles of the same band
        run = Math.min(across - t % across, i + some - t);
        int place = t / across * Winograd.PLACES * across + t % across * OUTPUTS;
        int to = targetAt + place * columns;
        outputs(run, productsAt + (t - i) * panel, target, to, window.outWidth() * columns);
      }
    }
  }

  /** The outputs of tiles side by side, panel by panel of columns. */
  private void outputs(int tiles, int from, float[] target, int to, int rowStep) {
    for (int j = 0, at = from; j < columns; j += panel, at += TILE * panel) {
      int width = Math.min(panel, columns - j);
      transforms.outputs(
          tiles,
          width,
          products,
          at,
          panel,
          sizeOfTile,
          start,
          j,
          target,
          to + j,
          columns,
          rowStep);
    }
  }

  /** M of as many tiles as the kernel takes, or of fewer: what it makes of the others nobody reads. */
  private void multiplyTiles(int participant, int first, int some, int productsAt) {
    GemmKernel kernel = kernels[participant];
    WinogradTiles own = tiles[participant];
    float[] zeros = Gemm.zeroRow(columns);
    int rowAt = Arena.FIRST + participant * 2 * HALF;
    for (int row = 0; row < SIZE; row++) {
      transforms.imageRow(
          some,
          channels,
          own.memory(),
          own.at(),
          first,
          row * own.rowStep(),
          channels,
          rows,
          rowAt,
          GemmKernel.PATCH_PITCH,
          channels,
          HALF);
      for (int s = 0; s < SIZE; s++) {
        int position = row * SIZE + s;
        int a = rowAt + s / 3 * HALF + s % 3 * channels;
        int u = Arena.FIRST + position * sizeOfPosition;
        int m = productsAt + position * sizeOfTile;
        for (int j = 0; j < columns; j += panel, m += TILE * panel) { // columns of U, from L2
          if (columns - j >= nr) {
            kernel.freshTile(channels, rows, a, kernelsOfPositions, u + j, columns, products, m);
          } else {
            kernel.patchTile(
                TILE,
                columns - j,
                channels,
                rows,
                a,
                kernelsOfPositions,
                u + j,
                columns,
                zeros,
                0,
                0,
                products,
                m,
                panel);
          }
        }
      }
    }
  }
}
