// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.kernel.PeakKernel;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineLimitsTest {
  private static final long MILLISECOND = 1_000_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void limitsArePositiveAndFinite(int threads) {
    try (Engine scalar = Engine.scalar(threads);
        Engine chosen = Engine.withThreads(threads)) {
      for (Engine engine : new Engine[] {scalar, chosen}) {
        assertIsRate(MachineLimits.flopsPerSecond(engine, MILLISECOND, MILLISECOND));
        assertIsRate(MachineLimits.bytesPerSecond(engine, 1 << 20, MILLISECOND));
      }
    }
  }

  private static void assertIsRate(double rate) {
    assertTrue(rate > 0 && Double.isFinite(rate), () -> "rate " + rate);
  }

  /** A kernel that counts instead of computing: two operations a chain and a pass, and none is lost. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theTaskDoesTheOperationsThatItNames(int threads) {
    AtomicLong operations = new AtomicLong();
    PeakKernel counting =
        new PeakKernel() {
          @Override
          public int chains() {
            return 5;
          }

          @Override
          public void run(int passes, float x, float y, float[] acc) {
            operations.addAndGet(2L * chains() * passes);
          }
        };
    PeakTask task = new PeakTask(counting, threads);
    try (Engine engine = Engine.scalar(threads)) {
      engine.forRanges(task.parts(), 1, task);
    }
    assertEquals(task.flops(), operations.doubleValue());
  }

  @Test
  void itsChainsStayFinite() {
    PeakKernel kernel = KernelSet.scalar("for the test").peak();
    float[] acc = new float[kernel.chains()];
    Arrays.fill(acc, 32); // 2^-20 is a quarter of the distance to the next float
    kernel.run(1000, PeakTask.X, PeakTask.Y, acc);
    for (float chain : acc) {
      assertEquals(32, chain);
    }
  }
}
