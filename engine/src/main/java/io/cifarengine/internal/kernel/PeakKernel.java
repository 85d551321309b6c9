// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/**
 * Nothing but fma: independent chains in registers, none of which waits for another or for memory. How
 * fast it runs is what the arithmetic of one core can do at most.
 */
public interface PeakKernel {
  /** Chains side by side, one float each: a pass is 2 {@code chains()} floating-point operations. */
  int chains();

  /** So many passes of {@code acc[i] = fma(x, y, acc[i])} for i &lt; {@link #chains()}. */
  void run(int passes, float x, float y, float[] acc);
}
