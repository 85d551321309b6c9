// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/** The transforms, one channel after another. */
final class ScalarWinogradKernel implements WinogradKernel {
  private static final float P2 = P * P;
  private static final float Q2 = Q * Q;
  private static final float P3 = P * P * P;
  private static final float Q3 = Q * Q * Q;

  /**
   * Row i of B' d is fma(OUTER[i], fma(INNER[i], d[ODD[i]], d[ODD[i] + 2]), fma(INNER[i], d[EVEN[i]], d[EVEN[i] + 2])).
   */
  static final int[] ODD = {0, 1, 1, 1, 1, 1};

  static final int[] EVEN = {2, 2, 2, 2, 2, 3};

  static final float[] INNER = {-Q2, -Q2, -Q2, -P2, -P2, -Q2};

  static final float[] OUTER = {-P2, P, -P, Q, -Q, -P2};

  /** Row i of A dy is fma(POINT[i], fma(SQUARE[i], dy[3], dy[1]), fma(SQUARE[i], dy[2], dy[TAKEN[i]])). */
  static final int[] TAKEN = {0, 0, 0, 0, 0, 3};

  static final float[] POINT = {0, P, -P, Q, -Q, 0};

  static final float[] SQUARE = {0, P2, P2, Q2, Q2, 0};

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
      int positionStep,
      int halfStep) {
    float inner = INNER[row];
    float outer = OUTER[row];
    int two = 2 * rowStep;
    for (int t = 0; t < tiles; t++) {
      int odd = dAt[first + t] + ODD[row] * rowStep + from;
      int even = dAt[first + t] + EVEN[row] * rowStep + from;
      int to = vAt + t * tileStep;
      for (int j = 0; j < n; j++) {
        int o = odd + j;
        int e = even + j;
        int at = to + j;
        float r0 =
            Fma.fma(outer, Fma.fma(inner, d[o], d[o + two]), Fma.fma(inner, d[e], d[e + two]));
        o += pixelStep;
        e += pixelStep;
        float r1 =
            Fma.fma(outer, Fma.fma(inner, d[o], d[o + two]), Fma.fma(inner, d[e], d[e + two]));
        o += pixelStep;
        e += pixelStep;
        float r2 =
            Fma.fma(outer, Fma.fma(inner, d[o], d[o + two]), Fma.fma(inner, d[e], d[e + two]));
        o += pixelStep;
        e += pixelStep;
        float r3 =
            Fma.fma(outer, Fma.fma(inner, d[o], d[o + two]), Fma.fma(inner, d[e], d[e + two]));
        o += pixelStep;
        e += pixelStep;
        float r4 =
            Fma.fma(outer, Fma.fma(inner, d[o], d[o + two]), Fma.fma(inner, d[e], d[e + two]));
        o += pixelStep;
        e += pixelStep;
        float r5 =
            Fma.fma(outer, Fma.fma(inner, d[o], d[o + two]), Fma.fma(inner, d[e], d[e + two]));
        float evens = Fma.fma(-Q2, r2, r4);
        float odds = Fma.fma(-Q2, r1, r3);
        v[at] = Fma.fma(-P2, Fma.fma(-Q2, r0, r2), evens);
        v[at + positionStep] = Fma.fma(P, odds, evens);
        v[at + 2 * positionStep] = Fma.fma(-P, odds, evens);
        at += halfStep;
        v[at + 2 * positionStep] = Fma.fma(-P2, odds, Fma.fma(-Q2, r3, r5));
        evens = Fma.fma(-P2, r2, r4);
        odds = Fma.fma(-P2, r1, r3);
        v[at] = Fma.fma(Q, odds, evens);
        v[at + positionStep] = Fma.fma(-Q, odds, evens);
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
      int rowStep,
      float[] v,
      int vAt,
      int tileStep) {
    for (int t = 0; t < tiles; t++) {
      int to = vAt + t * tileStep;
      for (int j = 0; j < n; j++) {
        int y = dyAt[t] + j;
        int at = to + j;
        float r0 = gradient(row, dy, y, rowStep);
        float r1 = gradient(row, dy, y + n, rowStep);
        float r2 = gradient(row, dy, y + 2 * n, rowStep);
        float r3 = gradient(row, dy, y + 3 * n, rowStep);
        v[at] = r0;
        float evens = Fma.fma(P2, r2, r0);
        float odds = Fma.fma(P2, r3, r1);
        v[at + n] = Fma.fma(P, odds, evens);
        v[at + 2 * n] = Fma.fma(-P, odds, evens);
        evens = Fma.fma(Q2, r2, r0);
        odds = Fma.fma(Q2, r3, r1);
        v[at + 3 * n] = Fma.fma(Q, odds, evens);
        v[at + 4 * n] = Fma.fma(-Q, odds, evens);
        v[at + 5 * n] = r3;
      }
    }
  }

  /** Of a column of dy, a row of A dy. */
  private static float gradient(int row, float[] dy, int at, int rowStep) {
    float odds = Fma.fma(SQUARE[row], dy[at + 3 * rowStep], dy[at + rowStep]);
    float evens = Fma.fma(SQUARE[row], dy[at + 2 * rowStep], dy[at + TAKEN[row] * rowStep]);
    return Fma.fma(POINT[row], odds, evens);
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
    int step = SIZE * positionStep;
    for (int t = 0; t < tiles; t++) {
      int from = mAt + t * n;
      for (int j = 0; j < n; j++) {
        int to = yAt + 4 * t * n + j;
        for (int row = 0; row < OUTPUTS; row++) {
          float x0 = output(row, m, from + j, step);
          float x1 = output(row, m, from + j + positionStep, step);
          float x2 = output(row, m, from + j + 2 * positionStep, step);
          float x3 = output(row, m, from + j + 3 * positionStep, step);
          float x4 = output(row, m, from + j + 4 * positionStep, step);
          float x5 = output(row, m, from + j + 5 * positionStep, step);
          y[to] = x0 + (x1 + x2) + (x3 + x4) + b[j];
          y[to + n] = Fma.fma(P, x1 - x2, Q * (x3 - x4)) + b[j];
          y[to + 2 * n] = Fma.fma(P2, x1 + x2, Q2 * (x3 + x4)) + b[j];
          y[to + 3 * n] = Fma.fma(P3, x1 - x2, Fma.fma(Q3, x3 - x4, x5)) + b[j];
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
