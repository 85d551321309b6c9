// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.tensor.Tensor;
import java.util.Arrays;

/** A sum of squares, as a task for the workers: ranges of chunks, each chunk in 16 lanes. Reused. */
final class SquaresCall implements RangeTask {
  /** Elements of a chunk: 256 to a lane, and about a microsecond of work, the least worth sharing. */
  private static final int CHUNK = 4096;

  private static final float[] NOTHING = {};

  private final Engine engine;
  private final float[][] lanes;
  private float[] x = NOTHING;

  /** The sum of each chunk; as long as the longest tensor so far needed. */
  private float[] sums = NOTHING;

  SquaresCall(Engine engine) {
    this.engine = engine;
    lanes = new float[engine.threads()][Lanes.COUNT];
  }

  double run(Tensor x) {
    int chunks = (x.size() - 1) / CHUNK + 1; // rounded up; one, empty, where there is nothing
    if (sums.length < chunks) {
      sums = new float[chunks];
    }
    this.x = x.data();
    try {
      engine.forRanges(chunks, 1, this);
    } finally { // lets go of the caller's array
      this.x = NOTHING;
    }
    double total = 0;
    for (int i = 0; i < chunks; i++) {
      total += sums[i];
    }
    return total;
  }

  @Override
  public void run(int from, int to, int participant) {
    float[] own = lanes[participant];
    for (int i = from; i < to; i++) {
      Arrays.fill(own, 0f);
      int at = i * CHUNK;
      engine.elementwise().addSquares(x, at, Math.min(CHUNK, x.length - at), own);
      sums[i] = Lanes.total(own);
    }
  }
}
