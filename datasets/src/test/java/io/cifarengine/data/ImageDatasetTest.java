// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cifarengine.compute.Engine;
import io.cifarengine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageDatasetTest {
  @Test
  void planarAndChannelsLastHoldTheSameValues() {
    ImageDataset images = Pictures.random(5, 3, 4, 7);
    for (Normalization normalization :
        List.of(
            Normalization.UNIT,
            Normalization.Z_SCORE,
            Normalization.centered(MeanImage.of(images), 100))) {
      ImageDataset planar = images.normalization(normalization);
      ImageDataset nhwc = planar.layout(Layout.NHWC);
      assertEquals(Shape.of(3, 4, 7), planar.exampleShape());
      assertEquals(Shape.of(4, 7, 3), nhwc.exampleShape());
      for (int i = 0; i < 5; i++) {
        float[] p = Pictures.read(planar, i);
        float[] q = Pictures.read(nhwc, i);
        for (int c = 0; c < 3; c++) {
          for (int at = 0; at < 28; at++) {
            assertEquals(p[c * 28 + at], q[at * 3 + c]);
          }
        }
      }
    }
  }

  @Test
  void anExampleIsWrittenWhereItIsAskedForAndNowhereElse() {
    ImageDataset images = Pictures.random(3, 3, 2, 2);
    Normalization centered = Normalization.centered(MeanImage.of(images), 1);
    for (Layout layout : Layout.values()) {
      for (ImageDataset set :
          List.of(images.layout(layout), images.layout(layout).normalization(centered))) {
        float[] target = new float[5 + 12 + 4];
        Arrays.fill(target, -7f);
        try (Engine engine = Engine.withThreads(1)) {
          set.reader(engine).read(1, target, 5);
        }
        float[] example = Pictures.read(set, 1);
        for (int i = 0; i < target.length; i++) {
          boolean inside = i >= 5 && i < 17;
          assertEquals(inside ? example[i - 5] : -7f, target[i], layout + " " + i);
        }
      }
    }
  }

  @Test
  void selectTakesExamplesByTheirIndexInTheSetItIsAskedOf() {
    ImageDataset images = Pictures.random(10, 1, 2, 2);
    ImageDataset selected = images.select(new int[] {7, 7, 0, 9});
    assertLabels(selected, 7, 7, 0, 9);
    assertLabels(selected.select(new int[] {3, 1}), 9, 7);
    assertLabels(selected.slice(1, 3), 7, 0);
    assertLabels(images.slice(4, 8).select(new int[] {3, 0}), 7, 4);
    assertLabels(images.select(new int[0]));
    assertLabels(images, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertArrayEquals(images.pixels(9), selected.pixels(3));
    assertArrayEquals(Pictures.read(images, 9), Pictures.read(selected, 3));
  }

  @Test
  void aSelectionDoesNotFollowItsIndexArray() {
    int[] indices = {1, 2};
    ImageDataset selected = Pictures.random(4, 1, 1, 1).select(indices);
    indices[0] = 3;
    assertLabels(selected, 1, 2);
  }

  @Test
  void sliceIsFromTheFirstIndexToBeforeTheSecond() {
    ImageDataset images = Pictures.random(6, 1, 1, 1);
    assertLabels(images.slice(2, 5), 2, 3, 4);
    assertLabels(images.slice(3, 3));
    assertLabels(images.slice(2, 5).slice(1, 3), 3, 4);
  }

  @Test
  void firstIsAllWhereThereAreFewer() {
    ImageDataset images = Pictures.random(3, 1, 1, 1);
    assertLabels(images.first(2), 0, 1);
    assertLabels(images.first(3), 0, 1, 2);
    assertLabels(images.first(99), 0, 1, 2);
    assertLabels(images.first(0));
  }

  @Test
  void indicesOutsideAreRefused() {
    ImageDataset images = Pictures.random(3, 1, 1, 1);
    assertThrows(IndexOutOfBoundsException.class, () -> images.select(new int[] {3}));
    assertThrows(IndexOutOfBoundsException.class, () -> images.select(new int[] {-1}));
    assertThrows(IndexOutOfBoundsException.class, () -> images.slice(2, 4));
    assertThrows(IndexOutOfBoundsException.class, () -> images.slice(2, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> images.first(-1));
    // A slice must not show what lies beyond it.
    assertThrows(IndexOutOfBoundsException.class, () -> images.slice(0, 1).label(1));
    assertThrows(IndexOutOfBoundsException.class, () -> Pictures.read(images.slice(0, 1), 1));
  }

  @Test
  void pixelsAreACopy() {
    ImageDataset images = Pictures.random(2, 1, 2, 2);
    byte before = images.pixels(1)[0];
    images.pixels(1)[0] = (byte) (before + 1);
    assertEquals(before, images.pixels(1)[0]);
  }

  private static void assertLabels(ImageDataset images, int... expected) {
    int[] labels = new int[images.size()];
    Arrays.setAll(labels, images::label);
    assertArrayEquals(expected, labels);
  }
}
