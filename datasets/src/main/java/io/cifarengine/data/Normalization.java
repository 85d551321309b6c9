// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

/** How bytes become floats. */
public enum Normalization {
  /** y = x / 255. */
  UNIT {
    @Override
    void fillTable(byte[] pixels, int at, int n, float[] table, int tableAt) {
      for (int value = 0; value < VALUES; value++) {
        table[tableAt + value] = (float) (value / 255.0);
      }
    }
  },

  /**
   * y = (x - mean) / deviation, with the mean and the population standard deviation of the image's own
   * channel; a constant channel gives zeros.
   */
  Z_SCORE {
    @Override
    void fillTable(byte[] pixels, int at, int n, float[] table, int tableAt) {
      long sum = 0;
      long squares = 0;
      for (int i = at; i < at + n; i++) {
        int value = pixels[i] & 0xFF;
        sum += value;
        squares += (long) value * value;
      }
      // n^2 times the variance, exactly: no cancellation however small the deviation is.
      long scaledVariance = n * squares - sum * sum;
      double mean = (double) sum / n;
      double deviation = Math.sqrt((double) scaledVariance) / n;
      for (int value = 0; value < VALUES; value++) {
        table[tableAt + value] = scaledVariance == 0 ? 0f : (float) ((value - mean) / deviation);
      }
    }
  };

  /** How many values a byte has: the size of one channel's table. */
  static final int VALUES = 256;

  /** Fills {@code table[tableAt + value]} for the n pixels of one channel that begin at {@code at}. */
  abstract void fillTable(byte[] pixels, int at, int n, float[] table, int tableAt);
}
