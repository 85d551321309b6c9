// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;
import io.cifarengine.testing.ConvCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ConvGeometryTest {
  private static final Shape IMAGE = Shape.of(32, 32, 3);

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(ShapeException.class, call).getMessage());
  }

  @Test
  void theSizesAreThoseOfCountingThePlaces() {
    for (ConvCase c : ConvCase.all()) {
      ConvGeometry geometry = c.geometry();
      String what = c.toString();
      assertEquals(Shape.of(c.height(), c.width(), c.channels()), geometry.imageShape(), what);
      assertEquals(
          Shape.of(c.kernelHeight(), c.kernelWidth(), c.channels(), c.filters()),
          geometry.weightShape(),
          what);
      assertEquals(
          Shape.of(c.outputHeight(), c.outputWidth(), c.filters()), geometry.outputShape(), what);
      assertEquals(c.filters(), geometry.filters(), what);
      assertEquals(c.channels(), geometry.channels(), what);
      assertEquals(c.stride(), geometry.stride(), what);
      assertEquals((long) c.places() * c.patch() * c.filters(), geometry.multiplyAdds(), what);
      assertEquals(c.window(), geometry.ofInput(), what);
      assertEquals(c.gradientWindow(), geometry.ofOutputGradient(), what);
    }
  }

  @Test
  void sameKeepsTheSizeAndDividesItByTheStrideRoundedUp() {
    assertEquals(Shape.of(32, 32, 8), ConvGeometry.same(IMAGE, 3, 3, 8, 1).outputShape());
    assertEquals(Shape.of(32, 32, 8), ConvGeometry.same(IMAGE, 2, 5, 8, 1).outputShape());
    assertEquals(Shape.of(16, 16, 8), ConvGeometry.same(IMAGE, 3, 3, 8, 2).outputShape());
    assertEquals(Shape.of(11, 11, 8), ConvGeometry.same(IMAGE, 1, 7, 8, 3).outputShape());
    assertEquals(Shape.of(1, 1, 8), ConvGeometry.same(Shape.of(1, 1, 3), 5, 5, 8, 1).outputShape());
  }

  @Test
  void aGeometryPrintsItsShapes() {
    assertEquals(
        "convolution of [32, 32, 3] with [5, 5, 3, 20], stride 3, to [10, 10, 20]",
        ConvGeometry.valid(IMAGE, 5, 5, 20, 3).toString());
  }

  @Test
  void imagesHaveHeightWidthAndChannels() {
    assertRefused(
        "convolution: expected images of shape (height, width, channels), found [32, 32]",
        () -> ConvGeometry.valid(Shape.of(32, 32), 3, 3, 8, 1));
    assertRefused(
        "convolution: expected images of shape (height, width, channels), found [50, 32, 32, 3]",
        () -> ConvGeometry.padded(IMAGE.withBatch(50), 3, 3, 8, 1, 1));
    assertRefused(
        "convolution: expected images of shape (height, width, channels), found []",
        () -> ConvGeometry.same(Shape.of(), 3, 3, 8, 1));
  }

  @Test
  void everySizeIsAtLeastOne() {
    assertRefused(
        "convolution: expected height of at least 1, found 0",
        () -> ConvGeometry.same(Shape.of(0, 32, 3), 3, 3, 8, 1));
    assertRefused(
        "convolution: expected width of at least 1, found 0",
        () -> ConvGeometry.padded(Shape.of(32, 0, 3), 3, 3, 8, 1, 1));
    assertRefused(
        "convolution: expected channels of at least 1, found 0",
        () -> ConvGeometry.valid(Shape.of(32, 32, 0), 3, 3, 8, 1));
    assertRefused(
        "convolution: expected kernel height of at least 1, found 0",
        () -> ConvGeometry.valid(IMAGE, 0, 3, 8, 1));
    assertRefused(
        "convolution: expected kernel height of at least 1, found -2147483648",
        () -> ConvGeometry.same(IMAGE, Integer.MIN_VALUE, 3, 8, 1));
    assertRefused(
        "convolution: expected kernel width of at least 1, found -3",
        () -> ConvGeometry.same(IMAGE, 3, -3, 8, 1));
    assertRefused(
        "convolution: expected filters of at least 1, found 0",
        () -> ConvGeometry.valid(IMAGE, 3, 3, 0, 1));
    for (int stride : new int[] {0, -1, Integer.MIN_VALUE}) {
      String message = "convolution: expected stride of at least 1, found " + stride;
      assertRefused(message, () -> ConvGeometry.valid(IMAGE, 3, 3, 8, stride));
      assertRefused(message, () -> ConvGeometry.same(IMAGE, 3, 3, 8, stride));
    }
    assertRefused(
        "convolution: expected padding of at least 0, found -1",
        () -> ConvGeometry.padded(IMAGE, 3, 3, 8, 1, -1));
  }

  @Test
  void aKernelFitsThePaddedImage() {
    assertRefused(
        "convolution: a kernel of 5 x 3 does not fit images of 4 x 8",
        () -> ConvGeometry.valid(Shape.of(4, 8, 1), 5, 3, 8, 1));
    assertRefused(
        "convolution: a kernel of 3 x 9 does not fit images of 4 x 8",
        () -> ConvGeometry.valid(Shape.of(4, 8, 1), 3, 9, 8, 1));
    assertRefused(
        "convolution: a kernel of 3 x 13 does not fit images of 4 x 8 with padding to 8 x 12",
        () -> ConvGeometry.padded(Shape.of(4, 8, 1), 3, 13, 8, 1, 2));
    assertEquals(
        Shape.of(6, 1, 8), ConvGeometry.padded(Shape.of(4, 8, 1), 3, 12, 8, 1, 2).outputShape());
  }

  @Test
  void sizesThatFitNoArrayAreRefused() {
    assertRefused(
        "shape [3, 3, 3, 100000000]: more than 2147483647 elements do not fit one array",
        () -> ConvGeometry.same(IMAGE, 3, 3, 100_000_000, 1));
    assertRefused(
        "shape [2147483647, 3, 3, 8]: more than 2147483647 elements do not fit one array",
        () -> ConvGeometry.same(IMAGE, Integer.MAX_VALUE, 3, 8, 1));
    assertRefused(
        "shape [30000, 30000, 3]: more than 2147483647 elements do not fit one array",
        () -> ConvGeometry.same(Shape.of(30_000, 30_000, 1), 3, 3, 3, 1));
    assertRefused(
        "convolution: expected padded images of at most 2147483647 elements, found 60032 x 60032 x 3",
        () -> ConvGeometry.padded(IMAGE, 1, 1, 1, 1, 30_000));
    assertRefused(
        "convolution: expected padded images of at most 2147483647 elements, found 4294967297 x"
            + " 4294967297 x 1",
        () -> ConvGeometry.padded(Shape.of(3, 3, 1), 1, 1, 1, 1, Integer.MAX_VALUE));
    assertRefused( // 3,200,000,003 squared is more than a long holds
        "convolution: expected padded images of at most 2147483647 elements, found 3200000003 x"
            + " 3200000003 x 1",
        () -> ConvGeometry.padded(Shape.of(3, 3, 1), 1, 1, 1, Integer.MAX_VALUE, 1_600_000_000));
  }
}
