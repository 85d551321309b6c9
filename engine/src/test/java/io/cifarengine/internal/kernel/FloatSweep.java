// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/** All floats in ascending order, by number: 0 is +0, 1 the smallest above it, -1 is -0. */
final class FloatSweep {
  static final long FIRST = -0x7f80_0001L; // -infinity
  static final long LAST = 0x7f80_0000L; // +infinity

  private FloatSweep() {}

  static float at(long number) {
    return Float.intBitsToFloat(number < 0 ? Integer.MIN_VALUE - (int) (number + 1) : (int) number);
  }

  static long numberOf(float x) {
    int bits = Float.floatToRawIntBits(x);
    return bits < 0 ? -(bits & Integer.MAX_VALUE) - 1L : bits;
  }
}
