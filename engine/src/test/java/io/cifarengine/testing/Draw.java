// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.testing;

import java.util.Random;

/**
 * Test data from a seed. {@link Random} is specified to the last bit, so equal seeds give equal data
 * on every JDK.
 */
public final class Draw {
  /** New in every run, so that the suite meets new data, unless {@code -Dtests.seed=HEX} fixes it. */
  public static final long SEED = seed();

  private static final float[] SPECIALS = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Math.nextDown(Float.MIN_NORMAL),
    -Math.nextDown(Float.MIN_NORMAL),
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    0x1p-75f,
    0x1p63f
  };

  private final Random random;

  /** Data that depends on this seed alone. */
  public Draw(long seed) {
    random = new Random(seed);
  }

  private static long seed() {
    String given = System.getProperty("tests.seed");
    return given == null ? new Random().nextLong() : Long.parseUnsignedLong(given, 16);
  }

  /** Data of case number {@code index} of this run. */
  public static Draw ofCase(int index) {
    return new Draw(SEED + index * 0x9E3779B97F4A7C15L);
  }

  /** How to get the data of this run again. */
  public static String replay() {
    return "replay with -Dtests.seed=" + Long.toHexString(SEED);
  }

  /** Evenly in [0, 1). */
  public double uniform() {
    return random.nextDouble();
  }

  /** An integer in [0, n). */
  public int below(int n) {
    return random.nextInt(n);
  }

  /** n multiples of 2^-23 in [-1, 1): no product of two underflows. */
  public float[] uniform(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = 2 * random.nextFloat() - 1;
    }
    return x;
  }

  /** n integers in [-8, 8]: sums of up to 2^18 products are exact in float. */
  public float[] integers(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextInt(17) - 8;
    }
    return x;
  }

  /** n floats of any bits. */
  public float[] anyBits(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = Float.intBitsToFloat(random.nextInt());
    }
    return x;
  }

  /** n floats, most of them in [-1, 1), one in {@code every} a zero, denormal, infinity or NaN. */
  public float[] withSpecials(int n, int every) {
    float[] x = uniform(n);
    for (int i = 0; i < n; i++) {
      if (random.nextInt(every) == 0) {
        x[i] = SPECIALS[random.nextInt(SPECIALS.length)];
      }
    }
    return x;
  }

  /** Every pair of specials: first the left sides, then the right sides. */
  public static float[][] pairsOfSpecials() {
    int n = SPECIALS.length;
    float[][] pairs = new float[2][n * n];
    for (int i = 0; i < n * n; i++) {
      pairs[0][i] = SPECIALS[i / n];
      pairs[1][i] = SPECIALS[i % n];
    }
    return pairs;
  }
}
