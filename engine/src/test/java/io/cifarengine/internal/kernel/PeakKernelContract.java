// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import io.cifarengine.testing.Bits;
import io.cifarengine.testing.Draw;

/**
 * What every {@link PeakKernel} keeps: the bits of its chains by {@code Math.fma}, as many passes as asked
 * for, and not an element behind them. A plain class, so that a JVM of another vector width can run it
 * too.
 */
public final class PeakKernelContract {
  private static final int BEHIND = 7;

  private PeakKernelContract() {}

  /** Fails where the kernel breaks the contract. */
  public static void check(PeakKernel kernel) {
    for (int passes : new int[] {0, 1, 2, 3, 17, 1000}) {
      Draw draw = Draw.ofCase(passes);
      float[] factors = draw.uniform(2);
      float[] acc = draw.uniform(kernel.chains() + BEHIND);
      float[] expected = acc.clone();
      for (int i = 0; i < kernel.chains(); i++) {
        for (int pass = 0; pass < passes; pass++) {
          expected[i] = Math.fma(factors[0], factors[1], expected[i]);
        }
      }
      kernel.run(passes, factors[0], factors[1], acc);
      Bits.assertSame(expected, acc, passes + " passes; " + Draw.replay());
    }
  }
}
