// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import java.util.Arrays;

/** Rules that are a table of the 256 values of a byte for each channel of each image. */
enum ChannelTable implements PixelRule {
  /** y = x / 255. */
  UNIT {
    @Override
    void fill(ChannelSums sums, int channel, float[] table) {
      for (int value = 0; value < VALUES; value++) {
        table[value] = (float) (value / 255.0);
      }
    }
  },

  /** y = (x - mean) / deviation of the image's own channel; a constant channel gives zeros. */
  Z_SCORE {
    @Override
    void fill(ChannelSums sums, int channel, float[] table) {
      double deviation = sums.deviation(channel);
      if (deviation == 0) {
        Arrays.fill(table, 0f);
        return;
      }
      double mean = sums.mean(channel);
      double inverse = 1 / deviation; // in double, so that the float is the quotient's all the same
      for (int value = 0; value < VALUES; value++) {
        table[value] = (float) ((value - mean) * inverse);
      }
    }
  };

  /** How many values a byte has. */
  static final int VALUES = 256;

  /** Fills {@code table[value]} for one channel of one image, counted through all images. */
  abstract void fill(ChannelSums sums, int channel, float[] table);

  @Override
  public PixelReader reader(ImageBytes images, ChannelSums sums) {
    return new TableReader(images, sums, this);
  }
}
