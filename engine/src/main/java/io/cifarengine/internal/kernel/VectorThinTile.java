// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of 8 rows for few columns of C, which read A where it lies in rows: for so few columns a copy
 * of A would cost as much as the product. Eight rows, since each has an address of its own, and a CPU
 * has sixteen registers for those.
 */
final class VectorThinTile {
  private static final VectorSpecies<Float> S = Species.FLOATS;
  private static final int L = S.length();
  private static final int NR = 2 * L;

  private VectorThinTile() {}

  /**
   * 8 rows x 1 vector, C += A B; row i of C begins at {@code cAt + i * NR}. Rows of A behind the last one are the
   * last one again.
   */
  static void narrow(
      int last,
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStep,
      float[] c,
      int cAt) {
    int a0 = aAt;
    int a1 = aAt + Math.min(1, last) * aStride;
    int a2 = aAt + Math.min(2, last) * aStride;
    int a3 = aAt + Math.min(3, last) * aStride;
    int a4 = aAt + Math.min(4, last) * aStride;
    int a5 = aAt + Math.min(5, last) * aStride;
    int a6 = aAt + Math.min(6, last) * aStride;
    int a7 = aAt + Math.min(7, last) * aStride;
    FloatVector c0 = FloatVector.fromArray(S, c, cAt);
    FloatVector c1 = FloatVector.fromArray(S, c, cAt + NR);
    FloatVector c2 = FloatVector.fromArray(S, c, cAt + 2 * NR);
    FloatVector c3 = FloatVector.fromArray(S, c, cAt + 3 * NR);
    FloatVector c4 = FloatVector.fromArray(S, c, cAt + 4 * NR);
    FloatVector c5 = FloatVector.fromArray(S, c, cAt + 5 * NR);
    FloatVector c6 = FloatVector.fromArray(S, c, cAt + 6 * NR);
    FloatVector c7 = FloatVector.fromArray(S, c, cAt + 7 * NR);
    int bo = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector bp = FloatVector.fromArray(S, b, bo);
      c0 = FloatVector.broadcast(S, a[a0 + p]).fma(bp, c0);
      c1 = FloatVector.broadcast(S, a[a1 + p]).fma(bp, c1);
      c2 = FloatVector.broadcast(S, a[a2 + p]).fma(bp, c2);
      c3 = FloatVector.broadcast(S, a[a3 + p]).fma(bp, c3);
      c4 = FloatVector.broadcast(S, a[a4 + p]).fma(bp, c4);
      c5 = FloatVector.broadcast(S, a[a5 + p]).fma(bp, c5);
      c6 = FloatVector.broadcast(S, a[a6 + p]).fma(bp, c6);
      c7 = FloatVector.broadcast(S, a[a7 + p]).fma(bp, c7);
      bo += bStep;
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + NR);
    c2.intoArray(c, cAt + 2 * NR);
    c3.intoArray(c, cAt + 3 * NR);
    c4.intoArray(c, cAt + 4 * NR);
    c5.intoArray(c, cAt + 5 * NR);
    c6.intoArray(c, cAt + 6 * NR);
    c7.intoArray(c, cAt + 7 * NR);
  }

  /** 8 rows x 2 vectors, C = S + A B. */
  static void wide(
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStep,
      float[] start,
      int startAt,
      int startStride,
      float[] c,
      int cAt,
      int cStride) {
    int a0 = aAt;
    int a1 = aAt + aStride;
    int a2 = aAt + 2 * aStride;
    int a3 = aAt + 3 * aStride;
    int a4 = aAt + 4 * aStride;
    int a5 = aAt + 5 * aStride;
    int a6 = aAt + 6 * aStride;
    int a7 = aAt + 7 * aStride;
    int s = startAt;
    FloatVector c0l = FloatVector.fromArray(S, start, s);
    FloatVector c0r = FloatVector.fromArray(S, start, s + L);
    s += startStride;
    FloatVector c1l = FloatVector.fromArray(S, start, s);
    FloatVector c1r = FloatVector.fromArray(S, start, s + L);
    s += startStride;
    FloatVector c2l = FloatVector.fromArray(S, start, s);
    FloatVector c2r = FloatVector.fromArray(S, start, s + L);
    s += startStride;
    FloatVector c3l = FloatVector.fromArray(S, start, s);
    FloatVector c3r = FloatVector.fromArray(S, start, s + L);
    s += startStride;
    FloatVector c4l = FloatVector.fromArray(S, start, s);
    FloatVector c4r = FloatVector.fromArray(S, start, s + L);
    s += startStride;
    FloatVector c5l = FloatVector.fromArray(S, start, s);
    FloatVector c5r = FloatVector.fromArray(S, start, s + L);
    s += startStride;
    FloatVector c6l = FloatVector.fromArray(S, start, s);
    FloatVector c6r = FloatVector.fromArray(S, start, s + L);
    s += startStride;
    FloatVector c7l = FloatVector.fromArray(S, start, s);
    FloatVector c7r = FloatVector.fromArray(S, start, s + L);
    int bo = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + L);
      FloatVector x = FloatVector.broadcast(S, a[a0 + p]);
      c0l = x.fma(b0, c0l);
      c0r = x.fma(b1, c0r);
      x = FloatVector.broadcast(S, a[a1 + p]);
      c1l = x.fma(b0, c1l);
      c1r = x.fma(b1, c1r);
      x = FloatVector.broadcast(S, a[a2 + p]);
      c2l = x.fma(b0, c2l);
      c2r = x.fma(b1, c2r);
      x = FloatVector.broadcast(S, a[a3 + p]);
      c3l = x.fma(b0, c3l);
      c3r = x.fma(b1, c3r);
      x = FloatVector.broadcast(S, a[a4 + p]);
      c4l = x.fma(b0, c4l);
      c4r = x.fma(b1, c4r);
      x = FloatVector.broadcast(S, a[a5 + p]);
      c5l = x.fma(b0, c5l);
      c5r = x.fma(b1, c5r);
      x = FloatVector.broadcast(S, a[a6 + p]);
      c6l = x.fma(b0, c6l);
      c6r = x.fma(b1, c6r);
      x = FloatVector.broadcast(S, a[a7 + p]);
      c7l = x.fma(b0, c7l);
      c7r = x.fma(b1, c7r);
      bo += bStep;
    }
    int t = cAt;
    c0l.intoArray(c, t);
    c0r.intoArray(c, t + L);
    t += cStride;
    c1l.intoArray(c, t);
    c1r.intoArray(c, t + L);
    t += cStride;
    c2l.intoArray(c, t);
    c2r.intoArray(c, t + L);
    t += cStride;
    c3l.intoArray(c, t);
    c3r.intoArray(c, t + L);
    t += cStride;
    c4l.intoArray(c, t);
    c4r.intoArray(c, t + L);
    t += cStride;
    c5l.intoArray(c, t);
    c5r.intoArray(c, t + L);
    t += cStride;
    c6l.intoArray(c, t);
    c6r.intoArray(c, t + L);
    t += cStride;
    c7l.intoArray(c, t);
    c7r.intoArray(c, t + L);
  }
}
