// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

/** y = table[x], with a table that is filled anew for every channel of every image. */
final class TableReader implements PixelReader {
  private final byte[] bytes;
  private final ImageBytes images;
  private final ChannelSums sums;
  private final ChannelTable rule;
  private final int area;
  private final float[] table = new float[ChannelTable.VALUES];

  TableReader(ImageBytes images, ChannelSums sums, ChannelTable rule) {
    this.images = images;
    this.sums = sums;
    this.rule = rule;
    bytes = images.bytes();
    area = images.height() * images.width();
  }

  @Override
  public void planar(int image, float[] target, int to) {
    for (int c = 0; c < images.channels(); c++) {
      rule.fill(sums, image * images.channels() + c, table);
      copy(images.at(image) + c * area, area, target, to + c * area);
    }
  }

  @Override
  public void interleaved(int image, float[] target, int to) {
    for (int c = 0; c < images.channels(); c++) {
      rule.fill(sums, image * images.channels() + c, table);
      spread(images.at(image) + c * area, area, target, to + c, images.channels());
    }
  }

  private void copy(int from, int n, float[] target, int to) {
    for (int i = 0; i < n; i++) {
      target[to + i] = table[bytes[from + i] & 0xFF];
    }
  }

  private void spread(int from, int n, float[] target, int to, int step) {
    for (int i = 0; i < n; i++) {
      target[to + i * step] = table[bytes[from + i] & 0xFF];
    }
  }
}
