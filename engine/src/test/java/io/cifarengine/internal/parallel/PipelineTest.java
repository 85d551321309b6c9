// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stage that waits for ever would hang: the timeout turns that into a failure. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipelineTest {
  private static final int[] THREADS = {1, 2, 3, 8};

  /** Plain reads and writes: that a step sees them also shows that the stage before happens before it. */
  @Test
  void everyStepComesAfterThatOfTheStageBefore() {
    for (int threads : THREADS) {
      try (Workers workers = new Workers(threads)) {
        Pipeline pipeline = new Pipeline(workers);
        for (int run = 0; run < 1_000; run++) {
          int steps = run % 13;
          int[] stagesDone = new int[steps];
          AtomicInteger outOfTurn = new AtomicInteger();
          pipeline.run(
              steps,
              (stage, step, participant) -> {
                if (stagesDone[step] != stage) {
                  outOfTurn.incrementAndGet();
                }
                stagesDone[step] = stage + 1;
              });
          assertEquals(0, outOfTurn.get());
          assertEquals(steps, Arrays.stream(stagesDone).filter(d -> d == threads).count());
        }
      }
    }
  }

  @Test
  void aStageThatFailsHoldsUpNobodyAndIsWhatTheCallerHears() {
    for (int threads : THREADS) {
      try (Workers workers = new Workers(threads)) {
        Pipeline pipeline = new Pipeline(workers);
        AtomicInteger run = new AtomicInteger();
        IllegalStateException cause = new IllegalStateException("a step failed");
        Stage failing =
            (stage, step, participant) -> {
              if (stage == 0 && step == 2) {
                throw cause;
              }
              run.incrementAndGet();
            };
        assertSame(
            cause, assertThrows(IllegalStateException.class, () -> pipeline.run(5, failing)));
        assertEquals(2 + 5 * (threads - 1), run.get());
        run.set(0);
        pipeline.run(2, failing);
        assertEquals(2 * threads, run.get(), "afterwards it works again");
      }
    }
  }

  @Test
  void fromInsideAPartItRunsAllStagesOnThatThread() {
    try (Workers workers = new Workers(3)) {
      Pipeline pipeline = new Pipeline(workers);
      AtomicInteger run = new AtomicInteger();
      workers.run(
          2,
          (part, participant) -> {
            if (part == 0) {
              Thread own = Thread.currentThread();
              pipeline.run(
                  4,
                  (stage, step, p) -> {
                    assertSame(own, Thread.currentThread());
                    run.incrementAndGet();
                  });
            }
          });
      assertEquals(12, run.get());
    }
  }
}
