// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PixelsTest {
  private static final byte[] LEVELS = {0, 1, 127, (byte) 128, (byte) 255};

  @Test
  void bytesAreLevelsFrom0To255() {
    float[] y = {9, 9, 9, 9, 9, 9};
    try (Engine engine = Engine.withThreads(1)) {
      Pixels.center(engine, LEVELS, 2, new float[] {127, 127, 254}, 2, y, 1);
      assertArrayEquals(new float[] {9, 0, 2, 2, 9, 9}, y);
    }
  }

  @Test
  void bytesAreStandardizedFromTheirPlaceOn() {
    float[] y = {9, 9, 9, 9};
    try (Engine engine = Engine.withThreads(1)) {
      Pixels.standardize(engine, LEVELS, 3, 127.5, 2, y, 1, 2);
      assertArrayEquals(new float[] {9, 1, 255, 9}, y);
    }
  }

  @Test
  void nothingIsReadOrWrittenOutsideTheArrays() {
    float[] y = new float[5];
    float[] mean = new float[3];
    try (Engine engine = Engine.withThreads(1)) {
      assertThrows(
          IndexOutOfBoundsException.class, () -> Pixels.center(engine, LEVELS, 3, mean, 1, y, 0));
      assertThrows(
          IndexOutOfBoundsException.class, () -> Pixels.center(engine, LEVELS, 0, mean, 1, y, -1));
      for (int[] wrong : new int[][] {{3, 0, 3}, {-1, 0, 3}, {0, 3, 3}, {0, -1, 3}, {1, 1, -1}}) {
        assertThrows(
            IndexOutOfBoundsException.class,
            () -> Pixels.standardize(engine, LEVELS, wrong[0], 1, 1, y, wrong[1], wrong[2]));
      }
    }
    assertArrayEquals(new float[5], y);
  }
}
