// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import io.cifarengine.compute.Engine;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;

/** y = (x - mean[p]) k at pixel p, in float. */
record Centering(MeanImage mean, float k) implements PixelRule {
  @Override
  public void requireFits(Shape planar) {
    if (!planar.equals(mean.shape())) {
      throw new ShapeException(
          "normalization: expected a mean image of shape "
              + planar
              + ", found "
              + mean.shape()
              + "; take it from images of the same size");
    }
  }

  @Override
  public PixelReader reader(Engine engine, ImageBytes images, ChannelSums sums) {
    return new CenteringReader(engine, images, mean.levels(), k);
  }
}
