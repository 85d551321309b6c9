// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import java.util.Arrays;

/**
 * Median time of one call, over several laps of as many calls as fill them.
 *
 * @param warmUpSeconds how long the calls run before the first lap; one call at least
 * @param seconds how long all laps take together; three laps of one call at least
 */
public record Stopwatch(double warmUpSeconds, double seconds) {
  private static final int LAPS = 9;

  /** The fewest that have a median which one disturbance leaves alone. */
  private static final int FEWEST_LAPS = 3;

  /** Seconds that one call takes. */
  double median(Runnable work) {
    long calls = Math.max(1, (long) (seconds / LAPS / warmUp(work)));
    double[] laps = new double[LAPS];
    int done = 0;
    double spent = 0;
    while (done < FEWEST_LAPS || (done < LAPS && spent < seconds)) {
      long start = System.nanoTime();
      for (long call = 0; call < calls; call++) {
        work.run();
      }
      double lap = since(start);
      laps[done++] = lap / calls;
      spent += lap;
    }
    return median(Arrays.copyOf(laps, done));
  }

  /** Calls for as long as it takes before the first lap; the seconds of the quickest call. */
  double warmUp(Runnable work) {
    long begin = System.nanoTime();
    double quickest = Double.MAX_VALUE;
    do {
      long start = System.nanoTime();
      work.run();
      quickest = Math.min(quickest, since(start));
    } while (since(begin) < warmUpSeconds);
    return quickest;
  }

  private static double since(long start) {
    return Math.max(1, System.nanoTime() - start) * 1e-9; // a clock may stand still for a moment
  }

  /** The middle one of these, the mean of both where there are two; they are sorted by it. */
  static double median(double[] values) {
    Arrays.sort(values);
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }
}
