// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.gemm;

import io.cifarengine.internal.kernel.GemmKernel;
import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.parallel.Task;
import io.cifarengine.internal.parallel.Workers;
import java.util.Arrays;

/**
 * C = S + A B, where C has few columns and the columns of A lie side by side, as C' = S' + B' A': its few rows fill one
 * tile, whose vectors run along the many columns, and A is read where it lies. As C lies, a tile would use a fraction
 * of each cache line of A and of each vector of C. The chains are the same, since a b = b a.
 */
final class TurnedProduct {
  /** The most columns of C: the rows of one tile. */
  private static final int MOST_COLUMNS = Packing.MR;

  /** From so many rows of C and steps of k on it is the faster way. */
  private static final int LEAST_ROWS = 256;

  private static final int LEAST_DEPTH = 64;

  /** Rows of C that one part computes: its piece of C' stays in L1. */
  private static final int STRIP = 256;

  /** Steps of k at a time: as many streams of A as a CPU follows. */
  private static final int DEPTH = 32;

  private static final float[] NOTHING = {};

  private final Workers workers;
  private final GemmKernel[] kernels;
  private final int nr;

  /** Of each worker a piece of C', and behind it the columns of A that are too few for a vector. */
  private final float[][] scratch;

  private final Arena arenaOfB = new Arena();
  private final Task computeStrip = this::computeStrip;

  private int m;
  private int n;
  private int k;
  private float[] a = NOTHING;
  private int aStep;
  private float[] panelOfB = NOTHING;
  private float[] start = NOTHING;
  private int startStride;
  private float[] c = NOTHING;

  TurnedProduct(Workers workers, KernelSet set) {
    this.workers = workers;
    kernels = set.gemm(workers.threads());
    nr = kernels[0].columns();
    scratch = new float[kernels.length][MOST_COLUMNS * STRIP + DEPTH * nr];
  }

  /** Whether it is the faster way for this shape and step from row to row of A. */
  static boolean suits(int m, int n, int k, int aRowStep) {
    return aRowStep == 1 && n <= MOST_COLUMNS && m >= LEAST_ROWS && k >= LEAST_DEPTH;
  }

  /** Computes C = S + A B, where A(i, p) = a[i + p * aStep] and the rest is as in {@link Gemm#multiply}. */
  void run(
      int m,
      int n,
      int k,
      float[] a,
      int aStep,
      float[] b,
      int bRowStep,
      int bColumnStep,
      float[] start,
      int startStride,
      float[] c) {
    this.m = m;
    this.n = n;
    this.k = k;
    this.a = a;
    this.aStep = aStep;
    this.start = start;
    this.startStride = startStride;
    this.c = c;
    try {
      packB(b, bRowStep, bColumnStep);
      workers.run(Workers.parts(m, STRIP), computeStrip, (long) m * n * k < Blocking.ONE_THREAD);
    } finally { // lets go of the caller's arrays
      this.a = NOTHING;
      this.start = NOTHING;
      this.c = NOTHING;
    }
  }

  /** All of B' as one panel of rows of a tile, those that C' has not being 0. */
  private void packB(float[] b, int rowStep, int columnStep) {
    panelOfB = arenaOfB.atLeast((long) k * Packing.MR);
    for (int p = 0; p < k; p++) {
      int at = Arena.FIRST + p * Packing.MR;
      for (int j = 0; j < n; j++) {
        panelOfB[at + j] = b[p * rowStep + j * columnStep];
      }
      Arrays.fill(panelOfB, at + n, at + Packing.MR, 0f);
    }
  }

  private void computeStrip(int part, int participant) {
    float[] own = scratch[participant];
    GemmKernel kernel = kernels[participant];
    int first = part * STRIP;
    int width = Math.min(STRIP, m - first);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < width; i++) {
        own[j * STRIP + i] = start[(first + i) * startStride + j];
      }
    }
    int whole = width - width % nr;
    for (int p = 0; p < k; p += DEPTH) {
      int deep = Math.min(DEPTH, k - p);
      int from = first + p * aStep;
      for (int i = 0; i < whole; i += nr) {
        tile(kernel, nr, deep, p, a, from + i, aStep, own, i);
      }
      if (whole < width) { // where A ends, vectors of it would reach behind the end
        int rest = MOST_COLUMNS * STRIP;
        for (int q = 0; q < deep; q++) {
          System.arraycopy(a, from + whole + q * aStep, own, rest + q * nr, width - whole);
        }
        tile(kernel, width - whole, deep, p, own, rest, nr, own, whole);
      }
    }
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < n; j++) {
        c[(first + i) * n + j] = own[j * STRIP + i];
      }
    }
  }

  /** Continues the chains of some columns of C' by some steps from p on. */
  private void tile(
      GemmKernel kernel,
      int columns,
      int deep,
      int p,
      float[] a,
      int aAt,
      int aStep,
      float[] own,
      int at) {
    int bAt = Arena.FIRST + p * Packing.MR;
    kernel.tile(
        rows(), columns, deep, panelOfB, bAt, a, aAt, aStep, own, at, STRIP, own, at, STRIP);
  }

  /** The rows of C', and as many more as a tile has that is stored whole. */
  private int rows() {
    int unit = GemmKernel.ROW_UNIT;
    return Math.min(MOST_COLUMNS, Workers.parts(n, unit) * unit);
  }
}
