// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.compute.Elementwise;
import io.cifarengine.compute.Engine;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;

/** y = max(x, 0), dx = dy where y &gt; 0, else 0. */
final class Relu extends Activation {
  Relu(Shape shape) {
    super("relu()", shape);
  }

  @Override
  public void forward(Engine engine, Tensor x, Tensor y) {
    Elementwise.relu(engine, x, y); // y = max(x, 0)
  }

  @Override
  public void inputGradient(Engine engine, Tensor x, Tensor y, Tensor dy, Tensor dx) {
    Elementwise.reluBackward(engine, y, dy, dx); // dx = dy [y > 0]
  }
}
