// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.internal.kernel.ElementwiseKernel;
import java.util.Arrays;

/** The one order of addition: 16 virtual lanes and a fixed tree. */
final class Lanes {
  /** How many there are. */
  static final int COUNT = ElementwiseKernel.SUM_LANES;

  private Lanes() {}

  /** The sum of n elements; {@code lanes} is scratch of {@link #COUNT} floats. */
  static float sum(float[] x, int at, int n, float[] lanes) {
    Arrays.fill(lanes, 0f);
    for (int i = 0; i < n; i++) {
      lanes[i % COUNT] += x[at + i];
    }
    return total(lanes);
  }

  /** The sum of the lanes, by the tree +8, +4, +2, +1; it overwrites them. */
  static float total(float[] lanes) {
    for (int half = COUNT / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        lanes[l] += lanes[l + half];
      }
    }
    return lanes[0];
  }
}
