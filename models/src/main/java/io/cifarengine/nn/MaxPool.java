// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.compute.PoolGeometry;
import io.cifarengine.compute.Pooling;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.util.List;

/**
 * y = the largest value of each window of x, with x (n, height, width, channels), y (n, outputHeight,
 * outputWidth, channels).
 */
final class MaxPool implements Layer {
  private static final String NAME = "maxpool";

  private final String description;
  private final PoolGeometry geometry;

  private MaxPool(String description, PoolGeometry geometry) {
    this.description = description;
    this.geometry = geometry;
  }

  /** The layer with windows of this size, so many pixels from one to the next. */
  static LayerFactory factory(int windowHeight, int windowWidth, int stride) {
    ImageLayers.requireAtLeast(1, windowHeight, NAME, "window height");
    ImageLayers.requireAtLeast(1, windowWidth, NAME, "window width");
    ImageLayers.requireAtLeast(1, stride, NAME, "stride");
    boolean sideBySide = stride == windowHeight && stride == windowWidth;
    String description =
        NAME
            + "("
            + windowHeight
            + "x"
            + windowWidth
            + (sideBySide ? "" : ", stride " + stride)
            + ")";
    return (name, input, randoms) -> {
      ImageLayers.requireImages(
          description, input, windowHeight, windowWidth, "take a smaller window or leave it out");
      return new MaxPool(description, PoolGeometry.of(input, windowHeight, windowWidth, stride));
    };
  }

  PoolGeometry geometry() {
    return geometry;
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
    return List.of();
  }

  @Override
  public void forward(Engine engine, Tensor x, Tensor y) {
    Pooling.maxForward(engine, geometry, x, y); // y = max x
  }

  @Override
  public void inputGradient(Engine engine, Tensor x, Tensor y, Tensor dy, Tensor dx) {
    Pooling.maxBackward(engine, geometry, x, y, dy, dx); // dx = dy at the first x = y
  }

  @Override
  public void parameterGradients(Engine engine, Tensor x, Tensor dy, Into into) {}
}
