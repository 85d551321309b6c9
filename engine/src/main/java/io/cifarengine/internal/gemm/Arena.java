// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.gemm;

import io.cifarengine.internal.kernel.GemmKernel;

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

  /** The most that one array holds, on every JVM. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private float[] data = new float[0];

  /**
   * An array with room for that many floats from {@link #FIRST} on. {@link GemmKernel#SLACK} more are readable, since a
   * tile at the end of a matrix reads as many rows as any other.
   *
   * @throws OutOfMemoryError where no array is that large
   */
  public float[] atLeast(long floats) {
    long needed = FIRST + floats + GemmKernel.SLACK;
    if (needed > MOST) {
      throw new OutOfMemoryError(
          "scratch memory of " + floats + " floats: more than one array holds");
    }
    if (data.length < needed) {
      data = new float[(int) Math.max(LEAST, Math.min(MOST, needed + needed / 4))];
    }
    return data;
  }
}
