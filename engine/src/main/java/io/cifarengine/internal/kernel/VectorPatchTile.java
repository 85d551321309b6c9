// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * 14 patches x 2 vectors: the tile of convolutions, whose A stands in rows a literal pitch apart, so
 * that the JIT compiler folds fourteen row addresses into displacements of one register.
 */
final class VectorPatchTile {
  private static final VectorSpecies<Float> S = Species.FLOATS;
  private static final int L = S.length();
  private static final int NR = 2 * L;
  private static final int PITCH = GemmKernel.PATCH_PITCH;

  private VectorPatchTile() {}

  /** {@link GemmKernel#patchTile} for all rows and two vectors of columns. */
  static void whole(
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
    for (int p = aAt; p < aAt + k; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + L);
      FloatVector x = FloatVector.broadcast(S, a[p]);
      c0l = x.fma(b0, c0l);
      c0r = x.fma(b1, c0r);
      x = FloatVector.broadcast(S, a[p + PITCH]);
      c1l = x.fma(b0, c1l);
      c1r = x.fma(b1, c1r);
      x = FloatVector.broadcast(S, a[p + 2 * PITCH]);
      c2l = x.fma(b0, c2l);
      c2r = x.fma(b1, c2r);
      x = FloatVector.broadcast(S, a[p + 3 * PITCH]);
      c3l = x.fma(b0, c3l);
      c3r = x.fma(b1, c3r);
      x = FloatVector.broadcast(S, a[p + 4 * PITCH]);
      c4l = x.fma(b0, c4l);
      c4r = x.fma(b1, c4r);
      x = FloatVector.broadcast(S, a[p + 5 * PITCH]);
      c5l = x.fma(b0, c5l);
      c5r = x.fma(b1, c5r);
      x = FloatVector.broadcast(S, a[p + 6 * PITCH]);
      c6l = x.fma(b0, c6l);
      c6r = x.fma(b1, c6r);
      x = FloatVector.broadcast(S, a[p + 7 * PITCH]);
      c7l = x.fma(b0, c7l);
      c7r = x.fma(b1, c7r);
      x = FloatVector.broadcast(S, a[p + 8 * PITCH]);
      c8l = x.fma(b0, c8l);
      c8r = x.fma(b1, c8r);
      x = FloatVector.broadcast(S, a[p + 9 * PITCH]);
      c9l = x.fma(b0, c9l);
      c9r = x.fma(b1, c9r);
      x = FloatVector.broadcast(S, a[p + 10 * PITCH]);
      c10l = x.fma(b0, c10l);
      c10r = x.fma(b1, c10r);
      x = FloatVector.broadcast(S, a[p + 11 * PITCH]);
      c11l = x.fma(b0, c11l);
      c11r = x.fma(b1, c11r);
      x = FloatVector.broadcast(S, a[p + 12 * PITCH]);
      c12l = x.fma(b0, c12l);
      c12r = x.fma(b1, c12r);
      x = FloatVector.broadcast(S, a[p + 13 * PITCH]);
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

  /** {@link GemmKernel#freshTile}. */
  static void fresh(int k, float[] a, int aAt, float[] b, int bAt, int bStep, float[] c, int cAt) {
    FloatVector c0l = FloatVector.zero(S);
    FloatVector c0r = FloatVector.zero(S);
    FloatVector c1l = FloatVector.zero(S);
    FloatVector c1r = FloatVector.zero(S);
    FloatVector c2l = FloatVector.zero(S);
    FloatVector c2r = FloatVector.zero(S);
    FloatVector c3l = FloatVector.zero(S);
    FloatVector c3r = FloatVector.zero(S);
    FloatVector c4l = FloatVector.zero(S);
    FloatVector c4r = FloatVector.zero(S);
    FloatVector c5l = FloatVector.zero(S);
    FloatVector c5r = FloatVector.zero(S);
    FloatVector c6l = FloatVector.zero(S);
    FloatVector c6r = FloatVector.zero(S);
    FloatVector c7l = FloatVector.zero(S);
    FloatVector c7r = FloatVector.zero(S);
    FloatVector c8l = FloatVector.zero(S);
    FloatVector c8r = FloatVector.zero(S);
    FloatVector c9l = FloatVector.zero(S);
    FloatVector c9r = FloatVector.zero(S);
    FloatVector c10l = FloatVector.zero(S);
    FloatVector c10r = FloatVector.zero(S);
    FloatVector c11l = FloatVector.zero(S);
    FloatVector c11r = FloatVector.zero(S);
    FloatVector c12l = FloatVector.zero(S);
    FloatVector c12r = FloatVector.zero(S);
    FloatVector c13l = FloatVector.zero(S);
    FloatVector c13r = FloatVector.zero(S);
    int bo = bAt;
    for (int p = aAt; p < aAt + k; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + L);
      FloatVector x = FloatVector.broadcast(S, a[p]);
      c0l = x.fma(b0, c0l);
      c0r = x.fma(b1, c0r);
      x = FloatVector.broadcast(S, a[p + PITCH]);
      c1l = x.fma(b0, c1l);
      c1r = x.fma(b1, c1r);
      x = FloatVector.broadcast(S, a[p + 2 * PITCH]);
      c2l = x.fma(b0, c2l);
      c2r = x.fma(b1, c2r);
      x = FloatVector.broadcast(S, a[p + 3 * PITCH]);
      c3l = x.fma(b0, c3l);
      c3r = x.fma(b1, c3r);
      x = FloatVector.broadcast(S, a[p + 4 * PITCH]);
      c4l = x.fma(b0, c4l);
      c4r = x.fma(b1, c4r);
      x = FloatVector.broadcast(S, a[p + 5 * PITCH]);
      c5l = x.fma(b0, c5l);
      c5r = x.fma(b1, c5r);
      x = FloatVector.broadcast(S, a[p + 6 * PITCH]);
      c6l = x.fma(b0, c6l);
      c6r = x.fma(b1, c6r);
      x = FloatVector.broadcast(S, a[p + 7 * PITCH]);
      c7l = x.fma(b0, c7l);
      c7r = x.fma(b1, c7r);
      x = FloatVector.broadcast(S, a[p + 8 * PITCH]);
      c8l = x.fma(b0, c8l);
      c8r = x.fma(b1, c8r);
      x = FloatVector.broadcast(S, a[p + 9 * PITCH]);
      c9l = x.fma(b0, c9l);
      c9r = x.fma(b1, c9r);
      x = FloatVector.broadcast(S, a[p + 10 * PITCH]);
      c10l = x.fma(b0, c10l);
      c10r = x.fma(b1, c10r);
      x = FloatVector.broadcast(S, a[p + 11 * PITCH]);
      c11l = x.fma(b0, c11l);
      c11r = x.fma(b1, c11r);
      x = FloatVector.broadcast(S, a[p + 12 * PITCH]);
      c12l = x.fma(b0, c12l);
      c12r = x.fma(b1, c12r);
      x = FloatVector.broadcast(S, a[p + 13 * PITCH]);
      c13l = x.fma(b0, c13l);
      c13r = x.fma(b1, c13r);
      bo += bStep;
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
}
