// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import java.util.Arrays;

/** How bytes become floats: by a table of the 256 values of a byte for each channel of each image. */
public enum Normalization {
  /** y = x / 255. */
  UNIT {
    @Override
    void fillTable(ChannelSums sums, int channel, float[] table, int at) {
      for (int value = 0; value < VALUES; value++) {
        table[at + value] = (float) (value / 255.0);
      }
    }
  },

  /**
   * y = (x - mean) / deviation, with the mean and the population standard deviation of the image's own
   * channel; a constant channel gives zeros.
   */
  Z_SCORE {
    @Override
    void fillTable(ChannelSums sums, int channel, float[] table, int at) {
      double deviation = sums.deviation(channel);
      if (deviation == 0) {
        Arrays.fill(table, at, at + VALUES, 0f);
        return;
      }
      double mean = sums.mean(channel);
      double inverse = 1 / deviation; // in double, so that the float is the quotient's all the same
      for (int value = 0; value < VALUES; value++) {
        table[at + value] = (float) ((value - mean) * inverse);
      }
    }
  };

  /** How many values a byte has: the size of one channel's table. */
  static final int VALUES = 256;

  /** Fills {@code table[at + value]} for one channel of one image, counted through all images. */
  abstract void fillTable(ChannelSums sums, int channel, float[] table, int at);
}
