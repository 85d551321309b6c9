// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * 8 places side by side x 2 vectors of filters: the tile of a first layer. Its patches are so short that copying them
 * takes two fifths of the time; here they are read where they lie, three floats apart, a literal. A pass takes a pixel, three
 * steps of k, whose address is computed once.
 */
final class VectorColorTile {
  private static final VectorSpecies<Float> S = Species.FLOATS;
  private static final int L = S.length();
  private static final int NR = 2 * L;
  private static final int STEP = GemmKernel.COLORS;

  private VectorColorTile() {}

  /** {@link GemmKernel#colorTile} for two vectors of columns. */
  static void whole(
      int k,
      float[] a,
      int aAt,
      int[] steps,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cStride) {
    FloatVector c0l = FloatVector.fromArray(S, start, startAt);
    FloatVector c0r = FloatVector.fromArray(S, start, startAt + L);
    FloatVector c1l = FloatVector.fromArray(S, start, startAt);
    FloatVector c1r = FloatVector.fromArray(S, start, startAt + L);
    FloatVector c2l = FloatVector.fromArray(S, start, startAt);
    FloatVector c2r = FloatVector.fromArray(S, start, startAt + L);
    FloatVector c3l = FloatVector.fromArray(S, start, startAt);
    FloatVector c3r = FloatVector.fromArray(S, start, startAt + L);
    FloatVector c4l = FloatVector.fromArray(S, start, startAt);
    FloatVector c4r = FloatVector.fromArray(S, start, startAt + L);
    FloatVector c5l = FloatVector.fromArray(S, start, startAt);
    FloatVector c5r = FloatVector.fromArray(S, start, startAt + L);
    FloatVector c6l = FloatVector.fromArray(S, start, startAt);
    FloatVector c6r = FloatVector.fromArray(S, start, startAt + L);
    FloatVector c7l = FloatVector.fromArray(S, start, startAt);
    FloatVector c7r = FloatVector.fromArray(S, start, startAt + L);
    int bo = bAt;
    for (int q = 0; q < k; q += STEP) {
      int p = aAt + steps[q];
      FloatVector b0 = FloatVector.fromArray(S, b, bo);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + L);
      FloatVector x = FloatVector.broadcast(S, a[p]);
      c0l = x.fma(b0, c0l);
      c0r = x.fma(b1, c0r);
      x = FloatVector.broadcast(S, a[p + STEP]);
      c1l = x.fma(b0, c1l);
      c1r = x.fma(b1, c1r);
      x = FloatVector.broadcast(S, a[p + 2 * STEP]);
      c2l = x.fma(b0, c2l);
      c2r = x.fma(b1, c2r);
      x = FloatVector.broadcast(S, a[p + 3 * STEP]);
      c3l = x.fma(b0, c3l);
      c3r = x.fma(b1, c3r);
      x = FloatVector.broadcast(S, a[p + 4 * STEP]);
      c4l = x.fma(b0, c4l);
      c4r = x.fma(b1, c4r);
      x = FloatVector.broadcast(S, a[p + 5 * STEP]);
      c5l = x.fma(b0, c5l);
      c5r = x.fma(b1, c5r);
      x = FloatVector.broadcast(S, a[p + 6 * STEP]);
      c6l = x.fma(b0, c6l);
      c6r = x.fma(b1, c6r);
      x = FloatVector.broadcast(S, a[p + 7 * STEP]);
      c7l = x.fma(b0, c7l);
      c7r = x.fma(b1, c7r);
      b0 = FloatVector.fromArray(S, b, bo + NR);
      b1 = FloatVector.fromArray(S, b, bo + NR + L);
      x = FloatVector.broadcast(S, a[p + 1]);
      c0l = x.fma(b0, c0l);
      c0r = x.fma(b1, c0r);
      x = FloatVector.broadcast(S, a[p + STEP + 1]);
      c1l = x.fma(b0, c1l);
      c1r = x.fma(b1, c1r);
      x = FloatVector.broadcast(S, a[p + 2 * STEP + 1]);
      c2l = x.fma(b0, c2l);
      c2r = x.fma(b1, c2r);
      x = FloatVector.broadcast(S, a[p + 3 * STEP + 1]);
      c3l = x.fma(b0, c3l);
      c3r = x.fma(b1, c3r);
      x = FloatVector.broadcast(S, a[p + 4 * STEP + 1]);
      c4l = x.fma(b0, c4l);
      c4r = x.fma(b1, c4r);
      x = FloatVector.broadcast(S, a[p + 5 * STEP + 1]);
      c5l = x.fma(b0, c5l);
      c5r = x.fma(b1, c5r);
      x = FloatVector.broadcast(S, a[p + 6 * STEP + 1]);
      c6l = x.fma(b0, c6l);
      c6r = x.fma(b1, c6r);
      x = FloatVector.broadcast(S, a[p + 7 * STEP + 1]);
      c7l = x.fma(b0, c7l);
      c7r = x.fma(b1, c7r);
      b0 = FloatVector.fromArray(S, b, bo + 2 * NR);
      b1 = FloatVector.fromArray(S, b, bo + 2 * NR + L);
      x = FloatVector.broadcast(S, a[p + 2]);
      c0l = x.fma(b0, c0l);
      c0r = x.fma(b1, c0r);
      x = FloatVector.broadcast(S, a[p + STEP + 2]);
      c1l = x.fma(b0, c1l);
      c1r = x.fma(b1, c1r);
      x = FloatVector.broadcast(S, a[p + 2 * STEP + 2]);
      c2l = x.fma(b0, c2l);
      c2r = x.fma(b1, c2r);
      x = FloatVector.broadcast(S, a[p + 3 * STEP + 2]);
      c3l = x.fma(b0, c3l);
      c3r = x.fma(b1, c3r);
      x = FloatVector.broadcast(S, a[p + 4 * STEP + 2]);
      c4l = x.fma(b0, c4l);
      c4r = x.fma(b1, c4r);
      x = FloatVector.broadcast(S, a[p + 5 * STEP + 2]);
      c5l = x.fma(b0, c5l);
      c5r = x.fma(b1, c5r);
      x = FloatVector.broadcast(S, a[p + 6 * STEP + 2]);
      c6l = x.fma(b0, c6l);
      c6r = x.fma(b1, c6r);
      x = FloatVector.broadcast(S, a[p + 7 * STEP + 2]);
      c7l = x.fma(b0, c7l);
      c7r = x.fma(b1, c7r);
      bo += STEP * NR;
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
