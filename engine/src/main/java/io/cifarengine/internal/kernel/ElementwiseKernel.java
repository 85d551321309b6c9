// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/**
 * One operation over a range of elements. Ranges of one call either coincide or are apart; an output
 * may be an input at the same offset.
 */
public interface ElementwiseKernel {
  /** y = y + x. */
  void add(float[] x, int xAt, float[] y, int yAt, int n);

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
}
