// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

/** y = (x - mean[p]) k at pixel p. */
final class CenteringReader implements PixelReader {
  /** The bytes' values as floats. */
  private static final float[] LEVELS = levels();

  private final byte[] bytes;
  private final ImageBytes images;
  private final float[] mean;
  private final float k;
  private final int area;

  CenteringReader(ImageBytes images, float[] mean, float k) {
    this.images = images;
    this.mean = mean;
    this.k = k;
    bytes = images.bytes();
    area = images.height() * images.width();
  }

  private static float[] levels() {
    float[] levels = new float[256];
    for (int x = 0; x < levels.length; x++) {
      levels[x] = x;
    }
    return levels;
  }

  @Override
  public void planar(int image, float[] target, int to) {
    center(bytes, images.at(image), mean, k, target, to);
  }

  /** A whole image. Static, since a loop over fields runs at three quarters of the speed. */
  private static void center(byte[] x, int from, float[] mean, float k, float[] y, int to) {
    for (int p = 0; p < mean.length; p++) {
      y[to + p] = ((x[from + p] & 0xFF) - mean[p]) * k; // y = (x - mean[p]) k
    }
  }

  @Override
  public void interleaved(int image, float[] target, int to) {
    int channels = images.channels();
    for (int c = 0; c < channels; c++) {
      spread(images.at(image) + c * area, c * area, target, to + c, channels);
    }
  }

  /** One channel. C2 on JDK 17 converts ints three times slower in a loop with a variable step: hence LEVELS. */
  private void spread(int from, int plane, float[] target, int to, int step) {
    for (int i = 0; i < area; i++) {
      target[to + i * step] = (LEVELS[bytes[from + i] & 0xFF] - mean[plane + i]) * k;
    }
  }
}
