// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/**
 * One operation over a range of elements. Ranges of one call either coincide or are apart; an output
 * may be an input at the same offset.
 */
public interface ElementwiseKernel {
  /** Virtual lanes of a sum: those of the widest vector, so that no width needs another order. */
  int SUM_LANES = 16;

  /** y = y + x. */
  void add(float[] x, int xAt, float[] y, int yAt, int n);

  /** y = y + x_0 + x_1 + ..., one row of n after another, that are xStep apart. */
  void addRows(int rows, float[] x, int xAt, int xStep, float[] y, int yAt, int n);

  /** y = e^x. */
  void exp(float[] x, int xAt, float[] y, int yAt, int n);

  /** y = tanh x. */
  void tanh(float[] x, int xAt, float[] y, int yAt, int n);

  /** y = 1 / (1 + e^-x). */
  void sigmoid(float[] x, int xAt, float[] y, int yAt, int n);

  /** y = 0 where x &lt;= 0 (so -0 gives +0), else x (so NaN stays NaN). */
  void relu(float[] x, int xAt, float[] y, int yAt, int n);

  /** dx = dy (1 - y^2), with y = tanh x: {@code dy * fma(-y, y, 1)}. */
  void tanhBackward(float[] y, float[] dy, float[] dx, int at, int n);

  /** dx = dy y (1 - y), with y = sigmoid x: {@code dy * fma(-y, y, y)}. */
  void sigmoidBackward(float[] y, float[] dy, float[] dx, int at, int n);

  /** dx = dy where y &gt; 0, else 0, with y = relu x. */
  void reluBackward(float[] y, float[] dy, float[] dx, int at, int n);

  /**
   * One step of gradient descent with momentum and coupled decay.
   *
   * <pre>
   * v = fma(momentum, v, rate * fma(decay, w, dw))
   * w = w - v
   * </pre>
   */
  void momentumStep(
      float[] w, float[] dw, float[] v, int at, int n, float rate, float momentum, float decay);

  /** w = w - rate w: {@code fma(-rate, w, w)}. */
  void decay(float[] w, int at, int n, float rate);

  /**
   * lanes[i mod 16] += x[at + i]^2 for ascending i &lt; n: {@code fma(x, x, lane)}, with 16 lanes
   * whatever the width.
   */
  void addSquares(float[] x, int at, int n, float[] lanes);

  /**
   * Whether no element is infinite or NaN. With {@code acc = fma(x, 0, acc)} from 0, whose order does
   * not matter: a finite x leaves a zero, any other makes NaN, which stays.
   */
  boolean isFinite(float[] x, int at, int n);
}
