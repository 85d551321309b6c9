// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.tensor.Tensor;

/** Whether all elements are finite, as a task for the workers. Reused. */
final class FiniteCall implements RangeTask {
  /** Elements a range holds at least: about a microsecond of work. */
  private static final int GRAIN = 4096;

  private static final float[] NOTHING = {};

  private final Engine engine;
  private float[] x = NOTHING;

  /** Only ever set to false by a range, so it does not matter which one is last. */
  private volatile boolean finite;

  FiniteCall(Engine engine) {
    this.engine = engine;
  }

  boolean run(Tensor x) {
    this.x = x.data();
    finite = true;
    try {
      engine.forRanges(x.size(), GRAIN, this);
    } finally { // lets go of the caller's array
      this.x = NOTHING;
    }
    return finite;
  }

  @Override
  public void run(int from, int to, int participant) {
    if (finite && !engine.elementwise().isFinite(x, from, to - from)) {
      finite = false;
    }
  }
}
