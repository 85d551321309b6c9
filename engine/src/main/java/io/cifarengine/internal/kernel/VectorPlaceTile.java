// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * 14 x 2 or 9 x 2 vectors of a weight gradient: the step from one row of A' to the next is read from a table, and C is a
 * tile of its own, so that the JIT compiler folds its addresses into displacements.
 */
final class VectorPlaceTile {
  private static final VectorSpecies<Float> S = Species.FLOATS;
  private static final int L = S.length();
  private static final int NR = 2 * L;

  /** Rows of the lower tile. */
  static final int LOW = 9;

  private VectorPlaceTile() {}

  /** {@link GemmKernel#placeTile} of 14 rows. */
  static void whole(
      int k, float[] a, int aAt, int[] places, float[] b, int bAt, float[] c, int cAt) {
    FloatVector c0l = FloatVector.fromArray(S, c, cAt);
    FloatVector c0r = FloatVector.fromArray(S, c, cAt + L);
    FloatVector c1l = FloatVector.fromArray(S, c, cAt + NR);
    FloatVector c1r = FloatVector.fromArray(S, c, cAt + NR + L);
    FloatVector c2l = FloatVector.fromArray(S, c, cAt + 2 * NR);
    FloatVector c2r = FloatVector.fromArray(S, c, cAt + 2 * NR + L);
    FloatVector c3l = FloatVector.fromArray(S, c, cAt + 3 * NR);
    FloatVector c3r = FloatVector.fromArray(S, c, cAt + 3 * NR + L);
    FloatVector c4l = FloatVector.fromArray(S, c, cAt + 4 * NR);
    FloatVector c4r = FloatVector.fromArray(S, c, cAt + 4 * NR + L);
    FloatVector c5l = FloatVector.fromArray(S, c, cAt + 5 * NR);
    FloatVector c5r = FloatVector.fromArray(S, c, cAt + 5 * NR + L);
    FloatVector c6l = FloatVector.fromArray(S, c, cAt + 6 * NR);
    FloatVector c6r = FloatVector.fromArray(S, c, cAt + 6 * NR + L);
    FloatVector c7l = FloatVector.fromArray(S, c, cAt + 7 * NR);
    FloatVector c7r = FloatVector.fromArray(S, c, cAt + 7 * NR + L);
    FloatVector c8l = FloatVector.fromArray(S, c, cAt + 8 * NR);
    FloatVector c8r = FloatVector.fromArray(S, c, cAt + 8 * NR + L);
    FloatVector c9l = FloatVector.fromArray(S, c, cAt + 9 * NR);
    FloatVector c9r = FloatVector.fromArray(S, c, cAt + 9 * NR + L);
    FloatVector c10l = FloatVector.fromArray(S, c, cAt + 10 * NR);
    FloatVector c10r = FloatVector.fromArray(S, c, cAt + 10 * NR + L);
    FloatVector c11l = FloatVector.fromArray(S, c, cAt + 11 * NR);
    FloatVector c11r = FloatVector.fromArray(S, c, cAt + 11 * NR + L);
    FloatVector c12l = FloatVector.fromArray(S, c, cAt + 12 * NR);
    FloatVector c12r = FloatVector.fromArray(S, c, cAt + 12 * NR + L);
    FloatVector c13l = FloatVector.fromArray(S, c, cAt + 13 * NR);
    FloatVector c13r = FloatVector.fromArray(S, c, cAt + 13 * NR + L);
    int bo = bAt;
    for (int q = 0; q < k; q++) {
      int p = aAt + places[q];
      FloatVector b0 = FloatVector.fromArray(S, b, bo);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + L);
      FloatVector x = FloatVector.broadcast(S, a[p]);
      c0l = x.fma(b0, c0l);
      c0r = x.fma(b1, c0r);
      x = FloatVector.broadcast(S, a[p + 1]);
      c1l = x.fma(b0, c1l);
      c1r = x.fma(b1, c1r);
      x = FloatVector.broadcast(S, a[p + 2]);
      c2l = x.fma(b0, c2l);
      c2r = x.fma(b1, c2r);
      x = FloatVector.broadcast(S, a[p + 3]);
      c3l = x.fma(b0, c3l);
      c3r = x.fma(b1, c3r);
      x = FloatVector.broadcast(S, a[p + 4]);
      c4l = x.fma(b0, c4l);
      c4r = x.fma(b1, c4r);
      x = FloatVector.broadcast(S, a[p + 5]);
      c5l = x.fma(b0, c5l);
      c5r = x.fma(b1, c5r);
      x = FloatVector.broadcast(S, a[p + 6]);
      c6l = x.fma(b0, c6l);
      c6r = x.fma(b1, c6r);
      x = FloatVector.broadcast(S, a[p + 7]);
      c7l = x.fma(b0, c7l);
      c7r = x.fma(b1, c7r);
      x = FloatVector.broadcast(S, a[p + 8]);
      c8l = x.fma(b0, c8l);
      c8r = x.fma(b1, c8r);
      x = FloatVector.broadcast(S, a[p + 9]);
      c9l = x.fma(b0, c9l);
      c9r = x.fma(b1, c9r);
      x = FloatVector.broadcast(S, a[p + 10]);
      c10l = x.fma(b0, c10l);
      c10r = x.fma(b1, c10r);
      x = FloatVector.broadcast(S, a[p + 11]);
      c11l = x.fma(b0, c11l);
      c11r = x.fma(b1, c11r);
      x = FloatVector.broadcast(S, a[p + 12]);
      c12l = x.fma(b0, c12l);
      c12r = x.fma(b1, c12r);
      x = FloatVector.broadcast(S, a[p + 13]);
      c13l = x.fma(b0, c13l);
      c13r = x.fma(b1, c13r);
      bo += NR;
    }
    c0l.intoArray(c, cAt);
    c0r.intoArray(c, cAt + L);
    c1l.intoArray(c, cAt + NR);
    c1r.intoArray(c, cAt + NR + L);
    c2l.intoArray(c, cAt + 2 * NR);
    c2r.intoArray(c, cAt + 2 * NR + L);
    c3l.intoArray(c, cAt + 3 * NR);
    c3r.intoArray(c, cAt + 3 * NR + L);
    c4l.intoArray(c, cAt + 4 * NR);
    c4r.intoArray(c, cAt + 4 * NR + L);
    c5l.intoArray(c, cAt + 5 * NR);
    c5r.intoArray(c, cAt + 5 * NR + L);
    c6l.intoArray(c, cAt + 6 * NR);
    c6r.intoArray(c, cAt + 6 * NR + L);
    c7l.intoArray(c, cAt + 7 * NR);
    c7r.intoArray(c, cAt + 7 * NR + L);
    c8l.intoArray(c, cAt + 8 * NR);
    c8r.intoArray(c, cAt + 8 * NR + L);
    c9l.intoArray(c, cAt + 9 * NR);
    c9r.intoArray(c, cAt + 9 * NR + L);
    c10l.intoArray(c, cAt + 10 * NR);
    c10r.intoArray(c, cAt + 10 * NR + L);
    c11l.intoArray(c, cAt + 11 * NR);
    c11r.intoArray(c, cAt + 11 * NR + L);
    c12l.intoArray(c, cAt + 12 * NR);
    c12r.intoArray(c, cAt + 12 * NR + L);
    c13l.intoArray(c, cAt + 13 * NR);
    c13r.intoArray(c, cAt + 13 * NR + L);
  }

  /** {@link GemmKernel#placeTile} of {@link #LOW} rows: of a row of 3 x 3 pixels of three colors, or of what 14s leave of 64. */
  static void low(int k, float[] a, int aAt, int[] places, float[] b, int bAt, float[] c, int cAt) {
    FloatVector c0l = FloatVector.fromArray(S, c, cAt);
    FloatVector c0r = FloatVector.fromArray(S, c, cAt + L);
    FloatVector c1l = FloatVector.fromArray(S, c, cAt + NR);
    FloatVector c1r = FloatVector.fromArray(S, c, cAt + NR + L);
    FloatVector c2l = FloatVector.fromArray(S, c, cAt + 2 * NR);
    FloatVector c2r = FloatVector.fromArray(S, c, cAt + 2 * NR + L);
    FloatVector c3l = FloatVector.fromArray(S, c, cAt + 3 * NR);
    FloatVector c3r = FloatVector.fromArray(S, c, cAt + 3 * NR + L);
    FloatVector c4l = FloatVector.fromArray(S, c, cAt + 4 * NR);
    FloatVector c4r = FloatVector.fromArray(S, c, cAt + 4 * NR + L);
    FloatVector c5l = FloatVector.fromArray(S, c, cAt + 5 * NR);
    FloatVector c5r = FloatVector.fromArray(S, c, cAt + 5 * NR + L);
    FloatVector c6l = FloatVector.fromArray(S, c, cAt + 6 * NR);
    FloatVector c6r = FloatVector.fromArray(S, c, cAt + 6 * NR + L);
    FloatVector c7l = FloatVector.fromArray(S, c, cAt + 7 * NR);
    FloatVector c7r = FloatVector.fromArray(S, c, cAt + 7 * NR + L);
    FloatVector c8l = FloatVector.fromArray(S, c, cAt + 8 * NR);
    FloatVector c8r = FloatVector.fromArray(S, c, cAt + 8 * NR + L);
    int bo = bAt;
    for (int q = 0; q < k; q++) {
      int p = aAt + places[q];
      FloatVector b0 = FloatVector.fromArray(S, b, bo);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + L);
      FloatVector x = FloatVector.broadcast(S, a[p]);
      c0l = x.fma(b0, c0l);
      c0r = x.fma(b1, c0r);
      x = FloatVector.broadcast(S, a[p + 1]);
      c1l = x.fma(b0, c1l);
      c1r = x.fma(b1, c1r);
      x = FloatVector.broadcast(S, a[p + 2]);
      c2l = x.fma(b0, c2l);
      c2r = x.fma(b1, c2r);
      x = FloatVector.broadcast(S, a[p + 3]);
      c3l = x.fma(b0, c3l);
      c3r = x.fma(b1, c3r);
      x = FloatVector.broadcast(S, a[p + 4]);
      c4l = x.fma(b0, c4l);
      c4r = x.fma(b1, c4r);
      x = FloatVector.broadcast(S, a[p + 5]);
      c5l = x.fma(b0, c5l);
      c5r = x.fma(b1, c5r);
      x = FloatVector.broadcast(S, a[p + 6]);
      c6l = x.fma(b0, c6l);
      c6r = x.fma(b1, c6r);
      x = FloatVector.broadcast(S, a[p + 7]);
      c7l = x.fma(b0, c7l);
      c7r = x.fma(b1, c7r);
      x = FloatVector.broadcast(S, a[p + 8]);
      c8l = x.fma(b0, c8l);
      c8r = x.fma(b1, c8r);
      bo += NR;
    }
    c0l.intoArray(c, cAt);
    c0r.intoArray(c, cAt + L);
    c1l.intoArray(c, cAt + NR);
    c1r.intoArray(c, cAt + NR + L);
    c2l.intoArray(c, cAt + 2 * NR);
    c2r.intoArray(c, cAt + 2 * NR + L);
    c3l.intoArray(c, cAt + 3 * NR);
    c3r.intoArray(c, cAt + 3 * NR + L);
    c4l.intoArray(c, cAt + 4 * NR);
    c4r.intoArray(c, cAt + 4 * NR + L);
    c5l.intoArray(c, cAt + 5 * NR);
    c5r.intoArray(c, cAt + 5 * NR + L);
    c6l.intoArray(c, cAt + 6 * NR);
    c6r.intoArray(c, cAt + 6 * NR + L);
    c7l.intoArray(c, cAt + 7 * NR);
    c7r.intoArray(c, cAt + 7 * NR + L);
    c8l.intoArray(c, cAt + 8 * NR);
    c8r.intoArray(c, cAt + 8 * NR + L);
  }
}
