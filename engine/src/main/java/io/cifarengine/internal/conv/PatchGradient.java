// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import io.cifarengine.internal.gemm.Arena;
import io.cifarengine.internal.kernel.GemmKernel;
import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.parallel.Task;
import io.cifarengine.internal.parallel.Workers;
import java.util.Arrays;

/**
 * dW = sum over chunks of P' dY, and db = sum over chunks of 1' dY: the gradient of a convolution with
 * respect to its weights and biases. A part is a chunk of images and a panel of filters.
 *
 * <p>No patch is copied: fourteen rows of dW are fourteen neighbours in a row of every patch, which lie side by
 * side in the source. A partial sum is a row of such tiles for each row of the kernel:
 *
 * <pre>
 * sum of a part: [kernelHeight][tiles of a run][14][NR], and behind it [NR] of db
 * </pre>
 */
public final class PatchGradient extends ConvGradient {
  /** Places in one tile: 128 x 32 floats of dY are 16 KiB, in L1. */
  private static final int PLACES_OF_BLOCK = 128;

  private final Patches[] patches;
  private final float[] panelsOfDy;
  private final Task multiplyPart = this::multiply;
  private final Task addPart = this::add;
  private final Arena memoryOfPatches = new Arena();

  private int panels;

  /** Floats of the tiles of one row of the kernel. */
  private int sizeOfRow;

  /** Floats of a partial sum in one panel of filters: all rows of the kernel, and one row of db. */
  private int sizeOfPanel;

  /** A gradient that is computed on these workers, with these kernels. */
  public PatchGradient(Workers workers, KernelSet set) {
    super(workers, set);
    patches = new Patches[kernels.length];
    Arrays.setAll(patches, i -> new Patches());
    panelsOfDy = new Arena().atLeast((long) kernels.length * PLACES_OF_BLOCK * nr);
  }

  @Override
  void compute() {
    panels = Workers.parts(filters, nr);
    sizeOfRow = Workers.parts(window.rowOfPatch(), mr) * mr * nr;
    sizeOfPanel = window.kernelHeight() * sizeOfRow + nr;
    reserveSums(Workers.parts(n, Im2Col.imagesOfChunk(window)), 0, panels * sizeOfPanel);
    Patches.reserve(patches, memoryOfPatches, window, PLACES_OF_BLOCK);
    runRounds(panels, multiplyPart, panels * window.kernelHeight(), addPart);
  }

  /** The partial sum of one chunk in one panel of filters. */
  private void multiply(int part, int participant) {
    int chunk = firstOfRound + part / panels;
    int panel = part % panels;
    int filter = panel * nr;
    int width = Math.min(nr, filters - filter);
    int images = Im2Col.imagesOfChunk(window);
    int begin = chunk * images * window.places();
    int end = Math.min(n, (chunk + 1) * images) * window.places();
    int sum = sumAt(chunk) + panel * sizeOfPanel;
    Arrays.fill(sums, sum, sum + sizeOfPanel, 0f);
    GemmKernel kernel = kernels[participant];
    int panelOfDy = Arena.FIRST + participant * PLACES_OF_BLOCK * nr; // vectors begin on a line
    for (int first = begin; first < end; first += PLACES_OF_BLOCK) {
      int places = Math.min(PLACES_OF_BLOCK, end - first);
      dy.copy(kernel, first, places, filter, width, panelsOfDy, panelOfDy, nr);
      patches[participant].take(kernel, source, first, places);
      int ofBias = sum + sizeOfPanel - nr;
      elementwise.addRows(places, panelsOfDy, panelOfDy, nr, sums, ofBias, width);
      addProducts(kernel, patches[participant], places, width, panelOfDy, sum);
    }
  }

  /** Continues the chains of a partial sum with the places of a block. */
  private void addProducts(
      GemmKernel kernel, Patches patches, int places, int width, int panelOfDy, int sum) {
    int run = window.rowOfPatch();
    for (int ky = 0; ky < window.kernelHeight(); ky++) {
      int row = ky * patches.rowStep();
      int to = sum + ky * sizeOfRow;
      for (int i = 0; i < run; i += mr) {
        kernel.placeTile(
            Math.min(mr, run - i),
            width,
            places,
            patches.memory(),
            row + i,
            patches.at(),
            panelsOfDy,
            panelOfDy,
            sums,
            to + i * nr);
      }
    }
  }

  /** Adds the chunks in their order: one row of the kernel in one panel of filters, with the first row db. */
  private void add(int part, int participant) {
    int ky = part / panels;
    int panel = part % panels;
    int filter = panel * nr;
    int width = Math.min(nr, filters - filter);
    int run = window.rowOfPatch();
    int row = panel * sizeOfPanel + ky * sizeOfRow;
    int from = sumAt(0) + row;
    for (int i = 0; i < run; i++) {
      addFirst(from + i * nr, width, dw, (ky * run + i) * filters + filter);
    }
    addOthers(row, run * nr);
    for (int i = 0; i < run; i++) {
      store(from + i * nr, width, dw, (ky * run + i) * filters + filter);
    }
    if (ky == 0) {
      int ofBias = (panel + 1) * sizeOfPanel - nr;
      addFirst(sumAt(0) + ofBias, width, db, filter);
      addOthers(ofBias, nr);
      store(sumAt(0) + ofBias, width, db, filter);
    }
  }

  /** The first chunk's sum takes what is there already, where the gradient is added to it. */
  private void addFirst(int sum, int width, float[] gradient, int at) {
    if (accumulate && chunks > 0 && firstOfRound == 0) {
      elementwise.add(gradient, at, sums, sum, width);
    }
  }

  private void addOthers(int from, int size) {
    addFrom(Math.max(1, firstOfRound), from, size);
  }

  private void store(int sum, int width, float[] gradient, int at) {
    if (!isLastRound()) {
      return;
    }
    if (chunks > 0) {
      System.arraycopy(sums, sum, gradient, at, width);
    } else if (!accumulate) {
      Arrays.fill(gradient, at, at + width, 0f);
    }
  }
}
