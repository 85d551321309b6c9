// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * 14 rows x 1 vector, for the last columns of a product where one vector holds them: 200 columns are six tiles of
 * 32 and these. C is the scratch of edges, whose rows are two vectors apart.
 */
final class VectorNarrowTile {
  private static final VectorSpecies<Float> S = Species.FLOATS;
  private static final int NR = 2 * S.length();
  private static final int MR = 14;
  private static final int PITCH = GemmKernel.PATCH_PITCH;

  private VectorNarrowTile() {}

  /** C += A B, where A is a packed panel: {@code A(i, p) = a[aAt + p * 14 + i]}. */
  static void packed(int k, float[] a, int aAt, float[] b, int bAt, int bStep, float[] c) {
    FloatVector c0 = FloatVector.fromArray(S, c, 0);
    FloatVector c1 = FloatVector.fromArray(S, c, NR);
    FloatVector c2 = FloatVector.fromArray(S, c, 2 * NR);
    FloatVector c3 = FloatVector.fromArray(S, c, 3 * NR);
    FloatVector c4 = FloatVector.fromArray(S, c, 4 * NR);
    FloatVector c5 = FloatVector.fromArray(S, c, 5 * NR);
    FloatVector c6 = FloatVector.fromArray(S, c, 6 * NR);
    FloatVector c7 = FloatVector.fromArray(S, c, 7 * NR);
    FloatVector c8 = FloatVector.fromArray(S, c, 8 * NR);
    FloatVector c9 = FloatVector.fromArray(S, c, 9 * NR);
    FloatVector c10 = FloatVector.fromArray(S, c, 10 * NR);
    FloatVector c11 = FloatVector.fromArray(S, c, 11 * NR);
    FloatVector c12 = FloatVector.fromArray(S, c, 12 * NR);
    FloatVector c13 = FloatVector.fromArray(S, c, 13 * NR);
    int ao = aAt;
    int bo = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector bp = FloatVector.fromArray(S, b, bo);
      c0 = FloatVector.broadcast(S, a[ao]).fma(bp, c0);
      c1 = FloatVector.broadcast(S, a[ao + 1]).fma(bp, c1);
      c2 = FloatVector.broadcast(S, a[ao + 2]).fma(bp, c2);
      c3 = FloatVector.broadcast(S, a[ao + 3]).fma(bp, c3);
      c4 = FloatVector.broadcast(S, a[ao + 4]).fma(bp, c4);
      c5 = FloatVector.broadcast(S, a[ao + 5]).fma(bp, c5);
      c6 = FloatVector.broadcast(S, a[ao + 6]).fma(bp, c6);
      c7 = FloatVector.broadcast(S, a[ao + 7]).fma(bp, c7);
      c8 = FloatVector.broadcast(S, a[ao + 8]).fma(bp, c8);
      c9 = FloatVector.broadcast(S, a[ao + 9]).fma(bp, c9);
      c10 = FloatVector.broadcast(S, a[ao + 10]).fma(bp, c10);
      c11 = FloatVector.broadcast(S, a[ao + 11]).fma(bp, c11);
      c12 = FloatVector.broadcast(S, a[ao + 12]).fma(bp, c12);
      c13 = FloatVector.broadcast(S, a[ao + 13]).fma(bp, c13);
      ao += MR;
      bo += bStep;
    }
    c0.intoArray(c, 0);
    c1.intoArray(c, NR);
    c2.intoArray(c, 2 * NR);
    c3.intoArray(c, 3 * NR);
    c4.intoArray(c, 4 * NR);
    c5.intoArray(c, 5 * NR);
    c6.intoArray(c, 6 * NR);
    c7.intoArray(c, 7 * NR);
    c8.intoArray(c, 8 * NR);
    c9.intoArray(c, 9 * NR);
    c10.intoArray(c, 10 * NR);
    c11.intoArray(c, 11 * NR);
    c12.intoArray(c, 12 * NR);
    c13.intoArray(c, 13 * NR);
  }

  /** C += A B, where the rows of A are a literal pitch apart: {@code A(i, p) = a[aAt + i * PITCH + p]}. */
  static void patches(int k, float[] a, int aAt, float[] b, int bAt, int bStep, float[] c) {
    FloatVector c0 = FloatVector.fromArray(S, c, 0);
    FloatVector c1 = FloatVector.fromArray(S, c, NR);
    FloatVector c2 = FloatVector.fromArray(S, c, 2 * NR);
    FloatVector c3 = FloatVector.fromArray(S, c, 3 * NR);
    FloatVector c4 = FloatVector.fromArray(S, c, 4 * NR);
    FloatVector c5 = FloatVector.fromArray(S, c, 5 * NR);
    FloatVector c6 = FloatVector.fromArray(S, c, 6 * NR);
    FloatVector c7 = FloatVector.fromArray(S, c, 7 * NR);
    FloatVector c8 = FloatVector.fromArray(S, c, 8 * NR);
    FloatVector c9 = FloatVector.fromArray(S, c, 9 * NR);
    FloatVector c10 = FloatVector.fromArray(S, c, 10 * NR);
    FloatVector c11 = FloatVector.fromArray(S, c, 11 * NR);
    FloatVector c12 = FloatVector.fromArray(S, c, 12 * NR);
    FloatVector c13 = FloatVector.fromArray(S, c, 13 * NR);
    int ao = aAt;
    int bo = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector bp = FloatVector.fromArray(S, b, bo);
      c0 = FloatVector.broadcast(S, a[ao]).fma(bp, c0);
      c1 = FloatVector.broadcast(S, a[ao + PITCH]).fma(bp, c1);
      c2 = FloatVector.broadcast(S, a[ao + 2 * PITCH]).fma(bp, c2);
      c3 = FloatVector.broadcast(S, a[ao + 3 * PITCH]).fma(bp, c3);
      c4 = FloatVector.broadcast(S, a[ao + 4 * PITCH]).fma(bp, c4);
      c5 = FloatVector.broadcast(S, a[ao + 5 * PITCH]).fma(bp, c5);
      c6 = FloatVector.broadcast(S, a[ao + 6 * PITCH]).fma(bp, c6);
      c7 = FloatVector.broadcast(S, a[ao + 7 * PITCH]).fma(bp, c7);
      c8 = FloatVector.broadcast(S, a[ao + 8 * PITCH]).fma(bp, c8);
      c9 = FloatVector.broadcast(S, a[ao + 9 * PITCH]).fma(bp, c9);
      c10 = FloatVector.broadcast(S, a[ao + 10 * PITCH]).fma(bp, c10);
      c11 = FloatVector.broadcast(S, a[ao + 11 * PITCH]).fma(bp, c11);
      c12 = FloatVector.broadcast(S, a[ao + 12 * PITCH]).fma(bp, c12);
      c13 = FloatVector.broadcast(S, a[ao + 13 * PITCH]).fma(bp, c13);
      ao++;
      bo += bStep;
    }
    c0.intoArray(c, 0);
    c1.intoArray(c, NR);
    c2.intoArray(c, 2 * NR);
    c3.intoArray(c, 3 * NR);
    c4.intoArray(c, 4 * NR);
    c5.intoArray(c, 5 * NR);
    c6.intoArray(c, 6 * NR);
    c7.intoArray(c, 7 * NR);
    c8.intoArray(c, 8 * NR);
    c9.intoArray(c, 9 * NR);
    c10.intoArray(c, 10 * NR);
    c11.intoArray(c, 11 * NR);
    c12.intoArray(c, 12 * NR);
    c13.intoArray(c, 13 * NR);
  }
}
