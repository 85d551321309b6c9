// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;
import io.cifarengine.testing.DirectPooling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PoolGeometryTest {
  private static final Shape IMAGE = Shape.of(32, 30, 16);

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(ShapeException.class, call).getMessage());
  }

  @Test
  void theSizesAreThoseOfCountingTheWindows() {
    for (DirectPooling p : DirectPooling.all()) {
      Shape image = Shape.of(p.height(), p.width(), p.channels());
      PoolGeometry geometry = PoolGeometry.of(image, p.windowHeight(), p.windowWidth(), p.stride());
      assertEquals(image, geometry.imageShape(), p.toString());
      assertEquals(
          Shape.of(p.outputHeight(), p.outputWidth(), p.channels()),
          geometry.outputShape(),
          p.toString());
    }
  }

  @Test
  void aGeometryPrintsItsShapes() {
    assertEquals(
        "pooling of [32, 30, 16], stride 2, to [16, 15, 16]",
        PoolGeometry.of(IMAGE, 2, 2, 2).toString());
  }

  @Test
  void imagesHaveHeightWidthAndChannels() {
    assertRefused(
        "pooling: expected images of shape (height, width, channels), found [512]",
        () -> PoolGeometry.of(Shape.of(512), 2, 2, 2));
    assertRefused(
        "pooling: expected images of shape (height, width, channels), found [50, 32, 30, 16]",
        () -> PoolGeometry.of(IMAGE.withBatch(50), 2, 2, 2));
  }

  @Test
  void everySizeIsAtLeastOne() {
    assertRefused(
        "pooling: expected window height of at least 1, found 0",
        () -> PoolGeometry.of(IMAGE, 0, 2, 2));
    assertRefused(
        "pooling: expected window width of at least 1, found -2",
        () -> PoolGeometry.of(IMAGE, 2, -2, 2));
    assertRefused(
        "pooling: expected stride of at least 1, found 0", () -> PoolGeometry.of(IMAGE, 2, 2, 0));
  }

  @Test
  void aWindowFitsTheImage() {
    assertRefused(
        "pooling: a window of 33 x 2 does not fit images of 32 x 30",
        () -> PoolGeometry.of(IMAGE, 33, 2, 2));
    assertRefused(
        "pooling: a window of 2 x 31 does not fit images of 32 x 30",
        () -> PoolGeometry.of(IMAGE, 2, 31, 2));
    assertRefused(
        "pooling: a window of 1 x 1 does not fit images of 0 x 30",
        () -> PoolGeometry.of(Shape.of(0, 30, 16), 1, 1, 1));
    int most = Integer.MAX_VALUE;
    assertRefused(
        "pooling: a window of 2147483647 x 2147483647 does not fit images of 32 x 30",
        () -> PoolGeometry.of(IMAGE, most, most, most));
    assertEquals(Shape.of(1, 1, 16), PoolGeometry.of(IMAGE, 32, 30, most).outputShape());
  }
}
