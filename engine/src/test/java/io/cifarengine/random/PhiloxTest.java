// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PhiloxTest {
  @Test
  void givesThePublishedAnswerForZeros() {
    assertArrayEquals(
        new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, block(0, 0, 0, 0, 0, 0));
  }

  @Test
  void givesThePublishedAnswerForOnes() {
    assertArrayEquals(
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}, block(-1, -1, -1, -1, -1, -1));
  }

  @Test
  void givesThePublishedAnswerForTheDigitsOfPi() {
    assertArrayEquals(
        new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
        block(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0));
  }

  @Test
  void thePairIsTheFirstHalfOfTheBlock() {
    for (int i = 0; i < 1000; i++) {
      int[] words = block(i, ~i, i * 31, -i, i << 20, i ^ 0x5555_5555);
      long pair = Philox.pair(i, ~i, i * 31, -i, i << 20, i ^ 0x5555_5555);
      assertEquals(words[0], (int) (pair >>> 32));
      assertEquals(words[1], (int) pair);
    }
  }

  /** Each of 192 input bits should flip each of 128 output bits with probability one half. */
  @Test
  void everyInputBitReachesEveryWord() {
    int[] input = {11, 22, 33, 44, 55, 66};
    int[] before = block(input);
    for (int bit = 0; bit < 192; bit++) {
      int[] changed = input.clone();
      changed[bit / 32] ^= 1 << (bit % 32);
      int[] after = block(changed);
      int flips = 0;
      for (int w = 0; w < 4; w++) {
        flips += Integer.bitCount(before[w] ^ after[w]);
      }
      // Binomial(128, 1/2): mean 64, deviation 5.7; six deviations either way.
      assertTrue(Math.abs(flips - 64) <= 34, "bit " + bit + " flips " + flips);
    }
  }

  @Test
  void leavesTheRestOfTheArrayAlone() {
    int[] words = {0, 0, 0, 0, 77};
    Philox.block(1, 2, 3, 4, 5, 6, words);
    assertEquals(77, words[4]);
  }

  private static int[] block(int... input) {
    int[] words = new int[4];
    Philox.block(input[0], input[1], input[2], input[3], input[4], input[5], words);
    return words;
  }
}
