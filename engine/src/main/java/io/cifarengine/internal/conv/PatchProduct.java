// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import io.cifarengine.internal.gemm.Arena;
import io.cifarengine.internal.kernel.GemmKernel;
import io.cifarengine.internal.kernel.KernelSet;
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

  /** Places whose patches are copied at a time: 56 x 576 floats are 129 KiB, in L2. */
  private static final int BLOCK = 4 * TILE;

  /** Below so many multiply-adds a second thread costs more than it saves. */
  static final long ONE_THREAD = 1_000_000;

  private static final float[] NOTHING = {};

  private final Workers workers;
  private final GemmKernel[] kernels;
  private final float[][] patches;
  private final int nr;
  private final Task packPart = this::pack;
  private final Task multiplyPart = this::multiply;
  private final Arena arena = new Arena();
  private float[] panels = NOTHING;

  private Window window = new Window(0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0);
  private float[] source = NOTHING;
  private float[] b = NOTHING;
  private boolean turned;
  private int columns;
  private int patch;
  private int places;
  private float[] start = NOTHING;
  private float[] out = NOTHING;

  /** A product that runs on these workers, with these kernels. */
  public PatchProduct(Workers workers, KernelSet set) {
    this.workers = workers;
    kernels = new GemmKernel[workers.threads()];
    Arrays.setAll(kernels, i -> set.gemm().get());
    nr = kernels[0].columns();
    patches = new float[kernels.length][BLOCK * GemmKernel.PATCH_PITCH];
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
    this.window = window;
    this.source = source;
    this.b = b;
    this.turned = turned;
    this.columns = columns;
    this.start = start;
    this.out = out;
    patch = window.patch();
    places = n * window.places();
    panels = arena.atLeast(Workers.parts(columns, nr) * nr * patch);
    try {
      int blocks = Workers.parts(places, BLOCK);
      int kernelPlaces = window.kernelHeight() * window.kernelWidth();
      boolean alone = (long) places * columns * patch < ONE_THREAD;
      workers.run(kernelPlaces, packPart, alone);
      workers.run(blocks, multiplyPart, alone);
    } finally { // lets go of the caller's arrays
      this.source = NOTHING;
      this.b = NOTHING;
      this.start = NOTHING;
      this.out = NOTHING;
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

  /** The outputs of one block of places. */
  private void multiply(int block, int participant) {
    GemmKernel kernel = kernels[participant];
    float[] own = patches[participant];
    int first = block * BLOCK;
    int rows = Math.min(BLOCK, places - first);
    for (int k = 0;
        k < patch;
        k += GemmKernel.DEEPEST_PATCH) { // serial: every pass writes the same outputs
      int deep = Math.min(GemmKernel.DEEPEST_PATCH, patch - k);
      Patches.gather(kernel, window, source, first, rows, k, k + deep, own, GemmKernel.PATCH_PITCH);
      for (int i = 0; i < rows; i += TILE) { // its patches, in L1
        for (int j = 0; j < columns; j += nr) { // a panel of B, from L2
          int at = (first + i) * columns + j;
          kernel.patchTile(
              Math.min(TILE, rows - i),
              Math.min(nr, columns - j),
              deep,
              own,
              i * GemmKernel.PATCH_PITCH,
              panels,
              Arena.FIRST + j * patch + k * nr,
              nr,
              k == 0 ? start : out,
              k == 0 ? j : at,
              k == 0 ? 0 : columns,
              out,
              at,
              columns);
        }
      }
    }
  }
}
