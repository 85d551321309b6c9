// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.tensor.Tensor;

/** One softmax over rows, as a task for the workers. Reused. */
final class SoftmaxCall implements RangeTask {
  /** Elements a range of rows holds at least. */
  private static final int GRAIN = 1024;

  private static final float[] NOTHING = {};

  private final Engine engine;
  private final float[][] lanes;
  private float[] x = NOTHING;
  private float[] y = NOTHING;
  private int classes;

  SoftmaxCall(Engine engine) {
    this.engine = engine;
    lanes = new float[engine.threads()][Lanes.COUNT];
  }

  void run(Tensor x, Tensor y) {
    this.x = x.data();
    this.y = y.data();
    classes = x.shape().dim(1);
    try {
      engine.forRanges(x.shape().dim(0), Math.max(1, GRAIN / Math.max(1, classes)), this);
    } finally { // lets go of the caller's arrays
      this.x = NOTHING;
      this.y = NOTHING;
    }
  }

  @Override
  public void run(int from, int to, int participant) {
    for (int i = from; i < to; i++) {
      subtractMaximum(i * classes);
    }
    int at = from * classes;
    engine.elementwise().exp(y, at, y, at, (to - from) * classes);
    for (int i = from; i < to; i++) {
      divideBySum(i * classes, lanes[participant]);
    }
  }

  private void subtractMaximum(int at) {
    float maximum = Float.NEGATIVE_INFINITY;
    for (int j = at; j < at + classes; j++) {
      maximum = Math.max(maximum, x[j]);
    }
    for (int j = at; j < at + classes; j++) {
      y[j] = x[j] - maximum;
    }
  }

  private void divideBySum(int at, float[] lanes) {
    float sum = Lanes.sum(y, at, classes, lanes);
    for (int j = at; j < at + classes; j++) {
      y[j] /= sum;
    }
  }
}
