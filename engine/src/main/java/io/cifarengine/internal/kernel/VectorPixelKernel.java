// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Bytes, a vector of their floats at a time. No vector of bytes is narrower than eight: those behind the floats'
 * number are read and not used, so that the last pixels go through the scalar twin.
 *
 * <p>No vectors of doubles, whose floats would be vectors of half the width: with a second class of {@link
 * FloatVector} in its profile C2 on JDK 17 takes the vectors of matrix products from the heap.
 */
final class VectorPixelKernel implements PixelKernel {
  private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
  private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  private static final VectorSpecies<Byte> BYTES = bytes(FLOATS.length());

  /** What makes a byte of 0 to 255 of an int of -128 to 127. */
  private static final int UNSIGNED = 0xFF;

  private static VectorSpecies<Byte> bytes(int atLeast) {
    return atLeast <= ByteVector.SPECIES_64.length()
        ? ByteVector.SPECIES_64
        : ByteVector.SPECIES_128;
  }

  @Override
  public void center(
      byte[] x, int xAt, float[] mean, int meanAt, float scale, float[] y, int yAt, int n) {
    FloatVector scales = FloatVector.broadcast(FLOATS, scale);
    int i = 0;
    for (; i <= n - BYTES.length(); i += FLOATS.length()) {
      ByteVector bytes = ByteVector.fromArray(BYTES, x, xAt + i);
      IntVector levels = ((IntVector) bytes.castShape(INTS, 0)).and(UNSIGNED);
      FloatVector means = FloatVector.fromArray(FLOATS, mean, meanAt + i);
      ((FloatVector) levels.castShape(FLOATS, 0)).sub(means).mul(scales).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = ScalarPixelKernel.centered(x[xAt + i], mean[meanAt + i], scale);
    }
  }
}
