// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.random;

/**
 * x(k+624) = x(k+397) ^ (upper bit of x(k), lower 31 bits of x(k+1)) A: the MT19937 generator as
 * NumPy's legacy {@code numpy.random.seed} and {@code numpy.random.random} run it.
 *
 * <p>It is here only to repeat the initial weights of the CIFAR-100 study, which came from that
 * stream; everything else draws from {@link Randoms}. Not safe for use by several threads.
 *
 * <p>Source: M. Matsumoto and T. Nishimura, "Mersenne Twister", ACM TOMACS 8 (1), 1998, with the
 * seeding of their revision of 2002.
 */
public final class MersenneTwister {
  private static final int N = 624; // words of state
  private static final int M = 397; // distance of the word that is mixed in
  private static final int UPPER = 0x8000_0000;
  private static final int LOWER = 0x7FFF_FFFF;
  private static final int A = 0x9908_B0DF; // the twist's matrix: its last row

  private final int[] state = new int[N];
  private int next = N; // N: the state is used up

  /** x(i) = 1812433253 (x(i-1) ^ x(i-1) >>> 30) + i from x(0) = seed, a 32-bit number. */
  public MersenneTwister(int seed) {
    state[0] = seed;
    for (int i = 1; i < N; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /** The next 32 bits. */
  public int nextInt() {
    if (next == N) {
      twist();
      next = 0;
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9D2C_5680;
    y ^= (y << 15) & 0xEFC6_0000;
    return y ^ (y >>> 18);
  }

  /** (a 2^26 + b) 2^-53 with a the upper 27 bits of one word and b the upper 26 of the next. */
  public double nextDouble() {
    int a = nextInt() >>> 5;
    int b = nextInt() >>> 6;
    return (((long) a << 26) + b) * 0x1p-53;
  }

  /** Replaces all N words in place; indices wrap around, so late words read early, new ones. */
  private void twist() {
    for (int k = 0; k < N; k++) {
      int joined = (state[k] & UPPER) | (state[(k + 1) % N] & LOWER);
      int twisted = (joined >>> 1) ^ ((joined & 1) == 0 ? 0 : A);
      state[k] = state[(k + M) % N] ^ twisted;
    }
  }
}
