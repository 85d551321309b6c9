// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of 14 x 2 vectors, and of 8 x 2 and 4 x 2 where fewer rows remain, on a packed panel of A.
 *
 * <p>Tiles are counted in vectors, so the same source serves every width: lanes run along the
 * columns of C and never meet, hence the width cannot show in a result. Every load, fma and store
 * stands in the tile's own body, and its accumulators are named locals: a method that takes or
 * returns a vector, or an array of vectors, makes the JIT compiler box them.
 *
 * <p>28 accumulators, two vectors of B and one broadcast of A fill 31 of the 32 registers of
 * AVX-512 and of NEON.
 */
final class VectorPackedTile {
  private static final VectorSpecies<Float> S = Species.FLOATS;
  private static final int L = S.length();

  /** Rows of the highest tile, and floats from one step of k to the next in a panel of A. */
  static final int MR = 14;

  private static final int MIDDLE = 8;

  private VectorPackedTile() {}

  /** C = S + A B with 14, 12, 8 or 4 rows: {@link GemmKernel#tile} of full width. */
  static void whole(
      int rows,
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bStep,
      float[] start,
      int startAt,
      int startStride,
      float[] c,
      int cAt,
      int cStride) {
    if (rows == MR) {
      high(k, a, aAt, b, bAt, bStep, start, startAt, startStride, c, cAt, cStride);
      return;
    }
    int i = 0;
    if (rows >= MIDDLE) {
      middle(k, a, aAt, b, bAt, bStep, start, startAt, startStride, c, cAt, cStride);
      i = MIDDLE;
    }
    if (i < rows) {
      low(
          k,
          a,
          aAt + i,
          b,
          bAt,
          bStep,
          start,
          startAt + i * startStride,
          startStride,
          c,
          cAt + i * cStride,
          cStride);
    }
  }

  /** 14 rows x 2 vectors. */
  private static void high(
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bStep,
      float[] start,
      int startAt,
      int startStride,
      float[] c,
      int cAt,
      int cStride) {
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
    s += startStride;
    FloatVector c8l = FloatVector.fromArray(S, start, s);
    FloatVector c8r = FloatVector.fromArray(S, start, s + L);
    s += startStride;
    FloatVector c9l = FloatVector.fromArray(S, start, s);
    FloatVector c9r = FloatVector.fromArray(S, start, s + L);
    s += startStride;
    FloatVector c10l = FloatVector.fromArray(S, start, s);
    FloatVector c10r = FloatVector.fromArray(S, start, s + L);
    s += startStride;
    FloatVector c11l = FloatVector.fromArray(S, start, s);
    FloatVector c11r = FloatVector.fromArray(S, start, s + L);
    s += startStride;
    FloatVector c12l = FloatVector.fromArray(S, start, s);
    FloatVector c12r = FloatVector.fromArray(S, start, s + L);
    s += startStride;
    FloatVector c13l = FloatVector.fromArray(S, start, s);
    FloatVector c13r = FloatVector.fromArray(S, start, s + L);
    int bo = bAt;
    for (int ao = aAt; ao < aAt + k * MR; ao += MR) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + L);
      FloatVector x = FloatVector.broadcast(S, a[ao]);
      c0l = x.fma(b0, c0l);
      c0r = x.fma(b1, c0r);
      x = FloatVector.broadcast(S, a[ao + 1]);
      c1l = x.fma(b0, c1l);
      c1r = x.fma(b1, c1r);
      x = FloatVector.broadcast(S, a[ao + 2]);
      c2l = x.fma(b0, c2l);
      c2r = x.fma(b1, c2r);
      x = FloatVector.broadcast(S, a[ao + 3]);
      c3l = x.fma(b0, c3l);
      c3r = x.fma(b1, c3r);
      x = FloatVector.broadcast(S, a[ao + 4]);
      c4l = x.fma(b0, c4l);
      c4r = x.fma(b1, c4r);
      x = FloatVector.broadcast(S, a[ao + 5]);
      c5l = x.fma(b0, c5l);
      c5r = x.fma(b1, c5r);
      x = FloatVector.broadcast(S, a[ao + 6]);
      c6l = x.fma(b0, c6l);
      c6r = x.fma(b1, c6r);
      x = FloatVector.broadcast(S, a[ao + 7]);
      c7l = x.fma(b0, c7l);
      c7r = x.fma(b1, c7r);
      x = FloatVector.broadcast(S, a[ao + 8]);
      c8l = x.fma(b0, c8l);
      c8r = x.fma(b1, c8r);
      x = FloatVector.broadcast(S, a[ao + 9]);
      c9l = x.fma(b0, c9l);
      c9r = x.fma(b1, c9r);
      x = FloatVector.broadcast(S, a[ao + 10]);
      c10l = x.fma(b0, c10l);
      c10r = x.fma(b1, c10r);
      x = FloatVector.broadcast(S, a[ao + 11]);
      c11l = x.fma(b0, c11l);
      c11r = x.fma(b1, c11r);
      x = FloatVector.broadcast(S, a[ao + 12]);
      c12l = x.fma(b0, c12l);
      c12r = x.fma(b1, c12r);
      x = FloatVector.broadcast(S, a[ao + 13]);
      c13l = x.fma(b0, c13l);
      c13r = x.fma(b1, c13r);
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
    t += cStride;
    c8l.intoArray(c, t);
    c8r.intoArray(c, t + L);
    t += cStride;
    c9l.intoArray(c, t);
    c9r.intoArray(c, t + L);
    t += cStride;
    c10l.intoArray(c, t);
    c10r.intoArray(c, t + L);
    t += cStride;
    c11l.intoArray(c, t);
    c11r.intoArray(c, t + L);
    t += cStride;
    c12l.intoArray(c, t);
    c12r.intoArray(c, t + L);
    t += cStride;
    c13l.intoArray(c, t);
    c13r.intoArray(c, t + L);
  }

  /** 8 rows x 2 vectors. */
  private static void middle(
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bStep,
      float[] start,
      int startAt,
      int startStride,
      float[] c,
      int cAt,
      int cStride) {
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
    for (int ao = aAt; ao < aAt + k * MR; ao += MR) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + L);
      FloatVector x = FloatVector.broadcast(S, a[ao]);
      c0l = x.fma(b0, c0l);
      c0r = x.fma(b1, c0r);
      x = FloatVector.broadcast(S, a[ao + 1]);
      c1l = x.fma(b0, c1l);
      c1r = x.fma(b1, c1r);
      x = FloatVector.broadcast(S, a[ao + 2]);
      c2l = x.fma(b0, c2l);
      c2r = x.fma(b1, c2r);
      x = FloatVector.broadcast(S, a[ao + 3]);
      c3l = x.fma(b0, c3l);
      c3r = x.fma(b1, c3r);
      x = FloatVector.broadcast(S, a[ao + 4]);
      c4l = x.fma(b0, c4l);
      c4r = x.fma(b1, c4r);
      x = FloatVector.broadcast(S, a[ao + 5]);
      c5l = x.fma(b0, c5l);
      c5r = x.fma(b1, c5r);
      x = FloatVector.broadcast(S, a[ao + 6]);
      c6l = x.fma(b0, c6l);
      c6r = x.fma(b1, c6r);
      x = FloatVector.broadcast(S, a[ao + 7]);
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

  /** 4 rows x 2 vectors, one step of k a pass. */
  private static void low(
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bStep,
      float[] start,
      int startAt,
      int startStride,
      float[] c,
      int cAt,
      int cStride) {
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
    int bo = bAt;
    for (int ao = aAt; ao < aAt + k * MR; ao += MR) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + L);
      FloatVector x = FloatVector.broadcast(S, a[ao]);
      c0l = x.fma(b0, c0l);
      c0r = x.fma(b1, c0r);
      x = FloatVector.broadcast(S, a[ao + 1]);
      c1l = x.fma(b0, c1l);
      c1r = x.fma(b1, c1r);
      x = FloatVector.broadcast(S, a[ao + 2]);
      c2l = x.fma(b0, c2l);
      c2r = x.fma(b1, c2r);
      x = FloatVector.broadcast(S, a[ao + 3]);
      c3l = x.fma(b0, c3l);
      c3r = x.fma(b1, c3r);
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
  }
}
