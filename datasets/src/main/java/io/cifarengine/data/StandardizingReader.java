// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Pixels;

/** y = (x - mean) scale in double, rounded to float once, with a mean and a scale for each channel. */
record StandardizingReader(Engine engine, ImageBytes images, ChannelSums sums, Standardizing rule)
    implements PixelReader {
  @Override
  public void read(int image, float[] target, int to) {
    int area = images.height() * images.width();
    for (int c = 0; c < images.channels(); c++) {
      int channel = image * images.channels() + c;
      Pixels.standardize(
          engine,
          images.bytes(),
          images.at(image) + c * area,
          rule.mean(sums, channel),
          rule.scale(sums, channel),
          target,
          to + c * area,
          area);
    }
  }
}
