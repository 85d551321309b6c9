// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void zerosAreZerosOfTheShape() {
    Tensor x = Tensor.zeros(2, 3);
    assertArrayEquals(new float[6], x.data());
    assertEquals(Shape.of(2, 3), x.shape());
    assertEquals(6, x.size());
    assertEquals("Tensor[2, 3]", x.toString());
    assertEquals(1, Tensor.zeros(Shape.of()).size());
    assertEquals(0, Tensor.zeros(4, 0).size());
  }

  @Test
  void wrapAndReshapeShareTheArrayAndCopyDoesNot() {
    float[] data = {1, 2, 3, 4, 5, 6};
    Tensor x = Tensor.wrap(data, 2, 3);
    assertSame(data, x.data());
    Tensor y = x.reshape(Shape.of(3, 2));
    assertSame(data, y.data());
    assertEquals(Shape.of(3, 2), y.shape());
    assertEquals(Shape.of(2, 3), x.shape());
    Tensor copy = x.copy();
    assertNotSame(data, copy.data());
    assertArrayEquals(data, copy.data());
    assertEquals(x.shape(), copy.shape());
  }

  @Test
  void anArrayOfAnotherLengthIsRefused() {
    assertEquals(
        "wrap: shape [2, 3] has 6 elements, the array has 5",
        assertThrows(ShapeException.class, () -> Tensor.wrap(new float[5], 2, 3)).getMessage());
    assertEquals(
        "reshape: [2, 3] has 6 elements, [7] has 7",
        assertThrows(ShapeException.class, () -> Tensor.zeros(2, 3).reshape(Shape.of(7)))
            .getMessage());
  }
}
