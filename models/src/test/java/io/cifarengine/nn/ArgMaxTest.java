// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ArgMaxTest {
  @Test
  void itIsTheFirstOfTheLargestInsideTheRange() {
    float[] x = {9, 1, 3, 3, 2, 9};
    assertEquals(1, ArgMax.of(x, 1, 4));
    assertEquals(0, ArgMax.of(x, 0, 6));
    assertEquals(4, ArgMax.of(x, 1, 5));
    assertEquals(0, ArgMax.of(x, 4, 1));
    assertEquals(0, ArgMax.of(new float[] {-0f, 0f, Float.NEGATIVE_INFINITY}, 0, 3));
  }

  @Test
  void whatIsNotANumberIsNeverLargerAndNothingIsLargerThanIt() {
    assertEquals(1, ArgMax.of(new float[] {0, 1, Float.NaN}, 0, 3));
    assertEquals(0, ArgMax.of(new float[] {Float.NaN, 1, 2}, 0, 3));
  }
}
