// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Expected values: NumPy's {@code MT19937._legacy_seeding} and {@code RandomState.random}. */
final class MersenneTwisterTest {
  @Test
  void repeatsNumPysWordsForSeed0() {
    assertWords(
        0,
        0x8c7f0aac,
        0x97c4aa2f,
        0xb716a675,
        0x259e4b8c,
        0xe2031ce4,
        0x145b8f3a,
        0x4028cf81,
        0x44463f17,
        0xf9e9ecc8,
        0x90668580);
  }

  @Test
  void repeatsNumPysWordsForSeed1() {
    assertWords(
        1,
        0x6ac1f425,
        0xff4780eb,
        0xb8672f8c,
        0xe8dddfb4,
        0x7792e739,
        0x41d28138,
        0x37fb9a4e,
        0x72d7f133,
        0xc11a31c7,
        0xe73a2770);
  }

  @Test
  void repeatsNumPysWordsForSeed42() {
    assertWords(
        42,
        0x5fe1dc66,
        0xcbea3db3,
        0xf362035c,
        0x1415b7b6,
        0x40386559,
        0x067d62e4,
        0x2f307dd9,
        0x3c72220d,
        0x9e45f1d9,
        0xc28c701b);
  }

  @Test
  void repeatsNumPysWordsForSeed5489() {
    assertWords(
        5489,
        0xd091bb5c,
        0x22ae9ef6,
        0xe7e1faee,
        0x84c2a353,
        0xefa14dff,
        0xf914dc58,
        0x246858c1,
        0x974a05c7,
        0x155f212f,
        0x919c523d);
  }

  @Test
  void takesANegativeSeedAsAnUnsignedNumber() {
    assertEquals(0x18fe69a3, new MersenneTwister(-1).nextInt()); // NumPy's seed 4294967295
  }

  @Test
  void repeatsNumPysDoublesForSeed42() {
    assertEquals(0.3745401188473625, new MersenneTwister(42).nextDouble());
    assertDoubles(
        42,
        0x3fd7f8771e5f51ecL,
        0x3fee6c4068bbd654L,
        0x3fe76c7e8f1e6751L,
        0x3fb415b7a8070ca8L,
        0x3f99f58b97983ee0L,
        0x3fdf026cb1e39110L,
        0x3fe3c8be3b0a31c0L,
        0x3fdc8b5bcc2b9faeL);
  }

  @Test
  void repeatsNumPysDoublesForSeed0() {
    assertDoubles(
        0,
        0x3fe18fe1565f12a8L,
        0x3fe6e2d4cf608733L,
        0x3fe349d66b6e894bL,
        0x3fc2cf25ce2031ccL,
        0x3fb45b8f280519f0L,
        0x3fea0489891118fcL,
        0x3fef3d3d9a419a16L,
        0x3fe5ab23e79781c2L);
  }

  @Test
  void repeatsNumPysDoublesForSeed1() {
    assertDoubles(
        1,
        0x3fdab07d0ffa3c06L,
        0x3fe70ce5f3baf051L,
        0x3f1dfb906661c000L,
        0x3fed1bbbf5de4b9cL,
        0x3fd074a049bfdcd2L,
        0x3fe49acb09cb5fc4L,
        0x3fe823463b9ce89dL,
        0x3fe8c8848c20f7e2L);
  }

  @Test
  void repeatsNumPysDoublesForSeed5489() {
    assertDoubles(
        5489,
        0x3fea1237688aba7bL,
        0x3fecfc3f5f570c7dL,
        0x3fc0411a9f807b7cL,
        0x3fe098546bbe8537L,
        0x3fef229b8891a163L,
        0x3fe553481a5d2817L,
        0x3fb55f2132338a40L,
        0x3febbc6a47ad8cd7L);
  }

  /** The words at these places: the first state's ends, and those of the second, and the third. */
  private static void assertWords(int seed, int... expected) {
    assertPlaces(new int[] {0, 1, 2, 622, 623, 624, 625, 1247, 1248, 1249}, expected, seed);
  }

  private static void assertPlaces(int[] places, int[] expected, int seed) {
    var twister = new MersenneTwister(seed);
    int drawn = 0;
    for (int p = 0; p < places.length; p++) {
      int word = 0;
      for (; drawn <= places[p]; drawn++) {
        word = twister.nextInt();
      }
      int place = places[p];
      assertEquals(
          Integer.toHexString(expected[p]), Integer.toHexString(word), () -> "word " + place);
    }
  }

  private static void assertDoubles(int seed, long... expected) {
    int[] places = {0, 1, 2, 311, 312, 623, 624, 999};
    var twister = new MersenneTwister(seed);
    int drawn = 0;
    for (int p = 0; p < places.length; p++) {
      double value = 0;
      for (; drawn <= places[p]; drawn++) {
        value = twister.nextDouble();
      }
      int place = places[p];
      assertEquals(
          Long.toHexString(expected[p]),
          Long.toHexString(Double.doubleToRawLongBits(value)),
          () -> "double " + place);
    }
  }
}
