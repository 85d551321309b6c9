// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Each element-wise operation, a vector at a time; what is left over goes through the scalar twin,
 * whose bits are the same.
 */
final class VectorElementwiseKernel implements ElementwiseKernel {
  private static final VectorSpecies<Float> S = Species.FLOATS;
  private static final int L = S.length();

  /**
   * C2 compiles a method that was called 600 times, however long each call took. A step of a network has few outputs: in one
   * piece, the sigmoids of a convolutional network took a third of a millisecond for ten seconds, then a hundredth.
   */
  private static final int PIECE = 128;

  @Override
  public void add(float[] x, int xAt, float[] y, int yAt, int n) {
    int i = 0;
    for (; i < S.loopBound(n); i += L) {
      FloatVector.fromArray(S, y, yAt + i)
          .add(FloatVector.fromArray(S, x, xAt + i))
          .intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] += x[xAt + i];
    }
  }

  @Override
  public void addRows(int rows, float[] x, int xAt, int xStep, float[] y, int yAt, int n) {
    int j = 0;
    for (; j + 2 * L <= n; j += 2 * L) {
      addRowsOfTwo(rows, x, xAt + j, xStep, y, yAt + j);
    }
    for (int i = 0; j < n && i < rows; i++) {
      add(x, xAt + i * xStep + j, y, yAt + j, n - j);
    }
  }

  /** Rows of two vectors, whose sums stay in registers: from row to row in memory, each would wait for the one before. */
  private static void addRowsOfTwo(int rows, float[] x, int xAt, int xStep, float[] y, int yAt) {
    FloatVector left = FloatVector.fromArray(S, y, yAt);
    FloatVector right = FloatVector.fromArray(S, y, yAt + L);
    int at = xAt;
    for (int i = 0; i < rows; i++) {
      left = left.add(FloatVector.fromArray(S, x, at));
      right = right.add(FloatVector.fromArray(S, x, at + L));
      at += xStep;
    }
    left.intoArray(y, yAt);
    right.intoArray(y, yAt + L);
  }

  @Override
  public void exp(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i += PIECE) {
      VectorElementaryFunctions.exp(x, xAt + i, y, yAt + i, Math.min(PIECE, n - i));
    }
  }

  @Override
  public void tanh(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i += PIECE) {
      VectorElementaryFunctions.tanh(x, xAt + i, y, yAt + i, Math.min(PIECE, n - i));
    }
  }

  @Override
  public void sigmoid(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i += PIECE) {
      VectorElementaryFunctions.sigmoid(x, xAt + i, y, yAt + i, Math.min(PIECE, n - i));
    }
  }

  @Override
  public void relu(float[] x, int xAt, float[] y, int yAt, int n) {
    FloatVector zero = FloatVector.zero(S);
    int i = 0;
    for (; i < S.loopBound(n); i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xAt + i);
      v.blend(zero, v.compare(VectorOperators.LE, zero)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = ScalarElementwiseKernel.relu(x[xAt + i]);
    }
  }

  @Override
  public void tanhBackward(float[] y, float[] dy, float[] dx, int at, int n) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    FloatVector minusOne = FloatVector.broadcast(S, -1f);
    int i = at;
    for (int end = at + S.loopBound(n); i < end; i += L) {
      FloatVector v = FloatVector.fromArray(S, y, i);
      v.mul(minusOne).fma(v, one).mul(FloatVector.fromArray(S, dy, i)).intoArray(dx, i);
    }
    for (; i < at + n; i++) {
      dx[i] = ScalarElementwiseKernel.tanhBackward(y[i], dy[i]);
    }
  }

  @Override
  public void sigmoidBackward(float[] y, float[] dy, float[] dx, int at, int n) {
    FloatVector minusOne = FloatVector.broadcast(S, -1f);
    int i = at;
    for (int end = at + S.loopBound(n); i < end; i += L) {
      FloatVector v = FloatVector.fromArray(S, y, i);
      v.mul(minusOne).fma(v, v).mul(FloatVector.fromArray(S, dy, i)).intoArray(dx, i);
    }
    for (; i < at + n; i++) {
      dx[i] = ScalarElementwiseKernel.sigmoidBackward(y[i], dy[i]);
    }
  }

  @Override
  public void reluBackward(float[] y, float[] dy, float[] dx, int at, int n) {
    FloatVector zero = FloatVector.zero(S);
    int i = at;
    for (int end = at + S.loopBound(n); i < end; i += L) {
      FloatVector v = FloatVector.fromArray(S, y, i);
      zero.blend(FloatVector.fromArray(S, dy, i), v.compare(VectorOperators.GT, zero))
          .intoArray(dx, i);
    }
    for (; i < at + n; i++) {
      dx[i] = ScalarElementwiseKernel.reluBackward(y[i], dy[i]);
    }
  }

  @Override
  public void momentumStep(
      float[] w, float[] dw, float[] v, int at, int n, float rate, float momentum, float decay) {
    FloatVector rates = FloatVector.broadcast(S, rate);
    FloatVector momenta = FloatVector.broadcast(S, momentum);
    FloatVector decays = FloatVector.broadcast(S, decay);
    int i = at;
    for (int end = at + S.loopBound(n); i < end; i += L) {
      FloatVector weight = FloatVector.fromArray(S, w, i);
      FloatVector gradient = decays.fma(weight, FloatVector.fromArray(S, dw, i));
      FloatVector velocity = momenta.fma(FloatVector.fromArray(S, v, i), rates.mul(gradient));
      velocity.intoArray(v, i);
      weight.sub(velocity).intoArray(w, i);
    }
    for (; i < at + n; i++) {
      v[i] = ScalarElementwiseKernel.velocity(w[i], dw[i], v[i], rate, momentum, decay);
      w[i] -= v[i];
    }
  }

  @Override
  public void decay(float[] w, int at, int n, float rate) {
    FloatVector minusRates = FloatVector.broadcast(S, -rate);
    int i = at;
    for (int end = at + S.loopBound(n); i < end; i += L) {
      FloatVector weight = FloatVector.fromArray(S, w, i);
      minusRates.fma(weight, weight).intoArray(w, i);
    }
    for (; i < at + n; i++) {
      w[i] = Fma.fma(-rate, w[i], w[i]);
    }
  }

  @Override
  public void addSquares(float[] x, int at, int n, float[] lanes) {
    int whole = n - n % SUM_LANES;
    for (int lane = 0; lane < SUM_LANES; lane += L) { // a narrow vector passes several times
      FloatVector acc = FloatVector.fromArray(S, lanes, lane);
      for (int i = at + lane; i < at + whole; i += SUM_LANES) {
        FloatVector v = FloatVector.fromArray(S, x, i);
        acc = v.fma(v, acc);
      }
      acc.intoArray(lanes, lane);
    }
    for (int i = at + whole; i < at + n; i++) {
      int lane = i - at - whole;
      lanes[lane] = Fma.fma(x[i], x[i], lanes[lane]);
    }
  }

  /** Four chains, so that none waits for the one before it. */
  @Override
  public boolean isFinite(float[] x, int at, int n) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector acc0 = zero;
    FloatVector acc1 = zero;
    FloatVector acc2 = zero;
    FloatVector acc3 = zero;
    int whole = n - n % (4 * L);
    for (int i = at; i < at + whole; i += 4 * L) {
      acc0 = FloatVector.fromArray(S, x, i).fma(zero, acc0);
      acc1 = FloatVector.fromArray(S, x, i + L).fma(zero, acc1);
      acc2 = FloatVector.fromArray(S, x, i + 2 * L).fma(zero, acc2);
      acc3 = FloatVector.fromArray(S, x, i + 3 * L).fma(zero, acc3);
    }
    float acc = 0;
    for (int i = at + whole; i < at + n; i++) {
      acc = Fma.fma(x[i], 0, acc);
    }
    return acc == 0
        && acc0.add(acc1).add(acc2.add(acc3)).compare(VectorOperators.EQ, zero).allTrue();
  }
}
