// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.random;

/**
 * Philox 4x32-10: four random words as a pure function of a 128-bit counter and a 64-bit key.
 *
 * <p>Ten rounds, each of which multiplies two of the four words x by constants and mixes the halves
 * of the two 64-bit products with the other two words and the key:
 *
 * <pre>
 *   x0' = high(M1 x2) ^ x1 ^ k0     x1' = low(M1 x2)
 *   x2' = high(M0 x0) ^ x3 ^ k1     x3' = low(M0 x0)
 * </pre>
 *
 * after which the key moves on by (W0, W1). Different counters under one key never give the same
 * block; nearby counters and nearby keys give unrelated ones, so plain numbers serve as both.
 *
 * <p>The two pairs (x0, x1) and (x2, x3) are held as one long each, upper word first: a product is
 * then a new pair as it stands, and a round is two lines.
 *
 * <p>Source: J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, "Parallel random numbers: as
 * easy as 1, 2, 3", SC 2011.
 */
public final class Philox {
  private static final int ROUNDS = 10;
  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9; // the golden ratio's fraction, 2^32 (sqrt 5 - 1) / 2
  private static final int W1 = 0xBB67AE85; // 2^32 (sqrt 3 - 1)

  private Philox() {}

  /**
   * words = Philox(counter (c0, c1, c2, c3), key (k0, k1)): the whole block, written to the first
   * four elements of {@code words}. Allocates nothing.
   */
  public static void block(int c0, int c1, int c2, int c3, int k0, int k1, int[] words) {
    long a = pack(c0, c1);
    long b = pack(c2, c3);
    for (int round = 0; round < ROUNDS; round++) {
      long product = M0 * (a >>> 32);
      a = (M1 * (b >>> 32)) ^ ((a ^ k0) << 32); // x0' x1'
      b = product ^ ((b ^ k1) << 32); // x2' x3'
      k0 += W0;
      k1 += W1;
    }
    words[0] = (int) (a >>> 32);
    words[1] = (int) a;
    words[2] = (int) (b >>> 32);
    words[3] = (int) b;
  }

  /**
   * x0 2^32 + x1: the first half of the block of {@link #block}, for callers that want one value
   * and no array.
   */
  public static long pair(int c0, int c1, int c2, int c3, int k0, int k1) {
    long a = pack(c0, c1);
    long b = pack(c2, c3);
    for (int round = 0; round < ROUNDS; round++) {
      long product = M0 * (a >>> 32);
      a = (M1 * (b >>> 32)) ^ ((a ^ k0) << 32); // x0' x1'
      b = product ^ ((b ^ k1) << 32); // x2' x3'
      k0 += W0;
      k1 += W1;
    }
    return a;
  }

  private static long pack(int upper, int lower) {
    return (long) upper << 32 | (lower & 0xFFFF_FFFFL);
  }
}
