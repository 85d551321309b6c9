// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
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

  /** A mean that is a multiple of 2^-16 has a difference to every level that is a float. */
  private static final double GRID = 1 << 16;

  /**
   * With scales up to it, and down to its inverse, no y that is not 0 is below 2^-36, and the square of a difference
   * of two of them not below the normal floats.
   */
  private static final double MODERATE = 0x1p20;

  /** More than all roundings before the last one may change y, in parts of y: 2^-47 (1.6 + 1 + terms of second order). */
  private static final float DOUBT = 0x1p-45f;

  private static VectorSpecies<Byte> bytes(int atLeast) {
    return atLeast <= ByteVector.SPECIES_64.length()
        ? ByteVector.SPECIES_64
        : ByteVector.SPECIES_128;
  }

  @Override
  public void center(byte[] x, int xAt, float[] mean, float scale, float[] y, int yAt, int n) {
    FloatVector scales = FloatVector.broadcast(FLOATS, scale);
    int i = 0;
    for (; i <= n - BYTES.length(); i += FLOATS.length()) {
      ByteVector bytes = ByteVector.fromArray(BYTES, x, xAt + i);
      IntVector levels = ((IntVector) bytes.castShape(INTS, 0)).and(UNSIGNED);
      FloatVector means = FloatVector.fromArray(FLOATS, mean, i);
      ((FloatVector) levels.castShape(FLOATS, 0)).sub(means).mul(scales).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = ScalarPixelKernel.centered(x[xAt + i], mean[i], scale);
    }
  }

  @Override
  public void standardize(byte[] x, int xAt, double mean, double scale, float[] y, int yAt, int n) {
    float high = (float) scale;
    boolean moderate = scale >= 1 / MODERATE && scale <= MODERATE;
    boolean exact = mean >= 0 && mean <= UNSIGNED && mean * GRID == Math.rint(mean * GRID);
    int done =
        exact && moderate
            ? inFloats(x, xAt, (float) mean, high, (float) (scale - high), y, yAt, n)
            : 0;
    for (int i = done; i < n; i++) {
      y[yAt + i] = ScalarPixelKernel.standardized(x[xAt + i], mean, scale);
    }
  }

  /**
   * y = (x - mean) (high + low), where the difference is exact, to about 2^-46 and then rounded to float. Where all values that close
   * round to the same float, that is what double arithmetic gives (Ziv's test, ACM TOMS 17, 1991); about one level in a
   * million does not pass.
   *
   * @return how many pixels are done: as many as fill vectors, or none where one does not pass
   */
  private static int inFloats(
      byte[] x, int xAt, float mean, float high, float low, float[] y, int yAt, int n) {
    FloatVector means = FloatVector.broadcast(FLOATS, mean);
    FloatVector highs = FloatVector.broadcast(FLOATS, high);
    FloatVector minusHighs = FloatVector.broadcast(FLOATS, -high);
    FloatVector lows = FloatVector.broadcast(FLOATS, low);
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector doubted = zero;
    int i = 0;
    for (; i <= n - BYTES.length(); i += FLOATS.length()) {
      ByteVector bytes = ByteVector.fromArray(BYTES, x, xAt + i);
      IntVector levels = ((IntVector) bytes.castShape(INTS, 0)).and(UNSIGNED);
      FloatVector difference = ((FloatVector) levels.castShape(FLOATS, 0)).sub(means);
      FloatVector minusProduct = difference.mul(minusHighs);
      FloatVector rest = difference.fma(lows, difference.fma(highs, minusProduct));
      FloatVector doubt = minusProduct.mul(DOUBT);
      FloatVector one = rest.add(doubt).sub(minusProduct);
      FloatVector other = rest.sub(doubt).sub(minusProduct);
      one.intoArray(y, yAt + i);
      FloatVector apart = one.sub(other);
      doubted = apart.fma(apart, doubted);
    }
    return doubted.compare(VectorOperators.EQ, zero).allTrue() ? i : 0;
  }
}
