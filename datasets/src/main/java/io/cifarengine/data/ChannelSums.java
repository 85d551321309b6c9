// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

/**
 * The sum and the sum of squares of every channel of every image, as integers, so that mean and
 * variance come without cancellation. Computed once: every epoch needs them.
 */
final class ChannelSums {
  private final int area;
  private final long[] sums;
  private final long[] squares;

  ChannelSums(ImageBytes images, int count) {
    area = images.height() * images.width();
    int channels = images.channels();
    sums = new long[count * channels];
    squares = new long[count * channels];
    for (int i = 0; i < sums.length; i++) {
      add(images.bytes(), images.at(i / channels) + i % channels * area, i);
    }
  }

  private void add(byte[] bytes, int from, int channel) {
    long sum = 0;
    long square = 0;
    for (int i = from; i < from + area; i++) {
      int value = bytes[i] & 0xFF;
      sum += value;
      square += (long) value * value;
    }
    sums[channel] = sum;
    squares[channel] = square;
  }

  /** The mean of a channel; channels are counted through all images. */
  double mean(int channel) {
    return (double) sums[channel] / area;
  }

  /** The population standard deviation of a channel, exactly 0 where it is constant. */
  double deviation(int channel) {
    long scaledVariance = area * squares[channel] - sums[channel] * sums[channel];
    return Math.sqrt((double) scaledVariance) / area;
  }
}
