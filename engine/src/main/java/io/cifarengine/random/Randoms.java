// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.random;

/**
 * draw(index) = Philox(counter = index, key): an immutable source of random numbers in which every
 * draw is a pure function of a key and an index.
 *
 * <p>There is no state to advance. A draw never depends on which draws came before it, so any
 * thread may make it, a resumed run makes it again, and adding one draw somewhere moves none
 * elsewhere. Keys are derived by naming what the numbers are for:
 *
 * <pre>
 *   Randoms order = Randoms.seeded(42).stream("order");
 *   int[] batchOrder = order.stream(epoch).permutation(examples);
 * </pre>
 *
 * <p>Each index is one independent draw, to be used for one value: {@code uniformFloat(7)} and
 * {@code gaussian(7)} are made of the same bits. Results are the same on every JDK and CPU: integer
 * operations, exact scaling, square root and {@link StrictMath} only.
 *
 * <p>A key has 64 bits, so among n streams of one seed two coincide with probability about n^2 /
 * 2^65.
 */
public final class Randoms {
  // The last counter word says what a block is for, so that no draw repeats a derived key.
  private static final int FOR_DRAWS = 0;
  private static final int FOR_NUMBERED_STREAM = 1;
  private static final int FOR_NAMED_STREAM = 2;

  private static final double TO_UNIT_DOUBLE = 0x1p-53;
  private static final float TO_UNIT_FLOAT = 0x1p-24f;
  private static final double TWO_PI = 2 * Math.PI;

  private final int k0;
  private final int k1;

  private Randoms(long key) {
    k0 = (int) key;
    k1 = (int) (key >>> 32);
  }

  /** key = seed: the root source of a run. */
  public static Randoms seeded(long seed) {
    return new Randoms(seed);
  }

  /** The source numbered {@code id} under this one, for an epoch or an example. */
  public Randoms stream(long id) {
    return new Randoms(Philox.pair((int) id, (int) (id >>> 32), 0, FOR_NUMBERED_STREAM, k0, k1));
  }

  /** The source called {@code name} under this one, for a purpose: "order", "dropout". */
  public Randoms stream(String name) {
    long id = 0xCBF29CE484222325L; // FNV-1a over UTF-16 units
    for (int i = 0; i < name.length(); i++) {
      id = (id ^ name.charAt(i)) * 0x100000001B3L;
    }
    return new Randoms(Philox.pair((int) id, (int) (id >>> 32), 0, FOR_NAMED_STREAM, k0, k1));
  }

  /** 32 uniform bits. */
  public int bits(long index) {
    return (int) (pair(index, 0) >>> 32);
  }

  /**
   * 128 uniform bits, written to the first four elements of {@code words}, for filling arrays; the
   * first word is {@link #bits}.
   */
  public void block(long index, int[] words) {
    Philox.block((int) index, (int) (index >>> 32), 0, FOR_DRAWS, k0, k1, words);
  }

  /** m 2^-24 with m uniform in 0 .. 2^24 - 1: uniform in [0, 1). */
  public float uniformFloat(long index) {
    return (bits(index) >>> 8) * TO_UNIT_FLOAT;
  }

  /** m 2^-53 with m uniform in 0 .. 2^53 - 1: uniform in [0, 1). */
  public double uniformDouble(long index) {
    return unit(pair(index, 0));
  }

  /**
   * floor(bits bound / 2^32): uniform in 0 .. bound - 1, every value exactly equally likely.
   *
   * <p>The 2^32 words fall into {@code bound} intervals, of which some are one word longer; the
   * surplus words are recognised by the low half of the product and drawn again, under the same
   * index (D. Lemire, "Fast random integer generation in an interval", 2019).
   *
   * @throws IllegalArgumentException if {@code bound} is not positive
   */
  public int below(int bound, long index) {
    if (bound <= 0) {
      throw new IllegalArgumentException("below: the bound must be positive: " + bound);
    }
    int surplus = Integer.remainderUnsigned(-bound, bound); // 2^32 mod bound
    int attempt = 0;
    long product = (pair(index, attempt) >>> 32) * bound;
    while (Integer.compareUnsigned((int) product, surplus) < 0) {
      attempt++;
      product = (pair(index, attempt) >>> 32) * bound;
    }
    return (int) (product >>> 32);
  }

  /**
   * sqrt(-2 ln u) cos(2 pi v), with u uniform in (0, 1] and v in [0, 1): normal with mean 0 and
   * variance 1 (Box and Muller, 1958). At most 8.58 in magnitude, since u has 53 bits.
   */
  public double gaussian(long index) {
    double u = 1 - unit(pair(index, 0));
    double v = unit(pair(index, 1));
    return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(TWO_PI * v);
  }

  /**
   * The numbers 0 .. n - 1 in random order, every order equally likely up to the 64 bits of the
   * key (Fisher and Yates; Durstenfeld, 1964).
   *
   * @throws IllegalArgumentException if n is negative
   */
  public int[] permutation(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("permutation: the length must not be negative: " + n);
    }
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int last = n - 1; last > 0; last--) {
      int chosen = below(last + 1, last);
      int kept = order[chosen];
      order[chosen] = order[last];
      order[last] = kept;
    }
    return order;
  }

  /** The first half of the block at an index; {@code attempt} tells its several blocks apart. */
  private long pair(long index, int attempt) {
    return Philox.pair((int) index, (int) (index >>> 32), attempt, FOR_DRAWS, k0, k1);
  }

  private static double unit(long pair) {
    return (pair >>> 11) * TO_UNIT_DOUBLE;
  }
}
