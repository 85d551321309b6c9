// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.internal.kernel.ElementwiseKernel;
import io.cifarengine.tensor.Tensor;

/**
 * y[i] = f(x[i]) over whole tensors of one shape. An output may be an input.
 *
 * <p>exp is within 1 ulp of the true value, tanh and sigmoid within 2; all three are monotone, and
 * NaN stays NaN.
 */
public final class Elementwise {
  private Elementwise() {}

  /** y = e^x. */
  public static void exp(Engine engine, Tensor x, Tensor y) {
    run(engine, "exp", Kind.EXP, x, x, y);
  }

  /** y = tanh x. */
  public static void tanh(Engine engine, Tensor x, Tensor y) {
    run(engine, "tanh", Kind.TANH, x, x, y);
  }

  /** dx = dy (1 - y^2), with y = tanh x. */
  public static void tanhBackward(Engine engine, Tensor y, Tensor dy, Tensor dx) {
    run(engine, "tanhBackward", Kind.TANH_BACKWARD, y, dy, dx);
  }

  /** y = 1 / (1 + e^-x). */
  public static void sigmoid(Engine engine, Tensor x, Tensor y) {
    run(engine, "sigmoid", Kind.SIGMOID, x, x, y);
  }

  /** dx = dy y (1 - y), with y = sigmoid x. */
  public static void sigmoidBackward(Engine engine, Tensor y, Tensor dy, Tensor dx) {
    run(engine, "sigmoidBackward", Kind.SIGMOID_BACKWARD, y, dy, dx);
  }

  /** y = max(x, 0): +0 where x &lt;= 0 (also for -0), NaN where x is NaN. */
  public static void relu(Engine engine, Tensor x, Tensor y) {
    run(engine, "relu", Kind.RELU, x, x, y);
  }

  /** dx = dy where y &gt; 0, else 0, with y = relu x. */
  public static void reluBackward(Engine engine, Tensor y, Tensor dy, Tensor dx) {
    run(engine, "reluBackward", Kind.RELU_BACKWARD, y, dy, dx);
  }

  /**
   * One step of gradient descent with momentum and coupled decay.
   *
   * <pre>
   * v = momentum v + rate (dw + decay w)
   * w = w - v
   * </pre>
   */
  public static void momentumStep(
      Engine engine, Tensor w, Tensor dw, Tensor v, float rate, float momentum, float decay) {
    Operands.requireSameShape("momentumStep", "dw", dw, "w", w);
    Operands.requireSameShape("momentumStep", "v", v, "w", w);
    Operands.requireDistinct("momentumStep", "v", v, w);
    ElementwiseCall call = engine.elementwiseCalls().borrow();
    try {
      call.rate = rate;
      call.momentum = momentum;
      call.decay = decay;
      call.run(Kind.MOMENTUM_STEP, w.data(), dw.data(), v.data());
    } finally {
      engine.elementwiseCalls().giveBack(call);
    }
  }

  /** w = w - rate w, in one rounding: decay of weights that is no part of a gradient. */
  public static void decay(Engine engine, Tensor w, float rate) {
    ElementwiseCall call = engine.elementwiseCalls().borrow();
    try {
      call.rate = rate;
      call.run(Kind.DECAY, w.data(), w.data(), w.data());
    } finally {
      engine.elementwiseCalls().giveBack(call);
    }
  }

  private static void run(
      Engine engine, String operation, Kind kind, Tensor p, Tensor q, Tensor out) {
    Operands.requireSameShape(operation, "the output", out, "the input", p);
    Operands.requireSameShape(operation, "the gradient", q, "the input", p);
    ElementwiseCall call = engine.elementwiseCalls().borrow();
    try {
      call.run(kind, p.data(), q.data(), out.data());
    } finally {
      engine.elementwiseCalls().giveBack(call);
    }
  }

  /** Which operation an {@link ElementwiseCall} is. */
  enum Kind {
    EXP,
    TANH,
    TANH_BACKWARD,
    SIGMOID,
    SIGMOID_BACKWARD,
    RELU,
    RELU_BACKWARD,
    MOMENTUM_STEP,
    DECAY;

    /** Runs the operation on n elements from {@code at}. */
    void run(ElementwiseKernel kernel, ElementwiseCall call, int at, int n) {
      float[] p = call.p;
      float[] q = call.q;
      float[] r = call.r;
      switch (this) {
        case EXP -> kernel.exp(p, at, r, at, n);
        case TANH -> kernel.tanh(p, at, r, at, n);
        case TANH_BACKWARD -> kernel.tanhBackward(p, q, r, at, n);
        case SIGMOID -> kernel.sigmoid(p, at, r, at, n);
        case SIGMOID_BACKWARD -> kernel.sigmoidBackward(p, q, r, at, n);
        case RELU -> kernel.relu(p, at, r, at, n);
        case RELU_BACKWARD -> kernel.reluBackward(p, q, r, at, n);
        case MOMENTUM_STEP ->
            kernel.momentumStep(p, q, r, at, n, call.rate, call.momentum, call.decay);
        case DECAY -> kernel.decay(p, at, n, call.rate);
      }
    }
  }
}
