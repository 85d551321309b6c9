// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.parallel;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * As many stages as there are threads, of as many steps each: step i of stage s comes after step i of stage s - 1. So each
 * thread can keep to its own memory where a result needs one after another of them.
 */
public final class Pipeline {
  private static final Stage NOTHING = (stage, step, participant) -> {};

  /** Ints from one stage's count to the next: two cache lines, which some CPUs fetch together. */
  private static final int APART = 32;

  private static final int SPINS_PER_YIELD = 512;

  private final Workers workers;
  private final Task runStage = this::runStage;

  /** For each stage how many of its steps are done. */
  private final AtomicIntegerArray done;

  // Written before the workers begin.
  private Stage stages = NOTHING;
  private int steps;

  /** A pipeline on these workers, to be used by one caller at a time. */
  public Pipeline(Workers workers) {
    this.workers = workers;
    done = new AtomicIntegerArray(workers.threads() * APART);
  }

  /** Runs all steps of all stages and returns when they are done; failures are those of {@link Workers#run}. */
  public void run(int steps, Stage stages) {
    for (int stage = 0; stage < workers.threads(); stage++) {
      done.set(stage * APART, 0);
    }
    this.steps = steps;
    this.stages = stages;
    try {
      workers.run(workers.threads(), runStage);
    } finally {
      this.stages = NOTHING;
    }
  }

  /**
   * Whoever waits here waits for a stage that is being run, or that the caller will take: it begins with the first stage and
   * takes the others in order.
   */
  private void runStage(int stage, int participant) {
    try {
      for (int step = 0; step < steps; step++) {
        awaitStageBefore(stage, step);
        stages.run(stage, step, participant);
        done.set(stage * APART, step + 1);
      }
    } finally { // a stage that failed must not hold up those behind it
      done.set(stage * APART, steps);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // the stage before may need this very processor
  private void awaitStageBefore(int stage, int step) {
    for (int i = 1; stage > 0 && done.get((stage - 1) * APART) <= step; i++) {
      if (i % SPINS_PER_YIELD == 0) {
        Thread.yield();
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
