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
  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";

  private final Shape output;
  private final Parameter weight;
  private final Parameter bias;

  private Linear(String name, int outputs, Tensor w, Tensor b) {
    output = Shape.of(outputs);
    weight = Parameter.of(name + WEIGHT, Parameter.Kind.WEIGHT, w);
    bias = Parameter.of(name + BIAS, Parameter.Kind.BIAS, b);
  }

  static Linear create(
      String name, Shape input, int outputs, Initializer initializer, Randoms randoms) {
    requireRows(input, outputs);
    Tensor w = Tensor.zeros(input.dim(0), outputs);
    Tensor b = Tensor.zeros(outputs);
    initializer.fill(w, b, randoms);
    return new Linear(name, outputs, w, b);
  }

  static Linear stored(String name, Shape input, int outputs, ParameterSource source) {
    requireRows(input, outputs);
    Tensor w = source.parameter(name + WEIGHT, Shape.of(input.dim(0), outputs));
    Tensor b = source.parameter(name + BIAS, Shape.of(outputs));
    return new Linear(name, outputs, w, b);
  }

  private static void requireRows(Shape input, int outputs) {
    if (input.rank() != 1) {
      throw new ShapeException(
          "linear("
              + outputs
              + "): expected (n, features), got examples of shape "
              + input
              + "; put flatten() before it");
    }
  }

  @Override
  public String describe() {
    return "linear(" + output.size() + ")";
  }

  @Override
  public Shape outputShape() {
    return output;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }

  @Override
  public long multiplyAdds() {
    return weight.value().size(); // in x out
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
