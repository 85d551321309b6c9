// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The transforms, a vector of channels at a time. */
final class VectorWinogradKernel implements WinogradKernel {
  private static final VectorSpecies<Float> S = Species.FLOATS;
  private static final int L = S.length();

  @Override
  public void imageRow(
      int row,
      int tiles,
      int n,
      float[] d,
      int[] dAt,
      int first,
      int from,
      int rowStep,
      int pixelStep,
      float[] v,
      int vAt,
      int tileStep,
      int positionStep) {
    FloatVector sign = FloatVector.broadcast(S, ScalarWinogradKernel.SIGN[row]);
    int taken = row * rowStep;
    int other = ScalarWinogradKernel.OTHER[row] * rowStep;
    for (int t = 0; t < tiles; t++) {
      int begin = dAt[first + t] + from;
      int to = vAt + t * tileStep;
      for (int j = 0; j < n; j += L) {
        int p = begin + taken + j;
        int q = begin + other + j;
        FloatVector r0 = FloatVector.fromArray(S, d, q).fma(sign, FloatVector.fromArray(S, d, p));
        p += pixelStep;
        q += pixelStep;
        FloatVector r1 = FloatVector.fromArray(S, d, q).fma(sign, FloatVector.fromArray(S, d, p));
        p += pixelStep;
        q += pixelStep;
        FloatVector r2 = FloatVector.fromArray(S, d, q).fma(sign, FloatVector.fromArray(S, d, p));
        p += pixelStep;
        q += pixelStep;
        FloatVector r3 = FloatVector.fromArray(S, d, q).fma(sign, FloatVector.fromArray(S, d, p));
        int at = to + j;
        r0.sub(r2).intoArray(v, at);
        at += positionStep;
        r1.add(r2).intoArray(v, at);
        at += positionStep;
        r2.sub(r1).intoArray(v, at);
        at += positionStep;
        r3.sub(r1).intoArray(v, at);
      }
    }
  }

  @Override
  public void gradientRow(
      int row,
      int tiles,
      int n,
      float[] dy,
      int[] dyAt,
      int first,
      int from,
      int rowStep,
      int pixelStep,
      float[] v,
      int vAt,
      int tileStep,
      int positionStep) {
    FloatVector a = FloatVector.broadcast(S, ScalarWinogradKernel.FIRST[row]);
    FloatVector b = FloatVector.broadcast(S, ScalarWinogradKernel.SECOND[row]);
    for (int t = 0; t < tiles; t++) {
      int begin = dyAt[first + t] + from;
      int to = vAt + t * tileStep;
      for (int j = 0; j < n; j += L) {
        int p = begin + j;
        int q = p + rowStep;
        FloatVector r0 =
            FloatVector.fromArray(S, dy, q).fma(b, FloatVector.fromArray(S, dy, p).mul(a));
        p += pixelStep;
        q += pixelStep;
        FloatVector r1 =
            FloatVector.fromArray(S, dy, q).fma(b, FloatVector.fromArray(S, dy, p).mul(a));
        int at = to + j;
        r0.intoArray(v, at);
        at += positionStep;
        r0.add(r1).intoArray(v, at);
        at += positionStep;
        r0.sub(r1).intoArray(v, at);
        at += positionStep;
        r1.intoArray(v, at);
      }
    }
  }

  @Override
  public void outputs(
      int tiles,
      int n,
      float[] m,
      int mAt,
      int positionStep,
      float[] b,
      float[] y,
      int yAt,
      int rowStep) {
    for (int t = 0; t < tiles; t++) {
      int from = mAt + t * n;
      int to = yAt + 2 * t * n;
      for (int j = 0; j < n; j += L) {
        int at = from + j;
        int rows = 4 * positionStep;
        FloatVector m1 = FloatVector.fromArray(S, m, at + rows);
        FloatVector m2 = FloatVector.fromArray(S, m, at + 2 * rows);
        FloatVector u0 = FloatVector.fromArray(S, m, at).add(m1).add(m2);
        FloatVector l0 = m1.sub(m2).add(FloatVector.fromArray(S, m, at + 3 * rows));
        at += positionStep;
        m1 = FloatVector.fromArray(S, m, at + rows);
        m2 = FloatVector.fromArray(S, m, at + 2 * rows);
        FloatVector u1 = FloatVector.fromArray(S, m, at).add(m1).add(m2);
        FloatVector l1 = m1.sub(m2).add(FloatVector.fromArray(S, m, at + 3 * rows));
        at += positionStep;
        m1 = FloatVector.fromArray(S, m, at + rows);
        m2 = FloatVector.fromArray(S, m, at + 2 * rows);
        FloatVector u2 = FloatVector.fromArray(S, m, at).add(m1).add(m2);
        FloatVector l2 = m1.sub(m2).add(FloatVector.fromArray(S, m, at + 3 * rows));
        at += positionStep;
        m1 = FloatVector.fromArray(S, m, at + rows);
        m2 = FloatVector.fromArray(S, m, at + 2 * rows);
        FloatVector u3 = FloatVector.fromArray(S, m, at).add(m1).add(m2);
        FloatVector l3 = m1.sub(m2).add(FloatVector.fromArray(S, m, at + 3 * rows));
        FloatVector bias = FloatVector.fromArray(S, b, j);
        u0.add(u1).add(u2).add(bias).intoArray(y, to + j);
        u1.sub(u2).add(u3).add(bias).intoArray(y, to + n + j);
        l0.add(l1).add(l2).add(bias).intoArray(y, to + rowStep + j);
        l1.sub(l2).add(l3).add(bias).intoArray(y, to + rowStep + n + j);
      }
    }
  }

  @Override
  public void expand(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep) {
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    for (int j = 0; j < n; j += L) {
      FloatVector x0 = FloatVector.fromArray(S, x, xAt + j);
      FloatVector x1 = FloatVector.fromArray(S, x, xAt + xStep + j);
      FloatVector x2 = FloatVector.fromArray(S, x, xAt + 2 * xStep + j);
      FloatVector outer = x0.add(x2);
      x0.intoArray(to, toAt + j);
      outer.add(x1).mul(half).intoArray(to, toAt + toStep + j);
      outer.sub(x1).mul(half).intoArray(to, toAt + 2 * toStep + j);
      x2.intoArray(to, toAt + 3 * toStep + j);
    }
  }

  @Override
  public void contract(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep) {
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    for (int j = 0; j < n; j += L) {
      FloatVector x0 = FloatVector.fromArray(S, x, xAt + j);
      FloatVector x1 = FloatVector.fromArray(S, x, xAt + xStep + j);
      FloatVector x2 = FloatVector.fromArray(S, x, xAt + 2 * xStep + j);
      FloatVector x3 = FloatVector.fromArray(S, x, xAt + 3 * xStep + j);
      FloatVector inner = x1.add(x2).mul(half);
      x0.add(inner).intoArray(to, toAt + j);
      x1.sub(x2).mul(half).intoArray(to, toAt + toStep + j);
      inner.add(x3).intoArray(to, toAt + 2 * toStep + j);
    }
  }
}
