// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import java.util.Arrays;

/** y = (x - mean) scale in double, rounded to float once, from a table of all levels for each channel. */
final class StandardizingReader implements PixelReader {
  /** The levels of a byte. Loaded, since C2 on JDK 17 takes seven times as long to make doubles of ints. */
  private static final double[] LEVELS = new double[256];

  static {
    Arrays.setAll(LEVELS, level -> level);
  }

  private final ImageBytes images;
  private final ChannelSums sums;
  private final Standardizing rule;
  private final float[] table = new float[LEVELS.length];

  StandardizingReader(ImageBytes images, ChannelSums sums, Standardizing rule) {
    this.images = images;
    this.sums = sums;
    this.rule = rule;
  }

  @Override
  public void read(int image, float[] target, int to) {
    int area = images.height() * images.width();
    for (int c = 0; c < images.channels(); c++) {
      int channel = image * images.channels() + c;
      fill(table, rule.mean(sums, channel), rule.scale(sums, channel));
      look(images.bytes(), images.at(image) + c * area, table, target, to + c * area, area);
    }
  }

  private static void fill(float[] table, double mean, double scale) {
    for (int level = 0; level < table.length; level++) {
      table[level] = (float) ((LEVELS[level] - mean) * scale);
    }
  }

  /** Static, as is fill: a loop over fields takes up to twice the time. */
  private static void look(byte[] x, int from, float[] table, float[] y, int to, int n) {
    for (int i = 0; i < n; i++) {
      y[to + i] = table[x[from + i] & 0xFF];
    }
  }
}
