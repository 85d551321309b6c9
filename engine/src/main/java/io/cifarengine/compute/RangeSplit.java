// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.internal.parallel.Task;
import io.cifarengine.internal.parallel.Workers;

/** One call of {@link Engine#forRanges}: an index range cut into equal pieces. Reused. */
final class RangeSplit implements Task {
  /** Pieces a thread, so that one that is held back leaves work for the others to take. */
  private static final int PIECES_PER_THREAD = 4;

  private static final RangeTask NOTHING = (from, to, participant) -> {};

  private RangeTask task = NOTHING;
  private int n;
  private int step;

  void run(Workers workers, int n, int grain, RangeTask task) {
    if (n == 0) {
      return;
    }
    int pieces = Math.max(1, Math.min(n / grain, workers.threads() * PIECES_PER_THREAD));
    if (workers.threads() == 1) {
      pieces = 1;
    }
    this.task = task;
    this.n = n;
    step = (n - 1) / pieces + 1; // rounded up; n + pieces - 1 could overflow
    try {
      workers.run((n - 1) / step + 1, this);
    } finally {
      this.task = NOTHING;
    }
  }

  @Override
  public void run(int part, int participant) {
    int from = part * step;
    task.run(from, from + Math.min(step, n - from), participant);
  }
}
