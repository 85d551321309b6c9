// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.gemm;

/** Where packed panels lie: an array that only grows, so that repeated products allocate nothing. */
final class Arena {
  /**
   * A {@code float[]} has a header of 16 bytes and G1 puts a large one at the start of a region, so
   * element 12 of a large array lies on a 64-byte line: no vector of a panel crosses two lines.
   */
  static final int FIRST = 12;

  private float[] data = new float[0];

  /** An array with room for that many floats from {@link #FIRST} on. */
  float[] atLeast(int floats) {
    if (data.length < FIRST + floats) {
      data = new float[FIRST + floats + floats / 4];
    }
    return data;
  }
}
