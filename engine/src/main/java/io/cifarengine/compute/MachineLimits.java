// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.tensor.Tensor;

/**
 * What the machine can do at most with an engine's kernels and threads, measured: no product is faster
 * than its arithmetic, and no pass over large tensors faster than its memory.
 *
 * <p>Both are the best of several short runs, since whatever else the machine does only ever lowers
 * them.
 */
public final class MachineLimits {
  /** Several times the half second that the JIT compiler's last level takes to come. */
  private static final long WARM_UP_NANOS = 1_000_000_000;

  private static final long NANOS = 300_000_000;

  /** Larger than the caches of all but the largest servers. */
  private static final long BYTES = 512L << 20;

  /** The part of Java's memory that may be read at most: its 1 / 4. */
  private static final int SHARE = 4;

  private MachineLimits() {}

  /**
   * The fused multiply-adds of all threads at once, from registers: floating-point operations a second,
   * two to each. With scalar kernels one lane an instruction.
   */
  public static double flopsPerSecond(Engine engine) {
    return flopsPerSecond(engine, WARM_UP_NANOS, NANOS);
  }

  static double flopsPerSecond(Engine engine, long warmUpNanos, long nanos) {
    PeakTask task = new PeakTask(engine.peak(), engine.threads());
    task.warmUp(warmUpNanos);
    return task.flops() / bestSeconds(nanos, () -> engine.forRanges(task.parts(), 1, task));
  }

  /**
   * Bytes that all threads read a second: one pass of {@link Sums#isFinite} over 512 MiB, or a quarter of
   * Java's memory where that is less. With scalar kernels that is one chain of additions a thread, which
   * memory may well outrun.
   */
  public static double bytesPerSecond(Engine engine) {
    long bytes = Math.min(BYTES, Runtime.getRuntime().maxMemory() / SHARE);
    return bytesPerSecond(engine, bytes, NANOS);
  }

  static double bytesPerSecond(Engine engine, long bytes, long nanos) {
    Tensor x = Tensor.zeros((int) (bytes / Float.BYTES));
    return bytes / bestSeconds(nanos, () -> Sums.isFinite(engine, x)); // the first runs warm up
  }

  /** Runs until the time is over, but twice at least. */
  private static double bestSeconds(long nanos, Runnable work) {
    long begin = System.nanoTime();
    long best = Long.MAX_VALUE;
    for (int run = 0; run < 2 || System.nanoTime() - begin < nanos; run++) {
      long start = System.nanoTime();
      work.run();
      best = Math.min(best, System.nanoTime() - start);
    }
    return Math.max(1, best) * 1e-9;
  }
}
