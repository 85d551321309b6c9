// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.compute.MatMul;
import io.cifarengine.compute.Rows;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;
import io.cifarengine.tensor.Tensor;
import java.util.List;

/**
 * y = x W + b, with x (n, in), W (in, out), b (out), y (n, out).
 *
 * <p>b starts each sum: the bits are those of a column of ones in front of x and b as row 0 of W.
 */
final class Linear implements Layer {
  private final Parameter weight;
  private final Parameter bias;

  private Linear(Parameter weight, Parameter bias) {
    this.weight = weight;
    this.bias = bias;
  }

  static Linear create(
      String name, Shape input, int outputs, Initializer initializer, Randoms randoms) {
    if (input.rank() != 1) {
      throw new ShapeException(
          "linear("
              + outputs
              + "): expected (n, features), got examples of shape "
              + input
              + "; put flatten() before it");
    }
    Tensor w = Tensor.zeros(input.dim(0), outputs);
    Tensor b = Tensor.zeros(outputs);
    initializer.fill(w, b, randoms);
    return new Linear(
        Parameter.of(name + ".weight", Parameter.Kind.WEIGHT, w),
        Parameter.of(name + ".bias", Parameter.Kind.BIAS, b));
  }

  @Override
  public String describe() {
    return "linear(" + bias.value().size() + ")";
  }

  @Override
  public Shape outputShape() {
    return bias.value().shape();
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }

  @Override
  public void forward(Engine engine, Tensor x, Tensor y) {
    MatMul.abPlusRow(engine, x, weight.value(), bias.value(), y); // y = x W + 1 b'
  }

  @Override
  public void inputGradient(Engine engine, Tensor x, Tensor y, Tensor dy, Tensor dx) {
    MatMul.abT(engine, dy, weight.value(), dx); // dx = dy W'
  }

  @Override
  public void parameterGradients(Engine engine, Tensor x, Tensor dy, Into into) {
    MatMul.aTb(engine, x, dy, weight.gradient(), into); // dW = x' dy
    Rows.columnSums(engine, dy, bias.gradient(), into); // db = dy' 1
  }
}
