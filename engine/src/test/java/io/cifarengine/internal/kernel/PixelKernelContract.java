// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cifarengine.testing.Draw;
import java.util.Arrays;

/**
 * What every {@link PixelKernel} keeps: the bits of the formula in the interface's comment for all levels, at every
 * offset and length up to the very ends of the arrays, and not an element outside the range.
 */
public final class PixelKernelContract {
  private static final int LEVELS = 256;
  private static final int[] LENGTHS = {
    0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 31, 32, 33, 47, 255, 256, 300
  };
  private static final int[] OFFSETS = {0, 1, 5, 16};
  private static final float OUTSIDE = -7f;

  private PixelKernelContract() {}

  /** Fails where the kernel breaks the contract. */
  public static void check(PixelKernel kernel) {
    for (int n : LENGTHS) {
      for (int offset : OFFSETS) {
        for (int behind : OFFSETS) {
          center(kernel, n, offset, behind);
        }
      }
    }
  }

  private static void center(PixelKernel kernel, int n, int offset, int behind) {
    byte[] x = levels(offset + n + behind);
    float[] mean = new Draw(n).uniform(offset + n);
    for (int i = 0; i < mean.length; i++) {
      mean[i] = i % 5 == 0 ? i : 128 + 100 * mean[i];
    }
    for (float scale : new float[] {1 / 255f, 100 / 255f, 0.7f}) {
      float[] y = outside(behind + n + offset);
      kernel.center(x, offset, mean, offset, scale, y, behind, n);
      for (int i = 0; i < y.length; i++) {
        boolean in = i >= behind && i < behind + n;
        int p = offset + i - behind;
        float expected = in ? (Byte.toUnsignedInt(x[p]) - mean[p]) * scale : OUTSIDE;
        assertSame(expected, y[i], "center " + n + " at " + i);
      }
    }
  }

  /** The bits: -0 is not +0. */
  private static void assertSame(float expected, float actual, String what) {
    assertEquals(Float.floatToRawIntBits(expected), Float.floatToRawIntBits(actual), what);
  }

  /** Every level, the last one first. */
  private static byte[] levels(int n) {
    byte[] x = new byte[n];
    for (int i = 0; i < n; i++) {
      x[i] = (byte) (LEVELS - 1 - i);
    }
    return x;
  }

  private static float[] outside(int n) {
    float[] y = new float[n];
    Arrays.fill(y, OUTSIDE);
    return y;
  }
}
