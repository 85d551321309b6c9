// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import java.util.Arrays;

/** The one order of addition: 16 virtual lanes and a fixed tree. */
final class Lanes {
  /** Lanes of the widest vector, so that no width needs another order. */
  static final int COUNT = 16;

  private Lanes() {}

  /** The sum of n elements; {@code lanes} is scratch of {@link #COUNT} floats. */
  static float sum(float[] x, int at, int n, float[] lanes) {
    Arrays.fill(lanes, 0f);
    for (int i = 0; i < n; i++) {
      lanes[i % COUNT] += x[at + i];
    }
    for (int half = COUNT / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        lanes[l] += lanes[l + half];
      }
    }
    return lanes[0];
  }
}
