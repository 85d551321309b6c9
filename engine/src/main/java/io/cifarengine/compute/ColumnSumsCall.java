// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.internal.kernel.ElementwiseKernel;
import io.cifarengine.tensor.Tensor;
import java.util.Arrays;

/** The sums of columns, as a task for the workers: ranges of columns, rows in 16 lanes. Reused. */
final class ColumnSumsCall implements RangeTask {
  /** Columns a range has at least. */
  private static final int GRAIN = 64;

  /** Columns summed at a time: 16 lanes of 256 floats are 16 KiB, half of a small L1. */
  private static final int BLOCK = 256;

  private static final float[] NOTHING = {};

  private final Engine engine;
  private final float[][] lanes;
  private float[] x = NOTHING;
  private float[] s = NOTHING;
  private int rows;
  private int columns;
  private Into into = Into.OVERWRITE;

  ColumnSumsCall(Engine engine) {
    this.engine = engine;
    lanes = new float[engine.threads()][Lanes.COUNT * BLOCK];
  }

  void run(Tensor x, Tensor s, Into into) {
    this.x = x.data();
    this.s = s.data();
    this.into = into;
    rows = x.shape().dim(0);
    columns = x.shape().dim(1);
    try {
      engine.forRanges(columns, GRAIN, this);
    } finally { // lets go of the caller's arrays
      this.x = NOTHING;
      this.s = NOTHING;
    }
  }

  @Override
  public void run(int from, int to, int participant) {
    for (int j = from; j < to; j += BLOCK) {
      sumBlock(j, Math.min(BLOCK, to - j), lanes[participant]);
    }
  }

  private void sumBlock(int j, int width, float[] lanes) {
    ElementwiseKernel kernel = engine.elementwise();
    Arrays.fill(lanes, 0f);
    for (int i = 0; i < rows; i++) {
      kernel.add(x, i * columns + j, lanes, i % Lanes.COUNT * BLOCK, width);
    }
    for (int half = Lanes.COUNT / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        kernel.add(lanes, (l + half) * BLOCK, lanes, l * BLOCK, width);
      }
    }
    if (into == Into.ACCUMULATE) {
      kernel.add(lanes, 0, s, j, width);
    } else {
      System.arraycopy(lanes, 0, s, j, width);
    }
  }
}
