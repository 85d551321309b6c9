// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/**
 * Lets the JIT compiler meet the tile of products alone, on a thread of its own while the program still
 * loads its images.
 *
 * <p>It is more than a head start. What C2 makes of the tile is decided by what was seen of the methods
 * of vectors up to then: on JDK 17, where a network's convolutions and poolings brought their vectors at
 * the same time, three JVMs in five got a tile that allocates its accumulators, and trained at a fifth of
 * the speed to their end. After this none of 22 did.
 */
final class WarmUp {
  /** Enough for the compiler's last level: about half a second, most of it interpreted. */
  private static final int TILES = 4000;

  private static final int DEPTH = 128;

  private WarmUp() {}

  /** Starts a daemon thread that ends by itself. */
  static void begin(GemmKernel kernel) {
    Thread thread = new Thread(() -> run(kernel), "cifar-engine-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(GemmKernel kernel) {
    int rows = kernel.rows();
    int columns = kernel.columns();
    float[] a = new float[DEPTH * rows];
    float[] b = new float[DEPTH * columns];
    float[] c = new float[rows * columns];
    for (int i = 0; i < TILES; i++) {
      kernel.tile(rows, columns, DEPTH, a, 0, rows, b, 0, columns, c, 0, columns, c, 0, columns);
    }
  }
}
