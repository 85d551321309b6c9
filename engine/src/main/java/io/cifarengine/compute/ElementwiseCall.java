// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

/** The operands of one element-wise operation, as a task for the workers. Reused. */
final class ElementwiseCall implements RangeTask {
  /** Elements a range holds at least: below some microseconds of work a second thread costs more. */
  private static final int GRAIN = 4096;

  private static final float[] NOTHING = {};

  private final Engine engine;
  private Elementwise.Kind kind = Elementwise.Kind.EXP;
  float[] p = NOTHING;
  float[] q = NOTHING;
  float[] r = NOTHING;
  float rate;
  float momentum;
  float decay;

  ElementwiseCall(Engine engine) {
    this.engine = engine;
  }

  void run(Elementwise.Kind kind, float[] p, float[] q, float[] r) {
    this.kind = kind;
    this.p = p;
    this.q = q;
    this.r = r;
    try {
      engine.forRanges(p.length, GRAIN, this);
    } finally { // lets go of the caller's arrays
      this.p = NOTHING;
      this.q = NOTHING;
      this.r = NOTHING;
    }
  }

  @Override
  public void run(int from, int to, int participant) {
    kind.run(engine.elementwise(), this, from, to - from);
  }
}
