// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import io.cifarengine.internal.gemm.Arena;
import io.cifarengine.internal.kernel.GemmKernel;
import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.kernel.WinogradKernel;
import io.cifarengine.internal.parallel.Task;
import io.cifarengine.internal.parallel.Workers;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The gradient by minimal filtering, with the bits of {@link Winograd}. A part is a chunk of images. Who computes the chunk
 * that is the next to be added adds it while it is in the cache; the sums of the others wait in memory. Filters are the
 * rows of the tiles, since there are seldom fewer of them than channels:
 *
 * <pre>
 * sum of a part: [36 positions][panels of channels][tiles of filters][14][NR], and behind it db
 * </pre>
 */
public final class WinogradGradient extends ConvGradient {
  /** Tiles whose products are one call of the kernel: with all positions of V and A dy A' they stay in L2. */
  private static final int BLOCK = 32;

  private static final int SIZE = WinogradKernel.SIZE;
  private static final int POSITIONS = WinogradKernel.POSITIONS;
  private static final int OUTPUTS = WinogradKernel.OUTPUTS;

  private final WinogradKernel transforms;
  private final Patches[] pixels;
  private final Patches[] places;
  private final WinogradTiles[] images;
  private final WinogradTiles[] gradients;
  private final int[] rows = new int[BLOCK];
  private final float[][] kernelScratch;
  private final Task multiplyPart = this::multiply;
  private final Task addPart = this::add;
  private final Arena memoryOfPixels = new Arena();
  private final Arena memoryOfImages = new Arena();
  private final Arena memoryOfPlaces = new Arena();
  private final Arena memoryOfGradients = new Arena();
  private final Arena memoryOfBlocks = new Arena();

  private Window seen = window;
  private Window ofImage = window;
  private Window ofGradient = window;
  private int channels;
  private int panels;
  private int tilesOfFilters;
  private float[] blocks = {};

  /** Floats of the panels of V, and behind them the rows of A dy A', of one worker. */
  private int sizeOfBlock;

  private int sizeOfPosition;

  /** How many chunks the first one's sum has taken, itself among them, once one of the round has been added. */
  private final AtomicInteger added = new AtomicInteger();

  /** A gradient that is computed on these workers, with these kernels. */
  public WinogradGradient(Workers workers, KernelSet set) {
    super(workers, set);
    transforms = set.winograd();
    pixels = new Patches[kernels.length];
    Arrays.setAll(pixels, i -> new Patches());
    places = new Patches[kernels.length];
    Arrays.setAll(places, i -> new Patches());
    images = new WinogradTiles[kernels.length];
    Arrays.setAll(images, i -> new WinogradTiles(pixels[i], transforms::image));
    gradients = new WinogradTiles[kernels.length];
    Arrays.setAll(gradients, i -> new WinogradTiles(places[i], transforms::gradient));
    kernelScratch = new float[kernels.length][(3 * SIZE + 3 * 3) * mr * nr];
  }

  @Override
  void compute() {
    channels = window.channels();
    panels = Workers.parts(channels, nr);
    tilesOfFilters = Workers.parts(filters, mr);
    sizeOfPosition = panels * tilesOfFilters * mr * nr;
    int sizeOfSum = POSITIONS * sizeOfPosition + Workers.parts(filters, nr) * nr;
    sizeOfBlock = BLOCK * SIZE * (panels * nr + filters);
    reserveSums(Workers.parts(n, Winograd.imagesOfChunk(window)), kernels.length, sizeOfSum);
    added.set(0);
    blocks = memoryOfBlocks.atLeast((long) kernels.length * sizeOfBlock);
    if (!window.equals(seen) || ofGradient.channels() != filters) {
      seen = window;
      ofImage = Winograd.tiles(window);
      ofGradient = Winograd.gradientTiles(window, filters);
      Arrays.setAll(rows, t -> t * SIZE * filters);
    }
    Patches.reserve(pixels, memoryOfPixels, ofImage, BLOCK);
    Patches.reserve(places, memoryOfPlaces, ofGradient, BLOCK);
    WinogradTiles.reserve(images, memoryOfImages, ofImage, BLOCK);
    WinogradTiles.reserve(gradients, memoryOfGradients, ofGradient, BLOCK);
    runRounds(1, multiplyPart, panels * tilesOfFilters, addPart);
  }

  /** The partial sum of one chunk. */
  private void multiply(int part, int participant) {
    int chunk = firstOfRound + part;
    int perImage = window.places() / Winograd.PLACES;
    int perChunk = Winograd.imagesOfChunk(window) * perImage;
    int begin = chunk * perChunk;
    int end = Math.min(n * perImage, begin + perChunk);
    boolean isNext = chunk == Math.max(firstOfRound, added.get());
    boolean joins = isNext && chunk > 0;
    int sum = joins ? spareAt(participant) : sumAt(chunk);
    int ofBias = POSITIONS * sizeOfPosition;
    Arrays.fill(sums, sum + ofBias, sum + ofBias + filters, 0f);
    for (int first = begin; first < end; first += BLOCK) {
      int tiles = Math.min(BLOCK, end - first);
      images[participant].take(kernels[participant], source, first, tiles);
      gradients[participant].take(kernels[participant], dy, first, tiles);
      boolean ends = first + tiles == end;
      for (int row = 0; row < SIZE; row++) {
        transform(row, tiles, participant);
        addRow(row, tiles, participant, sum, first == begin, joins && ends);
      }
      addToBias(tiles, places[participant], sum + ofBias);
    }
    if (joins) {
      elementwise.add(sums, sum + ofBias, sums, sumAt(0) + ofBias, filters);
    }
    if (isNext) {
      added.set(chunk + 1);
    }
  }

  /** V and A dy A' of the positions of a row, of the tiles of a block. */
  private void transform(int row, int tiles, int participant) {
    WinogradTiles image = images[participant];
    WinogradTiles gradient = gradients[participant];
    int v = Arena.FIRST + participant * sizeOfBlock;
    for (int panel = 0; panel < panels; panel++) {
      transforms.imageRow(
          tiles,
          Math.min(nr, channels - panel * nr),
          image.memory(),
          image.at(),
          0,
          row * image.rowStep() + panel * nr,
          channels,
          blocks,
          v + panel * BLOCK * nr,
          nr,
          panels * BLOCK * nr,
          3 * panels * BLOCK * nr);
    }
    transforms.gradientRow(
        tiles,
        filters,
        gradient.memory(),
        gradient.at(),
        row * gradient.rowStep(),
        blocks,
        v + BLOCK * SIZE * panels * nr,
        SIZE * filters);
  }

  /**
   * Continues the chains of the positions of a row with the tiles of a block: a tile of filters and channels begins with
   * zeros, and joins the first chunk's sum, while it is in L1.
   */
  private void addRow(int row, int tiles, int participant, int sum, boolean begins, boolean joins) {
    GemmKernel kernel = kernels[participant];
    int v = Arena.FIRST + participant * sizeOfBlock;
    int d = v + BLOCK * SIZE * panels * nr;
    int at = row * SIZE * sizeOfPosition;
    for (int s = 0; s < SIZE; s++) {
      for (int panel = 0; panel < panels; panel++) {
        int b = v + (s * panels + panel) * BLOCK * nr;
        int width = Math.min(nr, channels - panel * nr);
        for (int f = 0; f < filters; f += mr) {
          int some = Math.min(mr, filters - f);
          int a = d + s * filters + f;
          int to = sum + at;
          if (begins) {
            Arrays.fill(sums, to, to + mr * nr, 0f);
          }
          kernel.placeTile(some, width, tiles, blocks, a, rows, blocks, b, sums, to);
          if (joins) {
            elementwise.add(sums, to, sums, sumAt(0) + at, mr * nr);
          }
          at += mr * nr;
        }
      }
    }
  }

  /** Continues the chains of db with the tiles of a block. */
  private void addToBias(int tiles, Patches gradient, int ofBias) {
    for (int t = 0; t < tiles; t++) {
      for (int y = 0; y < OUTPUTS; y++) {
        int at = gradient.at()[t] + y * gradient.rowStep();
        elementwise.addRows(OUTPUTS, gradient.memory(), at, filters, sums, ofBias, filters);
      }
    }
  }

  /** Adds the other chunks in their order, and transforms the sum of all: a tile of filters in one panel of channels. */
  private void add(int part, int participant) {
    int panel = part / tilesOfFilters;
    int filter = part % tilesOfFilters * mr;
    int count = Math.min(mr, filters - filter);
    int first = added.get();
    for (int p = 0; p < POSITIONS; p++) {
      addFrom(first, part * mr * nr + p * sizeOfPosition, mr * nr);
    }
    if (panel == 0) {
      addFrom(first, POSITIONS * sizeOfPosition + filter, count);
    }
    if (isLastRound()) {
      transformBack(part, panel, filter, count, participant);
    }
  }

  private void transformBack(int part, int panel, int filter, int count, int participant) {
    int from = sumAt(0) + part * mr * nr;
    float[] scratch = kernelScratch[participant];
    int n = mr * nr;
    for (int s = 0; s < SIZE; s++) {
      int position = from + s * sizeOfPosition;
      transforms.contract(n, sums, position, SIZE * sizeOfPosition, scratch, s * n, SIZE * n);
    }
    int result = 3 * SIZE * n;
    for (int r = 0; r < 3; r++) {
      transforms.contract(n, scratch, r * SIZE * n, n, scratch, result + r * 3 * n, n);
    }
    int width = Math.min(nr, channels - panel * nr);
    for (int k = 0; k < 9; k++) {
      for (int c = 0; c < width; c++) {
        int to = (k * channels + panel * nr + c) * filters + filter;
        for (int f = 0; f < count; f++) {
          store(scratch[result + k * n + f * nr + c], dw, to + f);
        }
      }
    }
    if (panel == 0) {
      int ofBias = sumAt(0) + POSITIONS * sizeOfPosition + filter;
      for (int f = 0; f < count; f++) {
        store(sums[ofBias + f], db, filter + f);
      }
    }
  }

  private void store(float sum, float[] gradient, int at) {
    float value = chunks > 0 ? sum : 0f;
    gradient[at] = accumulate ? gradient[at] + value : value;
  }
}
