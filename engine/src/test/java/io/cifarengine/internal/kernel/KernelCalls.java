// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * A main class for a fresh JVM: warms the kernels of one group until C2 has compiled them, and prints
 * the bytes that a number of calls allocates.
 */
final class KernelCalls {
  /** Enough for the last level, whose thresholds are 5,000 calls, or 15,000 calls and passes of loops. */
  private static final int WARM = 6_000;

  /** How many calls are measured. */
  static final int CALLS = 10_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final VectorGemmKernel GEMM = new VectorGemmKernel();
  private static final ElementwiseKernel ELEMENTWISE = new VectorElementwiseKernel();
  private static final PoolingKernel POOLING = new VectorPoolingKernel();
  private static final WinogradKernel WINOGRAD = new VectorWinogradKernel();
  private static final PixelKernel PIXELS = new VectorPixelKernel();
  private static final PeakKernel PEAK = new VectorPeakKernel();
  private static final float[] ACCUMULATORS = new float[PEAK.chains()];

  /** Of the highest tile. */
  static final int ROWS = GEMM.rows();

  static final int COLUMNS = GEMM.columns();
  private static final int DEPTH = 128;
  private static final int COLORS = GemmKernel.COLORS;

  private static final float[] A = new float[DEPTH * Math.max(ROWS, GemmKernel.THIN_ROWS)];
  private static final float[] PATCHES = new float[GemmKernel.PATCH_ROWS * GemmKernel.PATCH_PITCH];
  private static final float[] B = new float[DEPTH * COLUMNS];
  private static final float[] PANEL = new float[DEPTH * COLUMNS];
  private static final float[] C = new float[Math.max(ROWS, GemmKernel.PATCH_ROWS) * COLUMNS];

  /** Where the rows of an A' of {@link #ROWS} columns begin. */
  private static final int[] PLACES = new int[DEPTH];

  private static final int[] OF_PIXELS = new int[DEPTH];

  static {
    Arrays.setAll(PLACES, p -> p * ROWS);
    Arrays.setAll(OF_PIXELS, p -> p / COLORS * ROWS + p % COLORS);
  }

  /** Vectors, and a tail of every width. */
  private static final int N = 1003;

  // All zero, so that no number of calls makes denormals or infinities of them.
  private static final float[] X = new float[N];
  private static final float[] Y = new float[N];
  private static final float[] Z = new float[N];

  private static final byte[] LEVELS = new byte[N];

  /** A window of 2 x 2 in an image of 64 channels, 4 pixels a row. */
  private static final int[] TAPS = {0, 64, 256, 320};

  private static final int CHANNELS = 64;

  /** Rows of two tiles of 6 x 6 pixels, four pixels apart, and what becomes of them. */
  private static final float[] PIXEL_ROWS = new float[6 * 10 * CHANNELS];

  private static final float[] TRANSFORMED = new float[2 * WinogradKernel.POSITIONS * CHANNELS];
  private static final float[] IMAGE = new float[640];

  /** What the next call of maxBackward does. */
  private static boolean adds;

  private KernelCalls() {}

  /** Prints {@code OWNER.METHOD BYTES} for each kernel of the group. */
  public static void main(String[] arguments) {
    List<GuardedKernel> kernels =
        GuardedKernel.ALL.stream().filter(kernel -> kernel.group().equals(arguments[0])).toList();
    for (GuardedKernel kernel : kernels) {
      run(kernel.call(), WARM);
    }
    long asking = allocated(() -> {}, 1);
    for (GuardedKernel kernel : kernels) {
      long bytes = allocated(kernel.call(), CALLS) - asking;
      System.out.println(kernel + " " + bytes);
    }
  }

  private static void run(Runnable call, int times) {
    for (int i = 0; i < times; i++) {
      call.run();
    }
  }

  private static long allocated(Runnable call, int times) {
    long id = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(id);
    run(call, times);
    return THREADS.getThreadAllocatedBytes(id) - before;
  }

  static void tile(int rows) {
    GEMM.tile(rows, COLUMNS, DEPTH, A, 0, B, 0, COLUMNS, C, 0, COLUMNS, C, 0, COLUMNS);
  }

  static void thinTile(int columns) {
    GEMM.thinTile(
        GemmKernel.THIN_ROWS,
        columns,
        DEPTH,
        A,
        0,
        DEPTH,
        B,
        0,
        COLUMNS,
        C,
        0,
        COLUMNS,
        C,
        0,
        COLUMNS);
  }

  static void narrowTile() {
    int columns = COLUMNS / 2; // one vector
    GEMM.tile(ROWS, columns, DEPTH, A, 0, B, 0, COLUMNS, C, 0, COLUMNS, C, 0, COLUMNS);
  }

  static void narrowPatchTile() {
    int rows = GemmKernel.PATCH_ROWS;
    int columns = COLUMNS / 2; // one vector
    GEMM.patchTile(rows, columns, DEPTH, PATCHES, 0, B, 0, COLUMNS, C, 0, COLUMNS, C, 0, COLUMNS);
  }

  static void patchTile() {
    int rows = GemmKernel.PATCH_ROWS;
    GEMM.patchTile(rows, COLUMNS, DEPTH, PATCHES, 0, B, 0, COLUMNS, C, 0, COLUMNS, C, 0, COLUMNS);
  }

  static void freshTile() {
    GEMM.freshTile(DEPTH, PATCHES, 0, B, 0, COLUMNS, C, 0);
  }

  static void placeTile() {
    GEMM.placeTile(ROWS, COLUMNS, DEPTH, A, 0, PLACES, B, 0, C, 0);
  }

  static void lowPlaceTile() {
    GEMM.placeTile(VectorPlaceTile.LOW, COLUMNS, DEPTH, A, 0, PLACES, B, 0, C, 0);
  }

  static void colorTile() {
    int k = 9 * COLORS;
    GEMM.colorTile(COLUMNS, k, A, 0, OF_PIXELS, B, 0, C, 0, C, 0, COLUMNS);
  }

  /** Two panels side by side. */
  static void packPanels() {
    GEMM.packPanels(2, DEPTH / 4, A, 0, 2 * ROWS, PANEL, 0, DEPTH / 4 * ROWS + GemmKernel.SLACK);
  }

  static void packPanel() {
    GEMM.packPanel(DEPTH, B, 0, COLUMNS, PANEL, 0);
  }

  /** Three rows of three pixels of 32 channels. */
  static void copyRows() {
    GEMM.copyRows(3, 96, PATCHES, 0, 1_024, PANEL, 0);
  }

  static void exp() {
    ELEMENTWISE.exp(X, 0, Y, 0, N);
  }

  static void tanh() {
    ELEMENTWISE.tanh(X, 0, Y, 0, N);
  }

  static void sigmoid() {
    ELEMENTWISE.sigmoid(X, 0, Y, 0, N);
  }

  static void add() {
    ELEMENTWISE.add(X, 0, Z, 0, N);
  }

  static void addRows() {
    ELEMENTWISE.addRows(DEPTH, B, 0, COLUMNS, Z, 0, COLUMNS);
  }

  static void relu() {
    ELEMENTWISE.relu(X, 0, Z, 0, N);
  }

  static void reluBackward() {
    ELEMENTWISE.reluBackward(X, Y, Z, 0, N);
  }

  static void tanhBackward() {
    ELEMENTWISE.tanhBackward(X, Y, Z, 0, N);
  }

  static void sigmoidBackward() {
    ELEMENTWISE.sigmoidBackward(X, Y, Z, 0, N);
  }

  static void momentumStep() {
    ELEMENTWISE.momentumStep(X, Y, Z, 0, N, 0.1f, 0.9f, 5e-4f);
  }

  static void decay() {
    ELEMENTWISE.decay(X, 0, N, 5e-4f);
  }

  static void addSquares() {
    ELEMENTWISE.addSquares(X, 0, N, Z);
  }

  static void isFinite() {
    if (!ELEMENTWISE.isFinite(X, 0, N)) {
      throw new AssertionError("zeros are finite");
    }
  }

  static void max() {
    POOLING.max(IMAGE, 0, TAPS, Y, 0, CHANNELS);
  }

  static void maxAndWinners() {
    POOLING.maxAndWinners(2, IMAGE, 0, 2 * CHANNELS, TAPS, Y, Z, 0, CHANNELS);
  }

  static void spread() {
    POOLING.spread(0, 2, Y, Z, 0, CHANNELS, IMAGE, 0, 2 * CHANNELS, CHANNELS);
  }

  static void image() {
    WINOGRAD.image(CHANNELS, PIXEL_ROWS, 0, CHANNELS, TRANSFORMED, 0, CHANNELS);
  }

  static void gradient() {
    WINOGRAD.gradient(CHANNELS, PIXEL_ROWS, 0, CHANNELS, TRANSFORMED, 0, CHANNELS);
  }

  static void outputs() {
    int n = CHANNELS;
    WINOGRAD.outputs(2, n, TRANSFORMED, 0, n, 2 * n, X, 0, PIXEL_ROWS, 0, n, 10 * n);
  }

  static void expand() {
    WINOGRAD.expand(CHANNELS, PIXEL_ROWS, 0, CHANNELS, TRANSFORMED, 0, CHANNELS);
  }

  static void contract() {
    WINOGRAD.contract(CHANNELS, TRANSFORMED, 0, CHANNELS, PIXEL_ROWS, 0, CHANNELS);
  }

  static void center() {
    PIXELS.center(LEVELS, 0, X, 1, Z, 0, N);
  }

  static void inFloats() {
    PIXELS.standardize(LEVELS, 0, 127, 1 / 63.0, Z, 0, N);
  }

  static void peak() {
    PEAK.run(DEPTH, 0f, 0f, ACCUMULATORS);
  }

  /** Writing and adding in turn: a loop of each. */
  static void maxBackward() {
    adds = !adds;
    POOLING.maxBackward(IMAGE, 0, TAPS, Y, Z, 0, IMAGE, adds, CHANNELS);
  }
}
