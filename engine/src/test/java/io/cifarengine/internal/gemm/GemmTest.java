// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.parallel.Workers;
import io.cifarengine.testing.Bits;
import io.cifarengine.testing.Draw;
import io.cifarengine.testing.Product;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Below the checks of MatMul: strides, starts and what lies behind C. */
class GemmTest {
  private static final int CANARIES = 64;
  private static final float CANARY = 0x1.5eedp+77f;
  private static final List<KernelSet> KERNELS =
      List.of(KernelSet.scalar("for the test"), KernelSet.chosen());

  /** m, n, k: tails of every tile, and products big enough for every worker. */
  private static final int[][] SIZES = {
    {1, 1, 1},
    {3, 5, 2},
    {5, 33, 7},
    {12, 32, 9},
    {13, 129, 1},
    {4, 31, 0},
    {97, 131, 61},
    {2, 1061, 300},
    {301, 19, 257},
    {29, 10, 1029}, // thin tiles, two blocks of k
    {15, 16, 4099}, // thin tiles, two groups of blocks
    {13, 1, 37},
    {31, 32, 64}, // thin tiles of two vectors of 512 bits
    {31, 27, 64}, // not whole ones
    {15, 17, 64}, // thin tiles of two vectors, not whole ones
    {15, 17, 65}, // just too deep
    {31, 33, 40}, // just too wide
    {14, 16, 40}, // just too few rows
    {259, 12, 64}, // A' B turned: columns of no whole vector
    {1152, 10, 101}, // and whole vectors, several strips
    {256, 1, 65},
    {512, 14, 64},
    {512, 15, 65}, // just too wide
    {255, 10, 65}, // just too few rows
    {256, 10, 63}, // just too shallow
    {7, 1280, 70}, // one tile of rows, B in place
    {168, 33, 1153}, // three stages
    {97, 20, 577}, // one tile too few for two
    {16, 900, 600}, // by rows, columns in more than one group
    {98, 256, 600}, // one thread packs a block of B at a time
    {725, 5, 33}, // A' in two blocks
  };

  private static float[] withCanaries(float[] values) {
    float[] c = Arrays.copyOf(values, values.length + CANARIES);
    Arrays.fill(c, values.length, c.length, CANARY);
    return c;
  }

  @Test
  void nothingBehindCIsWrittenAndNoInputChanges() {
    for (KernelSet kernels : KERNELS) {
      for (int threads = 1; threads <= 3; threads++) {
        try (Workers workers = new Workers(threads)) {
          Gemm gemm = new Gemm(workers, kernels);
          for (int[] size : SIZES) {
            checkCanaries(gemm, size[0], size[1], size[2], kernels.name() + ", threads " + threads);
          }
        }
      }
    }
  }

  /** One after another they meet every number of low tiles, which come before the high ones. */
  @Test
  void anyNumberOfRowsGoesThroughStages() {
    for (KernelSet kernels : KERNELS) {
      try (Workers workers = new Workers(2)) {
        Gemm gemm = new Gemm(workers, kernels);
        for (int m = 98; m <= 128; m++) {
          checkCanaries(gemm, m, 17, 577, kernels.name());
        }
      }
    }
  }

  private static void checkCanaries(Gemm gemm, int m, int n, int k, String where) {
    Draw draw = new Draw(m * 31L + n * 17L + k);
    // Exact lengths: a read behind an input fails by itself.
    float[] a = draw.uniform(m * k);
    float[] b = draw.uniform(k * n);
    float[] s = draw.uniform(m * n);
    float[] aT = Product.transposed(m, k, a);
    float[] bT = Product.transposed(k, n, b);
    float[] fromS = withCanaries(Product.chain(m, n, k, a, b, s, n));
    float[] fromRow = withCanaries(Product.chain(m, n, k, a, b, s, 0));
    String what = m + " x " + n + " x " + k + ", " + where;

    float[] c = withCanaries(s);
    gemm.multiply(m, n, k, a, k, 1, b, n, 1, c, n, c);
    Bits.assertSame(fromS, c, "A B on C, " + what);

    c = withCanaries(new float[m * n]);
    gemm.multiply(m, n, k, a, k, 1, bT, 1, k, s, n, c);
    Bits.assertSame(fromS, c, "A B' on another matrix, " + what);

    c = withCanaries(s);
    gemm.multiply(m, n, k, aT, 1, m, b, n, 1, c, n, c);
    Bits.assertSame(fromS, c, "A' B on C, " + what);

    c = withCanaries(new float[m * n]);
    gemm.multiply(m, n, k, aT, 1, m, bT, 1, k, s, 0, c);
    Bits.assertSame(fromRow, c, "A' B' on a row, " + what);

    Draw again = new Draw(m * 31L + n * 17L + k);
    Bits.assertSame(again.uniform(m * k), a, "A, " + what);
    Bits.assertSame(again.uniform(k * n), b, "B, " + what);
    Bits.assertSame(again.uniform(m * n), s, "S, " + what);
    Bits.assertSame(Product.transposed(m, k, a), aT, "A', " + what);
    Bits.assertSame(Product.transposed(k, n, b), bT, "B', " + what);
  }

  @Test
  void theZeroRowIsZeroAtEveryLength() {
    for (int n : new int[] {0, 1, 4096, 4097, 10_000}) {
      float[] zeros = Gemm.zeroRow(n);
      for (int j = 0; j < n; j++) {
        assertEquals(0, Float.floatToRawIntBits(zeros[j]));
      }
    }
  }

  /** The order of an element's chain cannot be seen in C; the packing of a stale panel could. */
  @Test
  void aSmallProductAfterALargeOneSeesNothingOfIt() {
    for (KernelSet kernels : KERNELS) {
      try (Workers workers = new Workers(2)) {
        Gemm gemm = new Gemm(workers, kernels);
        float[] nan = new float[96 * 300];
        Arrays.fill(nan, Float.NaN);
        float[] big = new float[96 * 96];
        gemm.multiply(96, 96, 300, nan, 300, 1, nan, 96, 1, big, 96, big);
        checkCanaries(gemm, 5, 7, 3, kernels.name() + " after NaN");
        checkCanaries(gemm, 14, 33, 17, kernels.name() + " after NaN");
      }
    }
  }
}
