// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SimdWidthTest {
  @Test
  void everyWordNamesItsWidth() {
    assertEquals(SimdWidth.AUTO, SimdWidth.of("auto"));
    assertEquals(SimdWidth.SCALAR, SimdWidth.of("scalar"));
    assertEquals(SimdWidth.BITS_128, SimdWidth.of("128"));
    assertEquals(SimdWidth.BITS_256, SimdWidth.of("256"));
    assertEquals(SimdWidth.BITS_512, SimdWidth.of("512"));
    assertEquals(256, SimdWidth.BITS_256.bits());
    assertEquals(0, SimdWidth.SCALAR.bits());
  }

  @Test
  void anyOtherWordIsRefused() {
    for (String word : new String[] {"", "AUTO", "64", " 128", "avx2"}) {
      assertEquals(
          "simd: expected auto, scalar, 128, 256 or 512, found " + word,
          assertThrows(IllegalArgumentException.class, () -> SimdWidth.of(word)).getMessage());
    }
  }
}
