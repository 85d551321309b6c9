// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.compute.Elementwise;
import io.cifarengine.compute.Engine;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;

/** y = tanh x, dx = dy (1 - y^2). */
final class Tanh extends Activation {
  Tanh(Shape shape) {
    super("tanh()", shape);
  }

  @Override
  public void forward(Engine engine, Tensor x, Tensor y) {
    Elementwise.tanh(engine, x, y); // y = tanh x
  }

  @Override
  public void inputGradient(Engine engine, Tensor x, Tensor y, Tensor dy, Tensor dx) {
    Elementwise.tanhBackward(engine, y, dy, dx); // dx = dy (1 - y^2)
  }
}
