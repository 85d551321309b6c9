// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import io.cifarengine.compute.Engine;
import io.cifarengine.random.Randoms;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Small datasets of random bytes in which every image is a class of its own: label i is image i. */
final class Pictures {
  private Pictures() {}

  static ImageDataset random(int n, int channels, int height, int width) {
    int stride = 3 + channels * height * width; // pixels need not begin the record
    Randoms randoms = Randoms.seeded(n);
    byte[] bytes = new byte[n * stride];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) randoms.bits(i);
    }
    return of(bytes, n, stride, 3, channels, height, width);
  }

  /** One image with these pixels in its one channel. */
  static ImageDataset one(int... pixels) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) pixels[i];
    }
    return of(bytes, 1, bytes.length, 0, 1, 1, bytes.length);
  }

  private static ImageDataset of(
      byte[] bytes, int n, int stride, int first, int channels, int height, int width) {
    int[] labels = new int[n];
    Arrays.setAll(labels, i -> i);
    List<String> names = IntStream.range(0, n).mapToObj(Integer::toString).toList();
    return ImageDataset.of(
        new ImageBytes(bytes, stride, first, channels, height, width), labels, names);
  }

  /** The floats of one example. */
  static float[] read(Dataset dataset, int index) {
    float[] example = new float[dataset.exampleShape().size()];
    try (Engine engine = Engine.withThreads(1)) {
      dataset.reader(engine).read(index, example, 0);
    }
    return example;
  }
}
