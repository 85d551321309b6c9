// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/** The specification of each element-wise operation. */
final class ScalarElementwiseKernel implements ElementwiseKernel {
  @Override
  public void add(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] += x[xAt + i];
    }
  }

  @Override
  public void addRows(int rows, float[] x, int xAt, int xStep, float[] y, int yAt, int n) {
    for (int i = 0; i < rows; i++) {
      add(x, xAt + i * xStep, y, yAt, n);
    }
  }

  @Override
  public void exp(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = ElementaryFunctions.exp(x[xAt + i]);
    }
  }

  @Override
  public void tanh(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = ElementaryFunctions.tanh(x[xAt + i]);
    }
  }

  @Override
  public void sigmoid(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = ElementaryFunctions.sigmoid(x[xAt + i]);
    }
  }

  @Override
  public void relu(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = relu(x[xAt + i]);
    }
  }

  static float relu(float x) {
    return x <= 0 ? 0 : x;
  }

  @Override
  public void tanhBackward(float[] y, float[] dy, float[] dx, int at, int n) {
    for (int i = at; i < at + n; i++) {
      dx[i] = tanhBackward(y[i], dy[i]);
    }
  }

  static float tanhBackward(float y, float dy) {
    return dy * Fma.fma(-y, y, 1);
  }

  @Override
  public void sigmoidBackward(float[] y, float[] dy, float[] dx, int at, int n) {
    for (int i = at; i < at + n; i++) {
      dx[i] = sigmoidBackward(y[i], dy[i]);
    }
  }

  static float sigmoidBackward(float y, float dy) {
    return dy * Fma.fma(-y, y, y);
  }

  @Override
  public void reluBackward(float[] y, float[] dy, float[] dx, int at, int n) {
    for (int i = at; i < at + n; i++) {
      dx[i] = reluBackward(y[i], dy[i]);
    }
  }

  static float reluBackward(float y, float dy) {
    return y > 0 ? dy : 0;
  }

  @Override
  public void momentumStep(
      float[] w, float[] dw, float[] v, int at, int n, float rate, float momentum, float decay) {
    for (int i = at; i < at + n; i++) {
      v[i] = velocity(w[i], dw[i], v[i], rate, momentum, decay);
      w[i] -= v[i];
    }
  }

  static float velocity(float w, float dw, float v, float rate, float momentum, float decay) {
    return Fma.fma(momentum, v, rate * Fma.fma(decay, w, dw));
  }

  @Override
  public void decay(float[] w, int at, int n, float rate) {
    for (int i = at; i < at + n; i++) {
      w[i] = Fma.fma(-rate, w[i], w[i]);
    }
  }

  @Override
  public void addSquares(float[] x, int at, int n, float[] lanes) {
    for (int i = 0; i < n; i++) {
      int lane = i % SUM_LANES;
      lanes[lane] = Fma.fma(x[at + i], x[at + i], lanes[lane]);
    }
  }

  @Override
  public boolean isFinite(float[] x, int at, int n) {
    float acc = 0;
    for (int i = at; i < at + n; i++) {
      acc = Fma.fma(x[i], 0, acc);
    }
    return acc == 0;
  }
}
