// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import java.util.Arrays;

/**
 * How long a run takes, in seconds.
 *
 * @param median of the runs
 * @param best of them
 */
record Timing(double median, double best) {
  private static final int LEAST_RUNS = 3;

  /** Runs for so many seconds untimed, at least once, then for so many timed, at least three times. */
  static Timing of(Runnable run, double warmup, double seconds) {
    long start = System.nanoTime();
    do {
      run.run();
    } while (System.nanoTime() - start < warmup * 1e9);

    long[] nanos = new long[LEAST_RUNS];
    int runs = 0;
    start = System.nanoTime();
    long now = start;
    while (runs < LEAST_RUNS || now - start < seconds * 1e9) {
      if (runs == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * runs);
      }
      long begun = now;
      run.run();
      now = System.nanoTime();
      nanos[runs++] = now - begun;
    }
    return of(Arrays.copyOf(nanos, runs));
  }

  /** Of these times of at least one run. */
  static Timing of(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
    return new Timing(median / 1e9, sorted[0] / 1e9);
  }
}
