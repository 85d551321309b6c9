// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import io.cifarengine.testing.Bits;
import io.cifarengine.testing.Draw;
import io.cifarengine.testing.ForkedJvm;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineTest {
  private static final int[] THREADS = {1, 2, 3, 5, 8};

  @Test
  void rangesCoverEveryIndexOnceAndKeepTheGrain() {
    for (int threads : THREADS) {
      try (Engine engine = Engine.scalar(threads)) {
        for (int n : new int[] {0, 1, 2, 7, 63, 64, 65, 1000, 4099}) {
          for (int grain : new int[] {1, 7, 64, 5000}) {
            assertRanges(engine, n, grain);
          }
        }
      }
    }
  }

  /** Sums of an index and a step must not wrap around. */
  @Test
  void rangesCoverTheLargestCounts() {
    for (int threads : THREADS) {
      try (Engine engine = Engine.scalar(threads)) {
        for (int n : new int[] {1 << 30, (1 << 30) + 1, Integer.MAX_VALUE - 1, Integer.MAX_VALUE}) {
          assertRanges(engine, n, 1);
          assertRanges(engine, n, Integer.MAX_VALUE);
        }
      }
    }
  }

  private static void assertRanges(Engine engine, int n, int grain) {
    String what = n + " in ranges of at least " + grain + " on " + engine;
    List<int[]> ranges = Collections.synchronizedList(new ArrayList<>());
    engine.forRanges(
        n,
        grain,
        (from, to, participant) -> {
          assertTrue(participant >= 0 && participant < engine.threads(), what);
          ranges.add(new int[] {from, to});
        });
    ranges.sort(Comparator.comparingInt(range -> range[0]));
    int covered = 0;
    for (int[] range : ranges) {
      assertEquals(covered, range[0], what);
      assertTrue(range[1] > range[0], what);
      covered = range[1];
      boolean last = covered == n;
      assertTrue(last || range[1] - range[0] >= grain, what);
    }
    assertEquals(n, covered, what);
  }

  @Test
  void senselessRangesAreRefused() {
    try (Engine engine = Engine.scalar(1)) {
      for (int[] wrong : new int[][] {{-1, 1}, {5, 0}, {5, -2}}) {
        assertEquals(
            "forRanges: expected n >= 0 and grain >= 1, found " + wrong[0] + " and " + wrong[1],
            assertThrows(
                    IllegalArgumentException.class,
                    () -> engine.forRanges(wrong[0], wrong[1], (from, to, participant) -> {}))
                .getMessage());
      }
    }
  }

  @Test
  void anEngineSaysWhatItIs() {
    try (Engine one = Engine.scalar(1);
        Engine three = Engine.scalar(3);
        Engine chosen = Engine.withThreads(2);
        Engine every = Engine.create()) {
      assertEquals("scalar kernels, 1 thread", one.toString());
      assertEquals("scalar kernels, 3 threads", three.toString());
      assertEquals("asked for", one.kernelsReason());
      assertEquals(0, one.simdBits());
      assertEquals(3, three.threads());
      assertEquals(Runtime.getRuntime().availableProcessors(), every.threads());
      assertEquals(
          chosen.simdBits() == 0 ? "scalar" : "vector" + chosen.simdBits(), chosen.kernels());
      assertTrue(ForkedJvm.hasVectorModule() || chosen.simdBits() == 0);
    }
    assertEquals(
        "threads: expected at least 1, found 0",
        assertThrows(IllegalArgumentException.class, () -> Engine.withThreads(0)).getMessage());
  }

  @Test
  void aSiblingHasTheKernelsAndThreadsOfItsOwn() {
    Tensor x = Tensor.zeros(128, 128);
    for (Engine first : List.of(Engine.scalar(2), Engine.withThreads(1))) {
      try (first) {
        Engine second = first.sibling(3);
        assertEquals(first.kernels(), second.kernels());
        assertEquals(3, second.threads());
        second.close();
        MatMul.ab(first, x, x, Tensor.zeros(128, 128)); // it works on
        assertThrows(IllegalArgumentException.class, () -> first.sibling(0));
      }
    }
  }

  @Test
  void aClosedEngineRefusesAProductForSeveralThreads() {
    Engine engine = Engine.withThreads(2);
    engine.close();
    Tensor x = Tensor.zeros(128, 128);
    assertEquals(
        "the engine is closed",
        assertThrows(
                IllegalStateException.class, () -> MatMul.ab(engine, x, x, Tensor.zeros(128, 128)))
            .getMessage());
  }

  /** A product and a convolution each take 4 MiB and more to pack and to sum: 12 engines would hold 200 MiB. */
  @Test
  void closedEnginesHoldNoMemory() {
    List<Engine> closed = new ArrayList<>();
    long before = heapInUse();
    for (int i = 0; i < 12; i++) {
      try (Engine engine = Engine.withThreads(1 + i % 2)) {
        closed.add(engine);
        MatMul.ab(engine, Tensor.zeros(128, 512), Tensor.zeros(512, 64), Tensor.zeros(128, 64));
        convolve(engine, ConvGeometry.same(Shape.of(8, 8, 32), 3, 3, 32, 1));
        convolve(engine, ConvGeometry.same(Shape.of(6, 6, 32), 3, 3, 32, 1));
      }
    }
    long held = heapInUse() - before;
    assertTrue(held < 12 << 20, closed + " hold " + held + " bytes");
  }

  private static void convolve(Engine engine, ConvGeometry geometry) {
    int n = 100;
    Tensor x = Tensor.zeros(geometry.imageShape().withBatch(n));
    Tensor y = Tensor.zeros(geometry.outputShape().withBatch(n));
    Tensor w = Tensor.zeros(geometry.weightShape());
    Tensor b = Tensor.zeros(geometry.filters());
    Convolution.forward(engine, geometry, x, w, b, y);
    Convolution.backwardWeights(engine, geometry, x, y, w, b, Into.OVERWRITE);
  }

  private static long heapInUse() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void aFailedTaskReachesTheCallerAndTheEngineWorksOn() {
    for (int threads : THREADS) {
      try (Engine engine = Engine.withThreads(threads)) {
        for (int round = 0; round < 20; round++) {
          Error error = new OutOfMemoryError("in a range");
          assertSame(
              error,
              assertThrows(
                  OutOfMemoryError.class,
                  () ->
                      engine.forRanges(
                          100,
                          1,
                          (from, to, participant) -> {
                            if (from <= 60 && 60 < to) {
                              throw error;
                            }
                          })));
          assertRanges(engine, 1000, 3);
        }
      }
    }
  }

  /** Operations inside operations and from several threads: same bits, no deadlock. */
  @Test
  void severalThreadsAndNestedCallsGetTheBitsOfOneThread() throws InterruptedException {
    int n = 90; // 90^3 multiply-adds go to all workers
    Tensor a = Tensor.wrap(new Draw(1).uniform(n * n), n, n);
    Tensor b = Tensor.wrap(new Draw(2).uniform(n * n), n, n);
    float[] expected = Formula.AB.expected(n, n, n, a.data(), b.data(), new float[n]);
    try (Engine engine = Engine.withThreads(3)) {
      List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Thread caller =
            new Thread(
                () -> {
                  for (int round = 0; round < 30; round++) {
                    engine.forRanges(
                        4, 1, (from, to, participant) -> product(engine, a, b, expected));
                    product(engine, a, b, expected);
                  }
                });
        caller.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
        callers.add(caller);
      }
      callers.forEach(Thread::start);
      for (Thread caller : callers) {
        caller.join();
      }
      failures.forEach(failure -> assertDoesNotThrow(() -> rethrow(failure)));
    }
  }

  private static void rethrow(Throwable t) throws Throwable {
    throw t;
  }

  private static void product(Engine engine, Tensor a, Tensor b, float[] expected) {
    Tensor c = Tensor.zeros(a.shape());
    MatMul.ab(engine, a, b, c);
    Bits.assertSame(expected, c.data(), "a product among others");
  }
}
