// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Pooling, a vector at a time; what is left over goes through the scalar twin. */
final class VectorPoolingKernel implements PoolingKernel {
  private static final VectorSpecies<Float> S = Species.FLOATS;
  private static final int L = S.length();

  @Override
  public void max(float[] x, int xAt, int[] taps, float[] y, int yAt, int n) {
    int j = 0;
    for (; j < S.loopBound(n); j += L) {
      FloatVector largest = FloatVector.fromArray(S, x, xAt + taps[0] + j);
      for (int t = 1; t < taps.length; t++) {
        largest = largest.max(FloatVector.fromArray(S, x, xAt + taps[t] + j));
      }
      largest.intoArray(y, yAt + j);
    }
    ScalarPoolingKernel.max(x, xAt, taps, y, yAt, j, n);
  }

  @Override
  public void maxAndWinners(
      float[] x, int xAt, int[] taps, float[] y, float[] winners, int yAt, int n) {
    int j = 0;
    for (; j < S.loopBound(n); j += L) {
      FloatVector largest = FloatVector.fromArray(S, x, xAt + taps[0] + j);
      for (int t = 1; t < taps.length; t++) {
        largest = largest.max(FloatVector.fromArray(S, x, xAt + taps[t] + j));
      }
      largest.intoArray(y, yAt + j);
      FloatVector winner = FloatVector.broadcast(S, 0f);
      for (int t = taps.length - 1; t >= 0; t--) { // the first one is the last to write
        FloatVector v = FloatVector.fromArray(S, x, xAt + taps[t] + j);
        VectorMask<Float> takes =
            v.compare(VectorOperators.EQ, largest).or(v.compare(VectorOperators.NE, v));
        winner = winner.blend((float) t, takes);
      }
      winner.intoArray(winners, yAt + j);
    }
    ScalarPoolingKernel.maxAndWinners(x, xAt, taps, y, winners, yAt, j, n);
  }

  @Override
  public void spread(float tap, float[] dy, float[] winners, int yAt, float[] dx, int xAt, int n) {
    int j = 0;
    for (; j < S.loopBound(n); j += L) {
      VectorMask<Float> others =
          FloatVector.fromArray(S, winners, yAt + j).compare(VectorOperators.NE, tap);
      FloatVector.fromArray(S, dy, yAt + j).blend(0f, others).intoArray(dx, xAt + j);
    }
    ScalarPoolingKernel.spread(tap, dy, winners, yAt, dx, xAt, j, n);
  }

  @Override
  public void maxBackward(
      float[] x,
      int xAt,
      int[] taps,
      float[] y,
      float[] dy,
      int yAt,
      float[] dx,
      boolean add,
      int n) {
    // Not zero(S), and not blended into rest: JDK 17 would allocate it at every call.
    FloatVector zero = FloatVector.broadcast(S, 0f);
    int j = 0;
    for (; j < S.loopBound(n); j += L) {
      FloatVector largest = FloatVector.fromArray(S, y, yAt + j);
      FloatVector rest = FloatVector.fromArray(S, dy, yAt + j);
      for (int tap : taps) {
        int at = xAt + tap + j;
        FloatVector v = FloatVector.fromArray(S, x, at);
        VectorMask<Float> takes =
            v.compare(VectorOperators.EQ, largest).or(v.compare(VectorOperators.NE, v));
        FloatVector taken = zero.blend(rest, takes);
        if (add) {
          taken = FloatVector.fromArray(S, dx, at).add(taken);
        }
        taken.intoArray(dx, at);
        rest = rest.blend(0f, takes);
      }
    }
    ScalarPoolingKernel.maxBackward(x, xAt, taps, y, dy, yAt, dx, add, j, n);
  }
}
