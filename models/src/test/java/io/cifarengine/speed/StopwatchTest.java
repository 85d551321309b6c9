// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StopwatchTest {
  @Test
  void theMiddleTimeCounts() {
    assertEquals(3, Stopwatch.median(new double[] {900, 1, 3}));
    assertEquals(2.5, Stopwatch.median(new double[] {4, 1, 900, -7}));
    assertEquals(5, Stopwatch.median(new double[] {5}));
  }

  /** One call to warm up, and three laps of one. */
  @Test
  void withoutTimeItStillMeasures() {
    AtomicInteger calls = new AtomicInteger();
    double seconds = new Stopwatch(0, 0).median(calls::incrementAndGet);
    assertEquals(4, calls.get());
    assertTrue(seconds > 0 && Double.isFinite(seconds), () -> "seconds " + seconds);
  }
}
