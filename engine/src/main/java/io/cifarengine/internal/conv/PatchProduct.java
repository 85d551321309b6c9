// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import io.cifarengine.internal.gemm.Arena;
import io.cifarengine.internal.kernel.GemmKernel;
import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.parallel.Workers;
import java.util.Arrays;

/**
 * The product with patches itself. The patches of a few places at a time are copied into a scratch that stays
 * in the cache, and the tile runs on them where they lie.
 */
public final class PatchProduct extends ConvProduct {
  private static final int TILE = GemmKernel.PATCH_ROWS;

  private final Patches[] patches;
  private final Arena memoryOfPatches = new Arena();
  private final Arena memoryOfPanels = new Arena();
  private float[] panels = {};
  private int patch;

  /** Whether eight places side by side are a tile: the first layer, on color images. */
  private boolean colors;

  /** From the beginning of a patch to each of its floats, where they lie. */
  private int[] steps = {};

  /** A product that runs on these workers, with these kernels. */
  public PatchProduct(Workers workers, KernelSet set) {
    super(workers, set);
    patches = new Patches[kernels.length];
    Arrays.setAll(patches, i -> new Patches());
  }

  @Override
  int placesTogether() {
    return 1;
  }

  @Override
  int placesOfTile() {
    return TILE;
  }

  @Override
  void reserve(int placesOfPart) {
    patch = window.patch();
    Patches.reserve(patches, memoryOfPatches, window, placesOfPart);
    panels = memoryOfPanels.atLeast((long) Workers.parts(columns, nr) * nr * patch);
    colors =
        window.channels() == GemmKernel.COLORS
            && window.stride() == 1
            && window.outWidth() % GemmKernel.COLOR_ROWS == 0;
    if (colors) {
      takeSteps();
    }
  }

  private void takeSteps() {
    if (steps.length < patch) {
      steps = new int[patch];
    }
    int run = window.rowOfPatch();
    for (int k = 0; k < patch; k++) {
      steps[k] = k / run * patches[0].rowStep() + k % run;
    }
  }

  @Override
  int packs() {
    return window.kernelHeight() * window.kernelWidth();
  }

  /** Packs the rows of B of one place of the kernel: panels of NR columns, one after another. */
  @Override
  void pack(int place, int participant) {
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

  @Override
  void multiply(int participant, int first, int count, float[] target, int targetAt) {
    patches[participant].take(kernels[participant], source, first, count);
    if (colors) {
      multiplyColors(kernels[participant], patches[participant], count, target, targetAt);
      return;
    }
    for (int i = 0; i < count; i += TILE) {
      multiplyTile(participant, i, Math.min(TILE, count - i), target, targetAt + i * columns);
    }
  }

  /** The outputs of all places that the worker's patches were taken for, whose rows are multiples of eight. */
  private void multiplyColors(
      GemmKernel kernel, Patches own, int count, float[] target, int targetAt) {
    for (int i = 0; i < count; i += GemmKernel.COLOR_ROWS) {
      for (int j = 0; j < columns; j += nr) {
        kernel.colorTile(
            Math.min(nr, columns - j),
            patch,
            own.memory(),
            own.at()[i],
            steps,
            panels,
            Arena.FIRST + j * patch,
            start,
            j,
            target,
            targetAt + i * columns + j,
            columns);
      }
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
}
