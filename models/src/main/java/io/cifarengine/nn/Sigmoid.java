// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.compute.Elementwise;
import io.cifarengine.compute.Engine;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;

/** y = 1 / (1 + e^-x), dx = dy y (1 - y). */
final class Sigmoid extends Activation {
  Sigmoid(Shape shape) {
    super("sigmoid()", shape);
  }

  @Override
  public void forward(Engine engine, Tensor x, Tensor y) {
    Elementwise.sigmoid(engine, x, y); // y = 1 / (1 + e^-x)
  }

  @Override
  public void inputGradient(Engine engine, Tensor x, Tensor y, Tensor dy, Tensor dx) {
    Elementwise.sigmoidBackward(engine, y, dy, dx); // dx = dy y (1 - y)
  }
}
