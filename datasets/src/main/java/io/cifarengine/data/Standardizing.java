// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import io.cifarengine.compute.Engine;

/** Rules with a mean and a scale for each channel of each image: y = (x - mean) scale. */
enum Standardizing implements PixelRule {
  /** y = x / 255: for all 256 levels the float of the product with 1 / 255 is that of the quotient. */
  UNIT {
    @Override
    double mean(ChannelSums sums, int channel) {
      return 0;
    }

    @Override
    double scale(ChannelSums sums, int channel) {
      return 1 / 255.0;
    }
  },

  /** y = (x - mean) / deviation of the image's own channel; a constant channel gives zeros. */
  Z_SCORE {
    @Override
    double mean(ChannelSums sums, int channel) {
      return sums.mean(channel);
    }

    @Override
    double scale(ChannelSums sums, int channel) {
      double deviation = sums.deviation(channel);
      return deviation == 0 ? 0 : 1 / deviation;
    }
  };

  /** What is taken away from one channel of one image, counted through all images. */
  abstract double mean(ChannelSums sums, int channel);

  /** What the rest is multiplied by. */
  abstract double scale(ChannelSums sums, int channel);

  @Override
  public PixelReader reader(Engine engine, ImageBytes images, ChannelSums sums) {
    return new StandardizingReader(engine, images, sums, this);
  }
}
