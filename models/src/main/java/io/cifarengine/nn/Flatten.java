// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.util.List;

/** y = x as one row an example: (n, a, b, c) becomes (n, a b c), the same array under another shape. */
final class Flatten implements Layer {
  private final Shape shape;

  Flatten(Shape input) {
    shape = Shape.of(input.size());
  }

  @Override
  public String describe() {
    return "flatten()";
  }

  @Override
  public Shape outputShape() {
    return shape;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public boolean reshapes() {
    return true;
  }

  @Override
  public void forward(Engine engine, Tensor x, Tensor y) {
    System.arraycopy(x.data(), 0, y.data(), 0, x.size());
  }

  @Override
  public void inputGradient(Engine engine, Tensor x, Tensor y, Tensor dy, Tensor dx) {
    System.arraycopy(dy.data(), 0, dx.data(), 0, dy.size());
  }

  @Override
  public void parameterGradients(Engine engine, Tensor x, Tensor dy, Into into) {}
}
