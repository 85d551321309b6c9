// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.internal.kernel.PeakKernel;

/** Passes of the peak kernel, so many parts a thread. */
final class PeakTask implements RangeTask {
  /** Of a part: some tens of microseconds. */
  private static final int PASSES = 5_000;

  /** Milliseconds altogether, so that waking the workers is no part of the result. */
  private static final int PARTS_PER_THREAD = 256;

  /** As few as let the compiler count many calls. */
  private static final int WARM_UP_PASSES = 64;

  // acc grows by 2^-20 a pass until that is no more than a rounding error: it stays finite.
  static final float X = 0x1p-10f;
  static final float Y = 0x1p-10f;

  private final PeakKernel kernel;
  private final float[][] accumulators;

  PeakTask(PeakKernel kernel, int threads) {
    this.kernel = kernel;
    accumulators = new float[threads][kernel.chains()];
  }

  /** How many ranges there are to share out. */
  int parts() {
    return accumulators.length * PARTS_PER_THREAD;
  }

  /** Floating-point operations of all parts. */
  double flops() {
    return 2.0 * kernel.chains() * PASSES * parts();
  }

  /** Runs on this thread until the JIT compiler has had so long. */
  void warmUp(long nanos) {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < nanos) {
      kernel.run(WARM_UP_PASSES, X, Y, accumulators[0]);
    }
  }

  @Override
  public void run(int from, int to, int participant) {
    for (int part = from; part < to; part++) {
      kernel.run(PASSES, X, Y, accumulators[participant]);
    }
  }
}
