// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * 16 chains of vectors: an fma takes four or five cycles, and a core begins two in each, or four on some
 * AArch64, so that 16 keep it busy. Their form is that of a product's tile, {@code acc = x.fma(y, acc)},
 * and they are named locals as there: {@link VectorPackedTile} says why.
 */
final class VectorPeakKernel implements PeakKernel {
  private static final VectorSpecies<Float> S = Species.FLOATS;
  private static final int L = S.length();
  private static final int VECTORS = 16;

  @Override
  public int chains() {
    return VECTORS * L;
  }

  @Override
  public void run(int passes, float x, float y, float[] acc) {
    FloatVector xs = FloatVector.broadcast(S, x);
    FloatVector ys = FloatVector.broadcast(S, y);
    FloatVector c0 = FloatVector.fromArray(S, acc, 0);
    FloatVector c1 = FloatVector.fromArray(S, acc, L);
    FloatVector c2 = FloatVector.fromArray(S, acc, 2 * L);
    FloatVector c3 = FloatVector.fromArray(S, acc, 3 * L);
    FloatVector c4 = FloatVector.fromArray(S, acc, 4 * L);
    FloatVector c5 = FloatVector.fromArray(S, acc, 5 * L);
    FloatVector c6 = FloatVector.fromArray(S, acc, 6 * L);
    FloatVector c7 = FloatVector.fromArray(S, acc, 7 * L);
    FloatVector c8 = FloatVector.fromArray(S, acc, 8 * L);
    FloatVector c9 = FloatVector.fromArray(S, acc, 9 * L);
    FloatVector c10 = FloatVector.fromArray(S, acc, 10 * L);
    FloatVector c11 = FloatVector.fromArray(S, acc, 11 * L);
    FloatVector c12 = FloatVector.fromArray(S, acc, 12 * L);
    FloatVector c13 = FloatVector.fromArray(S, acc, 13 * L);
    FloatVector c14 = FloatVector.fromArray(S, acc, 14 * L);
    FloatVector c15 = FloatVector.fromArray(S, acc, 15 * L);
    for (int p = 0; p < passes; p++) {
      c0 = xs.fma(ys, c0);
      c1 = xs.fma(ys, c1);
      c2 = xs.fma(ys, c2);
      c3 = xs.fma(ys, c3);
      c4 = xs.fma(ys, c4);
      c5 = xs.fma(ys, c5);
      c6 = xs.fma(ys, c6);
      c7 = xs.fma(ys, c7);
      c8 = xs.fma(ys, c8);
      c9 = xs.fma(ys, c9);
      c10 = xs.fma(ys, c10);
      c11 = xs.fma(ys, c11);
      c12 = xs.fma(ys, c12);
      c13 = xs.fma(ys, c13);
      c14 = xs.fma(ys, c14);
      c15 = xs.fma(ys, c15);
    }
    c0.intoArray(acc, 0);
    c1.intoArray(acc, L);
    c2.intoArray(acc, 2 * L);
    c3.intoArray(acc, 3 * L);
    c4.intoArray(acc, 4 * L);
    c5.intoArray(acc, 5 * L);
    c6.intoArray(acc, 6 * L);
    c7.intoArray(acc, 7 * L);
    c8.intoArray(acc, 8 * L);
    c9.intoArray(acc, 9 * L);
    c10.intoArray(acc, 10 * L);
    c11.intoArray(acc, 11 * L);
    c12.intoArray(acc, 12 * L);
    c13.intoArray(acc, 13 * L);
    c14.intoArray(acc, 14 * L);
    c15.intoArray(acc, 15 * L);
  }
}
