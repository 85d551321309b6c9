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
  private static final int ROUNDINGS = 20_000;

  private PixelKernelContract() {}

  /** Fails where the kernel breaks the contract. */
  public static void check(PixelKernel kernel) {
    for (int n : LENGTHS) {
      for (int offset : OFFSETS) {
        for (int behind : OFFSETS) {
          center(kernel, n, offset, behind);
          standardize(kernel, n, offset, behind);
        }
      }
    }
    roundings(kernel);
  }

  /** Means that are multiples of 2^-16 and that are not, scales that are moderate and that are not. */
  private static void standardize(PixelKernel kernel, int n, int offset, int behind) {
    byte[] x = levels(offset + n + behind);
    for (double mean : new double[] {0, 127, 255, 120.7109375, 120.7, 300, -1, Double.MIN_VALUE}) {
      for (double scale :
          new double[] {
            1 / 63.7, 1 / 255.0, 0, 1, 0x1p20, 0x1p-20, 1e7, 1e-7, 1e38, 1e-44, 1e-200, -2
          }) {
        float[] y = outside(behind + n + offset);
        kernel.standardize(x, offset, mean, scale, y, behind, n);
        for (int i = 0; i < y.length; i++) {
          boolean in = i >= behind && i < behind + n;
          int p = offset + i - behind;
          float expected = in ? (float) ((Byte.toUnsignedInt(x[p]) - mean) * scale) : OUTSIDE;
          assertSame(expected, y[i], "standardize " + mean + " " + scale + " at " + i);
        }
      }
    }
  }

  /**
   * Scales that bring a product within 2^-53 to 2^-20 of the middle of two floats, on both sides and right to it, where
   * only double arithmetic knows which float is meant.
   */
  private static void roundings(PixelKernel kernel) {
    byte[] x = levels(LEVELS);
    float[] y = new float[LEVELS];
    Draw draw = new Draw(5);
    for (int round = 0; round < ROUNDINGS; round++) {
      double mean = (int) (draw.uniform(1)[0] * 1024) / 1024.0 + 128;
      int level = round % LEVELS;
      double difference = level - mean;
      if (difference != 0) {
        float near = draw.uniform(1)[0];
        double middle = near + 0.5 * (Math.nextUp(near) - (double) near);
        double off = (round / LEVELS % 3 - 1) * Math.scalb(middle, -20 - round % 34);
        double scale = Math.abs((middle + off) / difference);
        kernel.standardize(x, 0, mean, scale, y, 0, LEVELS);
        for (int i = 0; i < LEVELS; i++) {
          float expected = (float) ((Byte.toUnsignedInt(x[i]) - mean) * scale);
          assertSame(expected, y[i], "rounding " + mean + " " + scale + " at " + i);
        }
      }
    }
  }

  private static void center(PixelKernel kernel, int n, int offset, int behind) {
    byte[] x = levels(offset + n + behind);
    float[] mean = new Draw(n).uniform(n);
    for (int i = 0; i < mean.length; i++) {
      mean[i] = i % 5 == 0 ? i : 128 + 100 * mean[i];
    }
    for (float scale : new float[] {1 / 255f, 100 / 255f, 0.7f}) {
      float[] y = outside(behind + n + offset);
      kernel.center(x, offset, mean, scale, y, behind, n);
      for (int i = 0; i < y.length; i++) {
        boolean in = i >= behind && i < behind + n;
        int p = offset + i - behind;
        float expected = in ? (Byte.toUnsignedInt(x[p]) - mean[i - behind]) * scale : OUTSIDE;
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
