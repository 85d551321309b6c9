// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.compute.MatMul;
import io.cifarengine.compute.Rows;
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
  private final Shape output;
  private final Parameter weight;
  private final Parameter bias;

  private Linear(int outputs, WeightAndBias parameters) {
    output = Shape.of(outputs);
    weight = parameters.weight();
    bias = parameters.bias();
  }

  /** The layer of this name, whose parameters come from there. */
  static LayerFactory factory(int outputs, WeightAndBias.Source source) {
    if (outputs < 1) {
      throw new IllegalArgumentException("linear: expected at least 1 output, found " + outputs);
    }
    return (name, input, randoms) -> {
      requireRows(input, outputs);
      Shape weight = Shape.of(input.dim(0), outputs);
      return new Linear(outputs, source.of(name, weight, Shape.of(outputs), randoms));
    };
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
