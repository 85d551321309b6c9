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
      int windows,
      float[] x,
      int xAt,
      int xStep,
      int[] taps,
      float[] y,
      float[] winners,
      int yAt,
      int n) {
    int whole = S.loopBound(n);
    for (int w = 0; w < windows; w++) {
      int from = xAt + w * xStep;
      int to = yAt + w * n;
      for (int j = 0; j < whole; j += L) {
        FloatVector largest = FloatVector.fromArray(S, x, from + taps[0] + j);
        for (int t = 1; t < taps.length; t++) {
          largest = largest.max(FloatVector.fromArray(S, x, from + taps[t] + j));
        }
        largest.intoArray(y, to + j);
        FloatVector winner = FloatVector.broadcast(S, 0f);
        for (int t = taps.length - 1; t >= 0; t--) { // the first one is the last to write
          FloatVector v = FloatVector.fromArray(S, x, from + taps[t] + j);
          VectorMask<Float> takes =
              v.compare(VectorOperators.EQ, largest).or(v.compare(VectorOperators.NE, v));
          winner = winner.blend((float) t, takes);
        }
        winner.intoArray(winners, to + j);
      }
      if (whole < n) {
        ScalarPoolingKernel.maxAndWinners(x, from, taps, y, winners, to, whole, n);
      }
    }
  }

  @Override
  public void spread(
      float tap,
      int windows,
      float[] dy,
      float[] winners,
      int yAt,
      int yStep,
      float[] dx,
      int xAt,
      int xStep,
      int n) {
    int whole = S.loopBound(n);
    FloatVector taps = FloatVector.broadcast(S, tap);
    FloatVector zero = FloatVector.broadcast(S, 0f);
    int from = yAt;
    int to = xAt;
    for (int w = 0; w < windows; w++) {
      for (int j = 0; j < whole; j += L) {
        VectorMask<Float> wins =
            FloatVector.fromArray(S, winners, from + j).compare(VectorOperators.EQ, taps);
        zero.blend(FloatVector.fromArray(S, dy, from + j), wins).intoArray(dx, to + j);
      }
      if (whole < n) {
        ScalarPoolingKernel.spread(tap, dy, winners, from, dx, to, whole, n);
      }
      from += yStep;
      to += xStep;
    }
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
