// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

/** Pixel after pixel, the channels of each side by side, what another reader gives channel after channel. */
final class InterleavingReader implements PixelReader {
  private final PixelReader planar;
  private final int channels;
  private final float[] image;

  InterleavingReader(PixelReader planar, ImageBytes images) {
    this.planar = planar;
    channels = images.channels();
    image = new float[images.size()];
  }

  @Override
  public void read(int index, float[] target, int to) {
    planar.read(index, image, 0);
    int area = image.length / channels;
    for (int c = 0; c < channels; c++) {
      spread(image, c * area, area, target, to + c, channels);
    }
  }

  private static void spread(float[] from, int at, int n, float[] target, int to, int step) {
    for (int i = 0; i < n; i++) {
      target[to + i * step] = from[at + i];
    }
  }
}
