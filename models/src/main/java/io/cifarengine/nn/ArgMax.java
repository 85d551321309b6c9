// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

/** argmax x: the class that a network's outputs name. */
public final class ArgMax {
  private ArgMax() {}

  /**
   * Which of the n numbers from {@code x[at]} on is the largest, counted from 0; the first of equal
   * ones, and 0 where the first is not a number.
   */
  public static int of(float[] x, int at, int n) {
    int best = 0;
    for (int j = 1; j < n; j++) {
      if (x[at + j] > x[at + best]) {
        best = j;
      }
    }
    return best;
  }
}
