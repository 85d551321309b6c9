// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.compute.ConvGeometry;
import io.cifarengine.compute.Convolution;
import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.util.List;

/**
 * y = x * W + b, with x (n, height, width, channels), W (kernelHeight, kernelWidth, channels, filters), b
 * (filters), y (n, outputHeight, outputWidth, filters): {@link Convolution} has the formula.
 */
final class Conv implements Layer {
  private final String description;
  private final ConvGeometry geometry;
  private final Parameter weight;
  private final Parameter bias;

  Conv(String description, ConvGeometry geometry, WeightAndBias parameters) {
    this.description = description;
    this.geometry = geometry;
    weight = parameters.weight();
    bias = parameters.bias();
  }

  ConvGeometry geometry() {
    return geometry;
  }

  Parameter weight() {
    return weight;
  }

  Parameter bias() {
    return bias;
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public Shape outputShape() {
    return geometry.outputShape();
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }

  @Override
  public long multiplyAdds() {
    return geometry.multiplyAdds();
  }

  @Override
  public void forward(Engine engine, Tensor x, Tensor y) {
    Convolution.forward(engine, geometry, x, weight.value(), bias.value(), y); // y = x * W + b
  }

  @Override
  public void inputGradient(Engine engine, Tensor x, Tensor y, Tensor dy, Tensor dx) {
    Convolution.backwardData(engine, geometry, dy, weight.value(), dx); // dx = (dy / dx)' dy
  }

  @Override
  public void parameterGradients(Engine engine, Tensor x, Tensor dy, Into into) {
    Convolution.backwardWeights(
        engine, geometry, x, dy, weight.gradient(), bias.gradient(), into); // dW, db
  }
}
