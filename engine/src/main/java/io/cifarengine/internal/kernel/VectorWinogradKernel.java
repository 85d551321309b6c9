// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The transforms, a vector of channels at a time. */
final class VectorWinogradKernel implements WinogradKernel {
  private static final VectorSpecies<Float> S = Species.FLOATS;
  private static final int L = S.length();

  @Override
  public void image(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep) {
    imageRuns(n, x, xAt, xStep, to, toAt, toStep, 3 * toStep);
  }

  /** The same with the last three runs so far behind the first three. */
  private static void imageRuns(
      int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep, int halfStep) {
    FloatVector p = FloatVector.broadcast(S, P);
    FloatVector q = FloatVector.broadcast(S, Q);
    FloatVector minusP = FloatVector.broadcast(S, -P);
    FloatVector minusQ = FloatVector.broadcast(S, -Q);
    FloatVector minusP2 = FloatVector.broadcast(S, -P * P);
    FloatVector minusQ2 = FloatVector.broadcast(S, -Q * Q);
    for (int j = 0; j < n; j += L) {
      int from = xAt + j;
      int at = toAt + j;
      int half = at + halfStep;
      FloatVector x0 = FloatVector.fromArray(S, x, from);
      FloatVector x1 = FloatVector.fromArray(S, x, from + xStep);
      FloatVector x2 = FloatVector.fromArray(S, x, from + 2 * xStep);
      FloatVector x3 = FloatVector.fromArray(S, x, from + 3 * xStep);
      FloatVector x4 = FloatVector.fromArray(S, x, from + 4 * xStep);
      FloatVector x5 = FloatVector.fromArray(S, x, from + 5 * xStep);
      FloatVector evens = x2.fma(minusQ2, x4);
      FloatVector odds = x1.fma(minusQ2, x3);
      x0.fma(minusQ2, x2).fma(minusP2, evens).intoArray(to, at);
      odds.fma(p, evens).intoArray(to, at + toStep);
      odds.fma(minusP, evens).intoArray(to, at + 2 * toStep);
      odds.fma(minusP2, x3.fma(minusQ2, x5)).intoArray(to, half + 2 * toStep);
      evens = x2.fma(minusP2, x4);
      odds = x1.fma(minusP2, x3);
      odds.fma(q, evens).intoArray(to, half);
      odds.fma(minusQ, evens).intoArray(to, half + toStep);
    }
  }

  @Override
  public void gradient(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep) {
    FloatVector p = FloatVector.broadcast(S, P);
    FloatVector q = FloatVector.broadcast(S, Q);
    FloatVector minusP = FloatVector.broadcast(S, -P);
    FloatVector minusQ = FloatVector.broadcast(S, -Q);
    FloatVector p2 = FloatVector.broadcast(S, P * P);
    FloatVector q2 = FloatVector.broadcast(S, Q * Q);
    for (int j = 0; j < n; j += L) {
      int from = xAt + j;
      int at = toAt + j;
      FloatVector x0 = FloatVector.fromArray(S, x, from);
      FloatVector x1 = FloatVector.fromArray(S, x, from + xStep);
      FloatVector x2 = FloatVector.fromArray(S, x, from + 2 * xStep);
      FloatVector x3 = FloatVector.fromArray(S, x, from + 3 * xStep);
      x0.intoArray(to, at);
      FloatVector evens = x2.fma(p2, x0);
      FloatVector odds = x3.fma(p2, x1);
      odds.fma(p, evens).intoArray(to, at + toStep);
      odds.fma(minusP, evens).intoArray(to, at + 2 * toStep);
      evens = x2.fma(q2, x0);
      odds = x3.fma(q2, x1);
      odds.fma(q, evens).intoArray(to, at + 3 * toStep);
      odds.fma(minusQ, evens).intoArray(to, at + 4 * toStep);
      x3.intoArray(to, at + 5 * toStep);
    }
  }

  @Override
  public void imageRow(
      int tiles,
      int n,
      float[] x,
      int[] xAt,
      int first,
      int from,
      int pixelStep,
      float[] v,
      int vAt,
      int tileStep,
      int positionStep,
      int halfStep) {
    for (int t = 0; t < tiles; t++) {
      int begin = xAt[first + t] + from;
      imageRuns(n, x, begin, pixelStep, v, vAt + t * tileStep, positionStep, halfStep);
    }
  }

  @Override
  public void gradientRow(
      int tiles, int n, float[] x, int[] xAt, int from, float[] v, int vAt, int tileStep) {
    for (int t = 0; t < tiles; t++) {
      gradient(n, x, xAt[t] + from, n, v, vAt + t * tileStep, n);
    }
  }

  @Override
  public void outputs(
      int tiles,
      int n,
      float[] m,
      int mAt,
      int tileStep,
      int positionStep,
      float[] b,
      int bAt,
      float[] y,
      int yAt,
      int placeStep,
      int rowStep) {
    for (int t = 0; t < tiles; t++) {
      int from = mAt + t * tileStep;
      int to = yAt + 4 * t * placeStep;
      evenRows(n, m, from, positionStep, b, bAt, y, to, placeStep, rowStep);
      oddRows(n, m, from, positionStep, b, bAt, y, to + rowStep, placeStep, rowStep);
    }
  }

  /** Rows 0 and 2 of A' M A + b of a tile. */
  private static void evenRows(
      int n,
      float[] m,
      int mAt,
      int positionStep,
      float[] b,
      int bAt,
      float[] y,
      int yAt,
      int placeStep,
      int rowStep) {
    FloatVector p = FloatVector.broadcast(S, P);
    FloatVector q = FloatVector.broadcast(S, Q);
    FloatVector p2 = FloatVector.broadcast(S, P * P);
    FloatVector q2 = FloatVector.broadcast(S, Q * Q);
    FloatVector p3 = FloatVector.broadcast(S, P * P * P);
    FloatVector q3 = FloatVector.broadcast(S, Q * Q * Q);
    int row = 6 * positionStep;
    for (int j = 0; j < n; j += L) {
      int at = mAt + j;
      FloatVector ofP =
          FloatVector.fromArray(S, m, at + row).add(FloatVector.fromArray(S, m, at + 2 * row));
      FloatVector ofQ =
          FloatVector.fromArray(S, m, at + 3 * row).add(FloatVector.fromArray(S, m, at + 4 * row));
      FloatVector u0 = FloatVector.fromArray(S, m, at).add(ofP).add(ofQ);
      FloatVector l0 = ofP.fma(p2, ofQ.mul(q2));
      at += positionStep;
      ofP = FloatVector.fromArray(S, m, at + row).add(FloatVector.fromArray(S, m, at + 2 * row));
      ofQ =
          FloatVector.fromArray(S, m, at + 3 * row).add(FloatVector.fromArray(S, m, at + 4 * row));
      FloatVector u1 = FloatVector.fromArray(S, m, at).add(ofP).add(ofQ);
      FloatVector l1 = ofP.fma(p2, ofQ.mul(q2));
      at += positionStep;
      ofP = FloatVector.fromArray(S, m, at + row).add(FloatVector.fromArray(S, m, at + 2 * row));
      ofQ =
          FloatVector.fromArray(S, m, at + 3 * row).add(FloatVector.fromArray(S, m, at + 4 * row));
      FloatVector u2 = FloatVector.fromArray(S, m, at).add(ofP).add(ofQ);
      FloatVector l2 = ofP.fma(p2, ofQ.mul(q2));
      at += positionStep;
      ofP = FloatVector.fromArray(S, m, at + row).add(FloatVector.fromArray(S, m, at + 2 * row));
      ofQ =
          FloatVector.fromArray(S, m, at + 3 * row).add(FloatVector.fromArray(S, m, at + 4 * row));
      FloatVector u3 = FloatVector.fromArray(S, m, at).add(ofP).add(ofQ);
      FloatVector l3 = ofP.fma(p2, ofQ.mul(q2));
      at += positionStep;
      ofP = FloatVector.fromArray(S, m, at + row).add(FloatVector.fromArray(S, m, at + 2 * row));
      ofQ =
          FloatVector.fromArray(S, m, at + 3 * row).add(FloatVector.fromArray(S, m, at + 4 * row));
      FloatVector u4 = FloatVector.fromArray(S, m, at).add(ofP).add(ofQ);
      FloatVector l4 = ofP.fma(p2, ofQ.mul(q2));
      at += positionStep;
      ofP = FloatVector.fromArray(S, m, at + row).add(FloatVector.fromArray(S, m, at + 2 * row));
      ofQ =
          FloatVector.fromArray(S, m, at + 3 * row).add(FloatVector.fromArray(S, m, at + 4 * row));
      FloatVector u5 = FloatVector.fromArray(S, m, at).add(ofP).add(ofQ);
      FloatVector l5 = ofP.fma(p2, ofQ.mul(q2));
      FloatVector bias = FloatVector.fromArray(S, b, bAt + j);
      int to = yAt + j;
      ofP = u1.add(u2);
      ofQ = u3.add(u4);
      u0.add(ofP).add(ofQ).add(bias).intoArray(y, to);
      ofP.fma(p2, ofQ.mul(q2)).add(bias).intoArray(y, to + 2 * placeStep);
      ofP = u1.sub(u2);
      ofQ = u3.sub(u4);
      ofP.fma(p, ofQ.mul(q)).add(bias).intoArray(y, to + placeStep);
      ofP.fma(p3, ofQ.fma(q3, u5)).add(bias).intoArray(y, to + 3 * placeStep);
      to += 2 * rowStep;
      ofP = l1.add(l2);
      ofQ = l3.add(l4);
      l0.add(ofP).add(ofQ).add(bias).intoArray(y, to);
      ofP.fma(p2, ofQ.mul(q2)).add(bias).intoArray(y, to + 2 * placeStep);
      ofP = l1.sub(l2);
      ofQ = l3.sub(l4);
      ofP.fma(p, ofQ.mul(q)).add(bias).intoArray(y, to + placeStep);
      ofP.fma(p3, ofQ.fma(q3, l5)).add(bias).intoArray(y, to + 3 * placeStep);
    }
  }

  /** Rows 1 and 3. */
  private static void oddRows(
      int n,
      float[] m,
      int mAt,
      int positionStep,
      float[] b,
      int bAt,
      float[] y,
      int yAt,
      int placeStep,
      int rowStep) {
    FloatVector p = FloatVector.broadcast(S, P);
    FloatVector q = FloatVector.broadcast(S, Q);
    FloatVector p2 = FloatVector.broadcast(S, P * P);
    FloatVector q2 = FloatVector.broadcast(S, Q * Q);
    FloatVector p3 = FloatVector.broadcast(S, P * P * P);
    FloatVector q3 = FloatVector.broadcast(S, Q * Q * Q);
    int row = 6 * positionStep;
    for (int j = 0; j < n; j += L) {
      int at = mAt + j;
      FloatVector ofP =
          FloatVector.fromArray(S, m, at + row).sub(FloatVector.fromArray(S, m, at + 2 * row));
      FloatVector ofQ =
          FloatVector.fromArray(S, m, at + 3 * row).sub(FloatVector.fromArray(S, m, at + 4 * row));
      FloatVector u0 = ofP.fma(p, ofQ.mul(q));
      FloatVector l0 = ofP.fma(p3, ofQ.fma(q3, FloatVector.fromArray(S, m, at + 5 * row)));
      at += positionStep;
      ofP = FloatVector.fromArray(S, m, at + row).sub(FloatVector.fromArray(S, m, at + 2 * row));
      ofQ =
          FloatVector.fromArray(S, m, at + 3 * row).sub(FloatVector.fromArray(S, m, at + 4 * row));
      FloatVector u1 = ofP.fma(p, ofQ.mul(q));
      FloatVector l1 = ofP.fma(p3, ofQ.fma(q3, FloatVector.fromArray(S, m, at + 5 * row)));
      at += positionStep;
      ofP = FloatVector.fromArray(S, m, at + row).sub(FloatVector.fromArray(S, m, at + 2 * row));
      ofQ =
          FloatVector.fromArray(S, m, at + 3 * row).sub(FloatVector.fromArray(S, m, at + 4 * row));
      FloatVector u2 = ofP.fma(p, ofQ.mul(q));
      FloatVector l2 = ofP.fma(p3, ofQ.fma(q3, FloatVector.fromArray(S, m, at + 5 * row)));
      at += positionStep;
      ofP = FloatVector.fromArray(S, m, at + row).sub(FloatVector.fromArray(S, m, at + 2 * row));
      ofQ =
          FloatVector.fromArray(S, m, at + 3 * row).sub(FloatVector.fromArray(S, m, at + 4 * row));
      FloatVector u3 = ofP.fma(p, ofQ.mul(q));
      FloatVector l3 = ofP.fma(p3, ofQ.fma(q3, FloatVector.fromArray(S, m, at + 5 * row)));
      at += positionStep;
      ofP = FloatVector.fromArray(S, m, at + row).sub(FloatVector.fromArray(S, m, at + 2 * row));
      ofQ =
          FloatVector.fromArray(S, m, at + 3 * row).sub(FloatVector.fromArray(S, m, at + 4 * row));
      FloatVector u4 = ofP.fma(p, ofQ.mul(q));
      FloatVector l4 = ofP.fma(p3, ofQ.fma(q3, FloatVector.fromArray(S, m, at + 5 * row)));
      at += positionStep;
      ofP = FloatVector.fromArray(S, m, at + row).sub(FloatVector.fromArray(S, m, at + 2 * row));
      ofQ =
          FloatVector.fromArray(S, m, at + 3 * row).sub(FloatVector.fromArray(S, m, at + 4 * row));
      FloatVector u5 = ofP.fma(p, ofQ.mul(q));
      FloatVector l5 = ofP.fma(p3, ofQ.fma(q3, FloatVector.fromArray(S, m, at + 5 * row)));
      FloatVector bias = FloatVector.fromArray(S, b, bAt + j);
      int to = yAt + j;
      ofP = u1.add(u2);
      ofQ = u3.add(u4);
      u0.add(ofP).add(ofQ).add(bias).intoArray(y, to);
      ofP.fma(p2, ofQ.mul(q2)).add(bias).intoArray(y, to + 2 * placeStep);
      ofP = u1.sub(u2);
      ofQ = u3.sub(u4);
      ofP.fma(p, ofQ.mul(q)).add(bias).intoArray(y, to + placeStep);
      ofP.fma(p3, ofQ.fma(q3, u5)).add(bias).intoArray(y, to + 3 * placeStep);
      to += 2 * rowStep;
      ofP = l1.add(l2);
      ofQ = l3.add(l4);
      l0.add(ofP).add(ofQ).add(bias).intoArray(y, to);
      ofP.fma(p2, ofQ.mul(q2)).add(bias).intoArray(y, to + 2 * placeStep);
      ofP = l1.sub(l2);
      ofQ = l3.sub(l4);
      ofP.fma(p, ofQ.mul(q)).add(bias).intoArray(y, to + placeStep);
      ofP.fma(p3, ofQ.fma(q3, l5)).add(bias).intoArray(y, to + 3 * placeStep);
    }
  }

  @Override
  public void expand(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep) {
    FloatVector p = FloatVector.broadcast(S, P);
    FloatVector q = FloatVector.broadcast(S, Q);
    FloatVector minusP = FloatVector.broadcast(S, -P);
    FloatVector minusQ = FloatVector.broadcast(S, -Q);
    FloatVector p2 = FloatVector.broadcast(S, P * P);
    FloatVector q2 = FloatVector.broadcast(S, Q * Q);
    FloatVector at0 = FloatVector.broadcast(S, AT_0);
    FloatVector atP = FloatVector.broadcast(S, AT_P);
    FloatVector atQ = FloatVector.broadcast(S, AT_Q);
    for (int j = 0; j < n; j += L) {
      FloatVector x0 = FloatVector.fromArray(S, x, xAt + j);
      FloatVector x1 = FloatVector.fromArray(S, x, xAt + xStep + j);
      FloatVector x2 = FloatVector.fromArray(S, x, xAt + 2 * xStep + j);
      int at = toAt + j;
      x0.mul(at0).intoArray(to, at);
      FloatVector evens = x2.fma(p2, x0);
      x1.fma(p, evens).mul(atP).intoArray(to, at + toStep);
      x1.fma(minusP, evens).mul(atP).intoArray(to, at + 2 * toStep);
      evens = x2.fma(q2, x0);
      x1.fma(q, evens).mul(atQ).intoArray(to, at + 3 * toStep);
      x1.fma(minusQ, evens).mul(atQ).intoArray(to, at + 4 * toStep);
      x2.intoArray(to, at + 5 * toStep);
    }
  }

  @Override
  public void contract(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep) {
    FloatVector at0 = FloatVector.broadcast(S, AT_0);
    FloatVector atP = FloatVector.broadcast(S, AT_P);
    FloatVector atQ = FloatVector.broadcast(S, AT_Q);
    FloatVector p = FloatVector.broadcast(S, P * AT_P);
    FloatVector q = FloatVector.broadcast(S, Q * AT_Q);
    FloatVector p2 = FloatVector.broadcast(S, P * P * AT_P);
    FloatVector q2 = FloatVector.broadcast(S, Q * Q * AT_Q);
    for (int j = 0; j < n; j += L) {
      int at = xAt + j;
      FloatVector x0 = FloatVector.fromArray(S, x, at);
      FloatVector x1 = FloatVector.fromArray(S, x, at + xStep);
      FloatVector x2 = FloatVector.fromArray(S, x, at + 2 * xStep);
      FloatVector x3 = FloatVector.fromArray(S, x, at + 3 * xStep);
      FloatVector x4 = FloatVector.fromArray(S, x, at + 4 * xStep);
      FloatVector x5 = FloatVector.fromArray(S, x, at + 5 * xStep);
      FloatVector ofP = x1.add(x2);
      FloatVector ofQ = x3.add(x4);
      x0.fma(at0, ofQ.fma(atQ, ofP.mul(atP))).intoArray(to, toAt + j);
      ofQ.fma(q2, ofP.fma(p2, x5)).intoArray(to, toAt + 2 * toStep + j);
      x3.sub(x4).fma(q, x1.sub(x2).mul(p)).intoArray(to, toAt + toStep + j);
    }
  }
}
