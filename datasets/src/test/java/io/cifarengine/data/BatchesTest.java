// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cifarengine.compute.Engine;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In these datasets label i is image i, so labels say which examples came. */
class BatchesTest {
  private static final Randoms RANDOMS = Randoms.seeded(5).stream("order");

  @Test
  void aPassShowsEveryExampleOnceAndKeepsTheShortLastBatch() {
    try (Engine engine = Engine.withThreads(2)) {
      for (int n : new int[] {1, 2, 6, 7, 64, 65}) {
        for (int batchSize : new int[] {1, 2, 3, 7, 64, 1000}) {
          Batches batches = Batches.of(engine, Pictures.random(n, 1, 2, 3), batchSize);
          List<Integer> sizes = new ArrayList<>();
          List<Integer> labels = new ArrayList<>();
          for (Batch batch : batches) {
            assertEquals(batch.size(), batch.images().shape().dim(0));
            sizes.add(batch.size());
            Arrays.stream(batch.labels()).forEach(labels::add);
          }
          String what = n + " in batches of " + batchSize;
          assertEquals(IntStream.range(0, n).boxed().toList(), labels, what);
          assertEquals(batches.count(), sizes.size(), what);
          assertEquals(n, batches.examples());
          for (int i = 0; i < sizes.size(); i++) {
            assertEquals(Math.min(batchSize, n - i * batchSize), sizes.get(i), what);
          }
        }
      }
    }
  }

  @Test
  void imagesAndLabelsStayTogether() {
    ImageDataset images = Pictures.random(33, 3, 4, 4).normalization(Normalization.Z_SCORE);
    try (Engine engine = Engine.withThreads(3)) {
      for (Batch batch : Batches.of(engine, images, 8).shuffled(RANDOMS)) {
        for (int i = 0; i < batch.size(); i++) {
          float[] row = Arrays.copyOfRange(batch.images().data(), i * 48, (i + 1) * 48);
          assertArrayEquals(Pictures.read(images, batch.labels()[i]), row);
        }
      }
    }
  }

  @Test
  void batchesWithChannelsLastAreThePlanarOnesTransposed() {
    ImageDataset images = Pictures.random(11, 3, 4, 5);
    try (Engine engine = Engine.withThreads(2)) {
      for (Normalization normalization :
          List.of(
              Normalization.UNIT,
              Normalization.Z_SCORE,
              Normalization.centered(MeanImage.of(images), 100))) {
        ImageDataset normalized = images.normalization(normalization);
        Iterator<Batch> planar = Batches.of(engine, normalized, 4).shuffled(RANDOMS).iterator();
        Batches last = Batches.of(engine, normalized.layout(Layout.NHWC), 4).shuffled(RANDOMS);
        for (Batch batch : last) {
          Batch expected = planar.next();
          int n = batch.size();
          assertArrayEquals(expected.labels(), batch.labels());
          assertEquals(Shape.of(n, 4, 5, 3), batch.images().shape());
          for (int i = 0; i < n * 60; i++) {
            int from = i / 60 * 60 + i % 3 * 20 + i % 60 / 3; // image, channel, pixel
            assertEquals(
                expected.images().data()[from], batch.images().data()[i], normalization + " " + i);
          }
        }
      }
    }
  }

  @Test
  void aShuffledPassIsAPermutationThatTheRandomsAloneDecide() {
    ImageDataset images = Pictures.random(101, 1, 1, 1);
    try (Engine engine = Engine.withThreads(2)) {
      Batches batches = Batches.of(engine, images, 8);
      List<Integer> first = labels(batches.shuffled(RANDOMS.stream(1)));
      List<Integer> second = labels(batches.shuffled(RANDOMS.stream(2)));
      assertEquals(IntStream.range(0, 101).boxed().toList(), first.stream().sorted().toList());
      assertFalse(first.equals(second), "another epoch, another order");
      // The same again, although the order before it and the batch size are different.
      assertEquals(first, labels(batches.shuffled(RANDOMS.stream(1))));
      assertEquals(first, labels(Batches.of(engine, images, 5).shuffled(RANDOMS.stream(1))));
      int[] permutation = RANDOMS.stream(1).permutation(101);
      assertEquals(Arrays.stream(permutation).boxed().toList(), first);
      assertEquals(IntStream.range(0, 101).boxed().toList(), labels(batches.inOrder()));
    }
  }

  @Test
  void anyNumberOfThreadsGathersTheSameBits() {
    ImageDataset images = Pictures.random(57, 3, 8, 8).normalization(Normalization.Z_SCORE);
    List<float[]> expected = gather(images, 1);
    for (int threads : new int[] {2, 3, 8}) {
      List<float[]> found = gather(images, threads);
      assertEquals(expected.size(), found.size());
      for (int i = 0; i < expected.size(); i++) {
        assertArrayEquals(expected.get(i), found.get(i), threads + " threads, batch " + i);
      }
    }
  }

  @Test
  void buffersAreUsedAgainByEveryBatchOfOneSize() {
    try (Engine engine = Engine.withThreads(1)) {
      Batches batches = Batches.of(engine, Pictures.random(7, 1, 1, 1), 3);
      Iterator<Batch> pass = batches.iterator();
      Batch first = pass.next();
      assertEquals(first, pass.next());
      Batch last = pass.next();
      assertEquals(1, last.size());
      assertEquals(first, batches.iterator().next());
    }
  }

  @Test
  void aPassThatIsOverSaysSo() {
    try (Engine engine = Engine.withThreads(1)) {
      Iterator<Batch> pass = Batches.of(engine, Pictures.random(2, 1, 1, 1), 2).iterator();
      pass.next();
      assertFalse(pass.hasNext());
      assertEquals(
          "the pass over 2 examples is done",
          assertThrows(NoSuchElementException.class, pass::next).getMessage());
    }
  }

  @Test
  void anEmptyDatasetHasNoBatch() {
    try (Engine engine = Engine.withThreads(2)) {
      Batches none = Batches.of(engine, Pictures.random(3, 1, 1, 1).first(0), 4);
      assertEquals(0, none.count());
      assertFalse(none.iterator().hasNext());
    }
  }

  @Test
  void aBatchHasAtLeastOneExample() {
    try (Engine engine = Engine.withThreads(1)) {
      assertEquals(
          "batch size: expected at least 1, found 0",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> Batches.of(engine, Pictures.random(1, 1, 1, 1), 0))
              .getMessage());
    }
  }

  @Test
  void aPassFromABatchIsTheRestOfTheWholePass() {
    try (Engine engine = Engine.withThreads(2)) {
      for (int n : new int[] {0, 1, 12, 13}) {
        Batches batches = Batches.of(engine, Pictures.random(13, 1, 1, 1).first(n), 4);
        List<Integer> whole = labels(batches.shuffled(RANDOMS));
        for (int k = 0; k <= batches.count(); k++) {
          List<Integer> rest = whole.subList(Math.min(4 * k, n), n);
          assertEquals(rest, labels(batches.shuffled(RANDOMS).from(k)), n + " from " + k);
          Iterable<Batch> twice = batches.from(k);
          assertEquals(rest, labels(twice));
          assertEquals(rest, labels(twice), "a second pass of the same");
          List<Integer> inOrder = IntStream.range(Math.min(4 * k, n), n).boxed().toList();
          assertEquals(inOrder, labels(batches.inOrder().from(k)));
        }
        assertEquals(n, labels(batches).size(), "the next pass is whole again");
      }
    }
  }

  @Test
  void aPassFromABatchEndsAnEarlierOneAndIsEndedByALaterOne() {
    try (Engine engine = Engine.withThreads(1)) {
      Batches batches = Batches.of(engine, Pictures.random(9, 1, 1, 1), 2);
      Iterator<Batch> whole = batches.inOrder().iterator();
      Iterator<Batch> rest = batches.from(3).iterator();
      assertThrows(ConcurrentModificationException.class, whole::next);
      assertArrayEquals(new int[] {6, 7}, rest.next().labels());
      batches.shuffled(RANDOMS);
      assertThrows(ConcurrentModificationException.class, rest::next);
    }
  }

  @Test
  void aPassBeginsAtABatchThatThereIs() {
    try (Engine engine = Engine.withThreads(1)) {
      Batches batches = Batches.of(engine, Pictures.random(9, 1, 1, 1), 2);
      for (int batch : new int[] {-1, 6, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
        assertEquals(
            "batches: expected to begin at batch 0 to 5, found " + batch,
            assertThrows(IllegalArgumentException.class, () -> batches.from(batch)).getMessage());
      }
    }
  }

  @Test
  void aBatchMayBeLargerThanAnyDataset() {
    try (Engine engine = Engine.withThreads(1)) {
      Batches batches = Batches.of(engine, Pictures.random(3, 1, 1, 1), Integer.MAX_VALUE);
      assertEquals(1, batches.count());
      assertEquals(List.of(0, 1, 2), labels(batches.from(0)));
      assertEquals(List.of(), labels(batches.from(1)));
    }
  }

  /** Silently going on would show some examples twice and others never. */
  @Test
  void aSecondPassEndsTheFirstWithAnError() {
    try (Engine engine = Engine.withThreads(1)) {
      Batches batches = Batches.of(engine, Pictures.random(9, 1, 1, 1), 2);
      Iterator<Batch> first = batches.shuffled(RANDOMS).iterator();
      first.next();
      Iterator<Batch> second = batches.inOrder().iterator();
      assertThrows(ConcurrentModificationException.class, first::hasNext);
      assertThrows(ConcurrentModificationException.class, first::next);
      assertArrayEquals(new int[] {0, 1}, second.next().labels());
    }
  }

  private static List<float[]> gather(ImageDataset images, int threads) {
    List<float[]> gathered = new ArrayList<>();
    try (Engine engine = Engine.withThreads(threads)) {
      for (Batch batch : Batches.of(engine, images, 20).shuffled(RANDOMS)) {
        gathered.add(batch.images().data().clone());
      }
    }
    return gathered;
  }

  private static List<Integer> labels(Iterable<Batch> pass) {
    List<Integer> labels = new ArrayList<>();
    pass.forEach(batch -> Arrays.stream(batch.labels()).forEach(labels::add));
    return labels;
  }
}
