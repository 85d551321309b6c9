// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShapeTest {
  private static void assertRefused(String message, int... dims) {
    assertEquals(message, assertThrows(ShapeException.class, () -> Shape.of(dims)).getMessage());
  }

  @Test
  void theSizeIsTheProductOfTheDimensions() {
    Shape shape = Shape.of(128, 3, 32, 31);
    assertEquals(4, shape.rank());
    assertEquals(128, shape.dim(0));
    assertEquals(31, shape.dim(3));
    assertEquals(128 * 3 * 32 * 31, shape.size());
    assertEquals("[128, 3, 32, 31]", shape.toString());
  }

  @Test
  void noDimensionsMeanOneElementAndAZeroDimensionNone() {
    assertEquals(1, Shape.of().size());
    assertEquals("[]", Shape.of().toString());
    assertEquals(0, Shape.of(7, 0, 3).size());
    assertEquals(0, Shape.of(0, Integer.MAX_VALUE, Integer.MAX_VALUE).size());
  }

  @Test
  void theLargestSizeIsTheLargestInt() {
    assertEquals(Integer.MAX_VALUE, Shape.of(Integer.MAX_VALUE).size());
    assertEquals(Integer.MAX_VALUE, Shape.of(1, Integer.MAX_VALUE, 1).size());
    assertRefused(
        "shape [65536, 32768]: more than 2147483647 elements do not fit one array", 65536, 32768);
  }

  @Test
  void aProductThatWrapsAroundALongIsRefused() {
    // 2^31 2^31 4 = 2^64, which is 0 in a long.
    assertRefused(
        "shape [65536, 65536, 65536, 65536]: more than 2147483647 elements do not fit one array",
        65536,
        65536,
        65536,
        65536);
    assertRefused(
        "shape [2147483647, 2147483647, 2147483647]:"
            + " more than 2147483647 elements do not fit one array",
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE);
  }

  @Test
  void negativeDimensionsAreRefusedEvenWhereTheProductIsNot() {
    assertRefused("shape [-1]: -1 is negative", -1);
    assertRefused("shape [-2, -3]: -2 is negative", -2, -3);
    assertRefused("shape [0, -2147483648]: -2147483648 is negative", 0, Integer.MIN_VALUE);
  }

  @Test
  void aShapeKeepsItsDimensionsWhenTheArrayChanges() {
    int[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 9;
    assertEquals(Shape.of(2, 3), shape);
  }

  @Test
  void equalDimensionsMakeEqualShapesAndEqualSizesDoNot() {
    assertEquals(Shape.of(2, 3), Shape.of(2, 3));
    assertEquals(Shape.of(2, 3).hashCode(), Shape.of(2, 3).hashCode());
    assertNotEquals(Shape.of(2, 3), Shape.of(3, 2));
    assertNotEquals(Shape.of(6), Shape.of(6, 1));
  }

  @Test
  void aBatchIsKnownByTheShapeOfItsExamples() {
    Shape example = Shape.of(3, 32, 32);
    assertTrue(Shape.of(0, 3, 32, 32).isBatchOf(example));
    assertTrue(Shape.of(7).isBatchOf(Shape.of()));
    assertFalse(example.isBatchOf(example));
    assertFalse(Shape.of(7, 3, 32, 31).isBatchOf(example));
    assertFalse(Shape.of(7, 3, 32).isBatchOf(example));
    assertFalse(Shape.of().isBatchOf(Shape.of()));
  }

  @Test
  void aBatchIsOneMoreDimensionInFront() {
    assertEquals(Shape.of(128, 3, 32, 32), Shape.of(3, 32, 32).withBatch(128));
    assertEquals(Shape.of(5), Shape.of().withBatch(5));
    assertEquals(Shape.of(3, 32, 32), Shape.of(128, 3, 32, 32).withoutBatch());
    assertEquals(
        "shape [] has no batch dimension to take away",
        assertThrows(ShapeException.class, () -> Shape.of().withoutBatch()).getMessage());
    assertEquals(
        "shape [-4, 3]: -4 is negative",
        assertThrows(ShapeException.class, () -> Shape.of(3).withBatch(-4)).getMessage());
  }
}
