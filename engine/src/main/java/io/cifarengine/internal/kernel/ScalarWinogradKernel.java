// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/** The transforms, one channel after another. */
final class ScalarWinogradKernel implements WinogradKernel {
  private static final float P2 = P * P;
  private static final float Q2 = Q * Q;
  private static final float P3 = P * P * P;
  private static final float Q3 = Q * Q * Q;

  @Override
  public void image(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep) {
    image(n, x, xAt, xStep, to, toAt, toStep, 3 * toStep);
  }

  /** The same with the last three runs so far behind the first three. */
  private static void image(
      int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep, int halfStep) {
    for (int j = 0; j < n; j++) {
      int from = xAt + j;
      int at = toAt + j;
      int half = at + halfStep;
      float x0 = x[from];
      float x1 = x[from + xStep];
      float x2 = x[from + 2 * xStep];
      float x3 = x[from + 3 * xStep];
      float x4 = x[from + 4 * xStep];
      float x5 = x[from + 5 * xStep];
      float evens = Fma.fma(-Q2, x2, x4);
      float odds = Fma.fma(-Q2, x1, x3);
      to[at] = Fma.fma(-P2, Fma.fma(-Q2, x0, x2), evens);
      to[at + toStep] = Fma.fma(P, odds, evens);
      to[at + 2 * toStep] = Fma.fma(-P, odds, evens);
      to[half + 2 * toStep] = Fma.fma(-P2, odds, Fma.fma(-Q2, x3, x5));
      evens = Fma.fma(-P2, x2, x4);
      odds = Fma.fma(-P2, x1, x3);
      to[half] = Fma.fma(Q, odds, evens);
      to[half + toStep] = Fma.fma(-Q, odds, evens);
    }
  }

  @Override
  public void gradient(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep) {
    for (int j = 0; j < n; j++) {
      int from = xAt + j;
      int at = toAt + j;
      float x0 = x[from];
      float x1 = x[from + xStep];
      float x2 = x[from + 2 * xStep];
      float x3 = x[from + 3 * xStep];
      to[at] = x0;
      float evens = Fma.fma(P2, x2, x0);
      float odds = Fma.fma(P2, x3, x1);
      to[at + toStep] = Fma.fma(P, odds, evens);
      to[at + 2 * toStep] = Fma.fma(-P, odds, evens);
      evens = Fma.fma(Q2, x2, x0);
      odds = Fma.fma(Q2, x3, x1);
      to[at + 3 * toStep] = Fma.fma(Q, odds, evens);
      to[at + 4 * toStep] = Fma.fma(-Q, odds, evens);
      to[at + 5 * toStep] = x3;
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
      image(n, x, begin, pixelStep, v, vAt + t * tileStep, positionStep, halfStep);
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
    int step = SIZE * positionStep;
    for (int t = 0; t < tiles; t++) {
      int from = mAt + t * tileStep;
      for (int j = 0; j < n; j++) {
        int to = yAt + 4 * t * placeStep + j;
        for (int row = 0; row < OUTPUTS; row++) {
          float x0 = output(row, m, from + j, step);
          float x1 = output(row, m, from + j + positionStep, step);
          float x2 = output(row, m, from + j + 2 * positionStep, step);
          float x3 = output(row, m, from + j + 3 * positionStep, step);
          float x4 = output(row, m, from + j + 4 * positionStep, step);
          float x5 = output(row, m, from + j + 5 * positionStep, step);
          y[to] = x0 + (x1 + x2) + (x3 + x4) + b[bAt + j];
          y[to + placeStep] = Fma.fma(P, x1 - x2, Q * (x3 - x4)) + b[bAt + j];
          y[to + 2 * placeStep] = Fma.fma(P2, x1 + x2, Q2 * (x3 + x4)) + b[bAt + j];
          y[to + 3 * placeStep] = Fma.fma(P3, x1 - x2, Fma.fma(Q3, x3 - x4, x5)) + b[bAt + j];
          to += rowStep;
        }
      }
    }
  }

  /** Of a column of M, a row of A' M. */
  private static float output(int row, float[] m, int at, int step) {
    float x1 = m[at + step];
    float x2 = m[at + 2 * step];
    float x3 = m[at + 3 * step];
    float x4 = m[at + 4 * step];
    return switch (row) {
      case 0 -> m[at] + (x1 + x2) + (x3 + x4);
      case 1 -> Fma.fma(P, x1 - x2, Q * (x3 - x4));
      case 2 -> Fma.fma(P2, x1 + x2, Q2 * (x3 + x4));
      default -> Fma.fma(P3, x1 - x2, Fma.fma(Q3, x3 - x4, m[at + 5 * step]));
    };
  }

  @Override
  public void expand(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep) {
    for (int j = 0; j < n; j++) {
      float x0 = x[xAt + j];
      float x1 = x[xAt + xStep + j];
      float x2 = x[xAt + 2 * xStep + j];
      int at = toAt + j;
      to[at] = x0 * AT_0;
      float evens = Fma.fma(P2, x2, x0);
      to[at + toStep] = Fma.fma(P, x1, evens) * AT_P;
      to[at + 2 * toStep] = Fma.fma(-P, x1, evens) * AT_P;
      evens = Fma.fma(Q2, x2, x0);
      to[at + 3 * toStep] = Fma.fma(Q, x1, evens) * AT_Q;
      to[at + 4 * toStep] = Fma.fma(-Q, x1, evens) * AT_Q;
      to[at + 5 * toStep] = x2;
    }
  }

  @Override
  public void contract(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep) {
    for (int j = 0; j < n; j++) {
      int at = xAt + j;
      float x1 = x[at + xStep];
      float x2 = x[at + 2 * xStep];
      float x3 = x[at + 3 * xStep];
      float x4 = x[at + 4 * xStep];
      float ofP = x1 + x2;
      float ofQ = x3 + x4;
      to[toAt + j] = Fma.fma(AT_0, x[at], Fma.fma(AT_Q, ofQ, AT_P * ofP));
      to[toAt + toStep + j] = Fma.fma(Q * AT_Q, x3 - x4, P * AT_P * (x1 - x2));
      to[toAt + 2 * toStep + j] =
          Fma.fma(Q2 * AT_Q, ofQ, Fma.fma(P2 * AT_P, ofP, x[at + 5 * xStep]));
    }
  }
}
