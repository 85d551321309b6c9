// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/** The transforms, one channel after another. */
final class ScalarWinogradKernel implements WinogradKernel {
  /** Row i of B' d is d[i] + SIGN[i] d[OTHER[i]]. */
  static final int[] OTHER = {2, 2, 1, 1};

  static final float[] SIGN = {-1, 1, -1, -1};

  /** Row i of A dy is FIRST[i] dy[0] + SECOND[i] dy[1], products with 0 too. */
  static final float[] FIRST = {1, 1, 1, 0};

  static final float[] SECOND = {0, 1, -1, 1};

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
    float sign = SIGN[row];
    for (int t = 0; t < tiles; t++) {
      int taken = dAt[first + t] + row * rowStep + from;
      int other = dAt[first + t] + OTHER[row] * rowStep + from;
      int to = vAt + t * tileStep;
      for (int j = 0; j < n; j++) {
        int p = taken + j;
        int q = other + j;
        float r0 = d[p] + sign * d[q];
        float r1 = d[p + pixelStep] + sign * d[q + pixelStep];
        float r2 = d[p + 2 * pixelStep] + sign * d[q + 2 * pixelStep];
        float r3 = d[p + 3 * pixelStep] + sign * d[q + 3 * pixelStep];
        v[to + j] = r0 - r2;
        v[to + positionStep + j] = r1 + r2;
        v[to + 2 * positionStep + j] = r2 - r1;
        v[to + 3 * positionStep + j] = r3 - r1;
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
    for (int t = 0; t < tiles; t++) {
      int at = dyAt[first + t] + from;
      int to = vAt + t * tileStep;
      for (int j = 0; j < n; j++) {
        int p = at + j;
        int q = p + rowStep;
        float r0 = FIRST[row] * dy[p] + SECOND[row] * dy[q];
        float r1 = FIRST[row] * dy[p + pixelStep] + SECOND[row] * dy[q + pixelStep];
        v[to + j] = r0;
        v[to + positionStep + j] = r0 + r1;
        v[to + 2 * positionStep + j] = r0 - r1;
        v[to + 3 * positionStep + j] = r1;
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
      int to = yAt + 2 * t * n;
      for (int j = 0; j < n; j++) {
        int at = mAt + t * n + j;
        float u0 = upper(m, at, positionStep);
        float l0 = lower(m, at, positionStep);
        at += positionStep;
        float u1 = upper(m, at, positionStep);
        float l1 = lower(m, at, positionStep);
        at += positionStep;
        float u2 = upper(m, at, positionStep);
        float l2 = lower(m, at, positionStep);
        at += positionStep;
        float u3 = upper(m, at, positionStep);
        float l3 = lower(m, at, positionStep);
        y[to + j] = u0 + u1 + u2 + b[j];
        y[to + n + j] = u1 - u2 + u3 + b[j];
        y[to + rowStep + j] = l0 + l1 + l2 + b[j];
        y[to + rowStep + n + j] = l1 - l2 + l3 + b[j];
      }
    }
  }

  /** Of a column of M, row 0 of A' M. */
  private static float upper(float[] m, int at, int positionStep) {
    return m[at] + m[at + SIZE * positionStep] + m[at + 2 * SIZE * positionStep];
  }

  /** Row 1. */
  private static float lower(float[] m, int at, int positionStep) {
    return m[at + SIZE * positionStep]
        - m[at + 2 * SIZE * positionStep]
        + m[at + 3 * SIZE * positionStep];
  }

  @Override
  public void expand(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep) {
    for (int j = 0; j < n; j++) {
      float x0 = x[xAt + j];
      float x1 = x[xAt + xStep + j];
      float x2 = x[xAt + 2 * xStep + j];
      to[toAt + j] = x0;
      to[toAt + toStep + j] = (x0 + x2 + x1) * 0.5f;
      to[toAt + 2 * toStep + j] = (x0 + x2 - x1) * 0.5f;
      to[toAt + 3 * toStep + j] = x2;
    }
  }

  @Override
  public void contract(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep) {
    for (int j = 0; j < n; j++) {
      float x1 = x[xAt + xStep + j];
      float x2 = x[xAt + 2 * xStep + j];
      float half = (x1 + x2) * 0.5f;
      to[toAt + j] = x[xAt + j] + half;
      to[toAt + toStep + j] = (x1 - x2) * 0.5f;
      to[toAt + 2 * toStep + j] = half + x[xAt + 3 * xStep + j];
    }
  }
}
