// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.internal.kernel.GemmKernel;
import org.junit.jupiter.api.Test;

class ArenaTest {
  private static final int LARGE = 1_000_000;

  private static void assertRoom(int floats, float[] memory) {
    assertTrue(
        memory.length >= Arena.FIRST + floats + GemmKernel.SLACK, memory.length + " for " + floats);
  }

  /** Also where what was asked for before has left just so much room, or a little less. */
  @Test
  void whatATileReadsBehindTheEndIsThere() {
    int length = new Arena().atLeast(LARGE).length;
    for (int floats = length - 2 * (Arena.FIRST + GemmKernel.SLACK); floats <= length; floats++) {
      Arena arena = new Arena();
      arena.atLeast(LARGE);
      assertRoom(floats, arena.atLeast(floats));
    }
  }

  @Test
  void whatIsLargeEnoughStays() {
    Arena arena = new Arena();
    float[] memory = arena.atLeast(LARGE);
    assertSame(memory, arena.atLeast(1));
    assertSame(memory, arena.atLeast(LARGE));
  }

  @Test
  void moreThanAnArrayHoldsIsRefusedInWords() {
    assertEquals(
        "scratch memory of 3000000000 floats: more than one array holds",
        assertThrows(OutOfMemoryError.class, () -> new Arena().atLeast(3_000_000_000L))
            .getMessage());
  }
}
