// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import io.cifarengine.testing.Draw;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Repeated operations allocate nothing, on the caller and on the workers, once the JIT is warm: until
 * then interpreted vector operations are objects. What counts is therefore that rounds without a byte
 * come, and that several follow each other.
 */
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int CALLS = 50;
  private static final int CLEAN_ROUNDS = 3;
  private static final int MOST_ROUNDS = 400;

  /** Takes what an operation returns, so that no compiler leaves it out. */
  private static double sink;

  @BeforeAll
  static void countsBytes() {
    assertTrue(THREADS.isThreadAllocatedMemorySupported());
    THREADS.setThreadAllocatedMemoryEnabled(true);
  }

  private static long[] threadsOf(Engine engine) {
    long[] ids = new long[engine.threads()];
    CountDownLatch everyone = new CountDownLatch(ids.length);
    engine.forRanges(
        ids.length * 4, // four ranges a thread: each thread takes at least one
        1,
        (from, to, participant) -> {
          ids[participant] = Thread.currentThread().getId();
          everyone.countDown();
          try {
            everyone.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    return ids;
  }

  private static long bytes(long[] ids) {
    long bytes = 0;
    for (int i = ids.length - 1; i >= 0; i--) { // the caller, at 0, last
      bytes += THREADS.getThreadAllocatedBytes(ids[i]);
    }
    return bytes;
  }

  /** What asking twice allocates by itself. */
  private static long bytesOfAsking(long[] ids) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 100; i++) {
      long before = bytes(ids);
      least = Math.min(least, bytes(ids) - before);
    }
    return least;
  }

  private static void assertAllocatesNothing(String what, Engine engine, Runnable operation) {
    long[] ids = threadsOf(engine);
    assertEquals(Thread.currentThread().getId(), ids[0]);
    long asking = bytesOfAsking(ids);
    long[] rounds = new long[MOST_ROUNDS];
    int clean = 0;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      long before = bytes(ids);
      for (int call = 0; call < CALLS; call++) {
        operation.run();
      }
      rounds[round] = bytes(ids) - before - asking;
      clean = rounds[round] <= 0 ? clean + 1 : 0;
      if (clean == CLEAN_ROUNDS) {
        return;
      }
    }
    fail(
        what
            + " on "
            + engine
            + " allocates in the last rounds of "
            + CALLS
            + " calls: "
            + Arrays.toString(Arrays.copyOfRange(rounds, MOST_ROUNDS - 10, MOST_ROUNDS)));
  }

  /** A buffer of every call would show: the meter sees one array, on whichever thread. */
  @Test
  void theMeterSeesAnArrayOnTheCallerAndOnAWorker() {
    try (Engine engine = Engine.scalar(2)) {
      long[] ids = threadsOf(engine);
      float[][] kept = new float[2][];
      long asking = bytesOfAsking(ids);
      for (int i = 0; i < 2; i++) {
        CountDownLatch both = new CountDownLatch(2);
        int allocating = i;
        long before = bytes(new long[] {ids[i]});
        engine.forRanges(
            2,
            1,
            (from, to, participant) -> {
              both.countDown();
              try {
                both.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              if (participant == allocating) {
                kept[participant] = new float[1000];
              }
            });
        assertTrue(bytes(new long[] {ids[i]}) - before - asking >= 4000, "participant " + i);
      }
    }
  }

  @Test
  void noOperationAllocatesOnceTheJitIsWarm() {
    for (int threads = 1; threads <= 3; threads++) {
      try (Engine chosen = Engine.withThreads(threads);
          Engine scalar = Engine.scalar(threads)) {
        everyOperation(chosen);
        everyOperation(scalar);
      }
    }
  }

  @Test
  void noConvolutionOrPoolingAllocatesOnceTheJitIsWarm() {
    for (int threads = 1; threads <= 3; threads++) {
      try (Engine chosen = Engine.withThreads(threads);
          Engine scalar = Engine.scalar(threads)) {
        everyConvolution(chosen);
        everyConvolution(scalar);
      }
    }
  }

  /** More than a million multiply-adds: all threads. */
  private static void everyConvolution(Engine engine) {
    ConvGeometry geometry = ConvGeometry.same(Shape.of(16, 16, 4), 3, 3, 40, 1);
    ConvGeometry strided = ConvGeometry.same(Shape.of(16, 16, 4), 3, 3, 160, 2);
    assertTrue(3 * Math.min(geometry.multiplyAdds(), strided.multiplyAdds()) > 1_000_000);
    Draw draw = new Draw(1);
    Tensor x = Tensor.wrap(draw.uniform(3 * 1024), 3, 16, 16, 4);
    Tensor w = Tensor.wrap(draw.uniform(36 * 40), geometry.weightShape());
    Tensor b = Tensor.zeros(40);
    Tensor y = Tensor.zeros(geometry.outputShape().withBatch(3));
    Tensor dx = Tensor.zeros(x.shape());
    Tensor dw = Tensor.zeros(w.shape());
    assertAllocatesNothing(
        "forward", engine, () -> Convolution.forward(engine, geometry, x, w, b, y));
    Into into = Into.OVERWRITE;
    assertAllocatesNothing(
        "backwardWeights",
        engine,
        () -> Convolution.backwardWeights(engine, geometry, x, y, dw, b, into));
    Tensor stridedW = Tensor.wrap(draw.uniform(36 * 160), strided.weightShape());
    Tensor stridedDy = Tensor.wrap(draw.uniform(3 * 64 * 160), 3, 8, 8, 160);
    assertAllocatesNothing(
        "backwardData",
        engine,
        () -> Convolution.backwardData(engine, strided, stridedDy, stridedW, dx));

    ConvGeometry minimal = ConvGeometry.same(Shape.of(8, 8, 32), 3, 3, 32, 1);
    assertTrue(minimal.isWinograd() && 3 * minimal.multiplyAdds() > 1_000_000);
    Tensor pixels = Tensor.wrap(draw.uniform(3 * 2048), 3, 8, 8, 32);
    Tensor kernels = Tensor.wrap(draw.uniform(288 * 32), minimal.weightShape());
    Tensor zeros = Tensor.zeros(32);
    Tensor places = Tensor.zeros(pixels.shape());
    assertAllocatesNothing(
        "minimal forward",
        engine,
        () -> Convolution.forward(engine, minimal, pixels, kernels, zeros, places));
    assertAllocatesNothing(
        "minimal backwardData",
        engine,
        () -> Convolution.backwardData(engine, minimal, pixels, kernels, places));
    assertAllocatesNothing(
        "minimal backwardWeights",
        engine,
        () -> Convolution.backwardWeights(engine, minimal, pixels, places, kernels, zeros, into));

    pooledConvolution(engine, ConvGeometry.same(Shape.of(16, 16, 3), 3, 3, 32, 1), draw);
    pooledConvolution(engine, minimal, draw);

    PoolGeometry overlapping = PoolGeometry.of(Shape.of(16, 16, 4), 3, 3, 2);
    Tensor largest = Tensor.zeros(overlapping.outputShape().withBatch(3));
    assertAllocatesNothing(
        "maxForward", engine, () -> Pooling.maxForward(engine, overlapping, x, largest));
    assertAllocatesNothing(
        "maxBackward",
        engine,
        () -> Pooling.maxBackward(engine, overlapping, x, largest, largest, dx));
  }

  /** A convolution and its pooling in one pass, of eight images: more than a million multiply-adds. */
  private static void pooledConvolution(Engine engine, ConvGeometry geometry, Draw draw) {
    assertTrue(8 * geometry.multiplyAdds() > 1_000_000);
    PoolGeometry pooling = PoolGeometry.of(geometry.outputShape(), 2, 2, 2);
    Shape image = geometry.imageShape();
    Tensor x = Tensor.wrap(draw.uniform(8 * image.size()), image.withBatch(8));
    Shape weights = geometry.weightShape();
    Tensor w = Tensor.wrap(draw.uniform(weights.size()), weights);
    Tensor b = Tensor.zeros(geometry.filters());
    Tensor y = Tensor.zeros(pooling.outputShape().withBatch(8));
    Tensor winners = Tensor.zeros(y.shape());
    Tensor dx = Tensor.zeros(x.shape());
    Tensor dw = Tensor.zeros(weights);
    assertAllocatesNothing(
        "pooled forward",
        engine,
        () -> PooledConvolution.forward(engine, geometry, pooling, x, w, b, y, winners));
    assertAllocatesNothing(
        "pooled backwardData",
        engine,
        () -> PooledConvolution.backwardData(engine, geometry, pooling, y, winners, w, dx));
    Into into = Into.ACCUMULATE;
    assertAllocatesNothing(
        "pooled backwardWeights",
        engine,
        () ->
            PooledConvolution.backwardWeights(
                engine, geometry, pooling, x, y, winners, dw, b, into));
  }

  /** The ways of products: for few columns, for columns of A, and for a batch of few rows that meets many weights. */
  private static void everyProduct(Engine engine) {
    Draw draw = new Draw(1);
    Tensor x = Tensor.wrap(draw.uniform(400 * 200), 400, 200);
    Tensor few = Tensor.wrap(draw.uniform(200 * 12), 200, 12);
    Tensor y = Tensor.zeros(400, 12);
    assertAllocatesNothing("few columns", engine, () -> MatMul.ab(engine, x, few, y));
    Tensor columns = Tensor.wrap(draw.uniform(200 * 400), 200, 400);
    assertAllocatesNothing("columns of A", engine, () -> MatMul.aTb(engine, columns, few, y));
    Tensor batch = Tensor.wrap(draw.uniform(128 * 1200), 128, 1200);
    Tensor weights = Tensor.wrap(draw.uniform(1200 * 32), 1200, 32);
    Tensor outputs = Tensor.zeros(128, 32);
    assertAllocatesNothing("stages", engine, () -> MatMul.ab(engine, batch, weights, outputs));
    Tensor wide = Tensor.wrap(draw.uniform(20 * 5000), 20, 5000);
    Tensor gradient = Tensor.zeros(12, 5000);
    Tensor left = Tensor.wrap(draw.uniform(12 * 20), 12, 20);
    assertAllocatesNothing("a long row", engine, () -> MatMul.ab(engine, left, wide, gradient));
  }

  private static void everyOperation(Engine engine) {
    everyProduct(engine);
    Draw draw = new Draw(1);
    Tensor a = Tensor.wrap(draw.uniform(82 * 82), 82, 82); // 82^3 > 2^19: all threads
    Tensor b = Tensor.wrap(draw.uniform(82 * 82), 82, 82);
    Tensor c = Tensor.zeros(82, 82);
    Tensor row = Tensor.zeros(82);
    Tensor x = Tensor.wrap(draw.uniform(9_000), 90, 100);
    Tensor y = Tensor.zeros(90, 100);
    Tensor z = Tensor.zeros(90, 100);
    Tensor s = Tensor.zeros(100);
    RangeTask nothing = (from, to, participant) -> {};
    assertAllocatesNothing("forRanges", engine, () -> engine.forRanges(100, 1, nothing));
    assertAllocatesNothing("ab", engine, () -> MatMul.ab(engine, a, b, c));
    assertAllocatesNothing("abPlusRow", engine, () -> MatMul.abPlusRow(engine, a, b, row, c));
    assertAllocatesNothing("abT", engine, () -> MatMul.abT(engine, a, b, c));
    assertAllocatesNothing("aTb", engine, () -> MatMul.aTb(engine, a, b, c, Into.ACCUMULATE));
    assertAllocatesNothing("relu", engine, () -> Elementwise.relu(engine, x, y));
    assertAllocatesNothing("reluBackward", engine, () -> Elementwise.reluBackward(engine, y, x, z));
    assertAllocatesNothing("tanhBackward", engine, () -> Elementwise.tanhBackward(engine, y, x, z));
    assertAllocatesNothing(
        "sigmoidBackward", engine, () -> Elementwise.sigmoidBackward(engine, y, x, z));
    assertAllocatesNothing(
        "momentumStep", engine, () -> Elementwise.momentumStep(engine, z, x, y, 1e-9f, 0.5f, 0));
    assertAllocatesNothing("decay", engine, () -> Elementwise.decay(engine, z, 1e-9f));
    byte[] levels = new byte[9_000];
    assertAllocatesNothing(
        "center", engine, () -> Pixels.center(engine, levels, 0, x.data(), 0.3f, y.data(), 0));
    assertAllocatesNothing(
        "standardize",
        engine,
        () -> Pixels.standardize(engine, levels, 0, 120.25, 0.3, y.data(), 0, 9_000));
    assertAllocatesNothing("squares", engine, () -> sink += Sums.squares(engine, x));
    assertAllocatesNothing("isFinite", engine, () -> sink += Sums.isFinite(engine, x) ? 1 : 0);
    assertAllocatesNothing(
        "columnSums", engine, () -> Rows.columnSums(engine, x, s, Into.OVERWRITE));
    if (engine.simdBits() == 0) {
      assertAllocatesNothing("exp", engine, () -> Elementwise.exp(engine, x, y));
      assertAllocatesNothing("tanh", engine, () -> Elementwise.tanh(engine, x, y));
      assertAllocatesNothing("sigmoid", engine, () -> Elementwise.sigmoid(engine, x, y));
      assertAllocatesNothing("softmax", engine, () -> Rows.softmax(engine, x, y));
    } // else C2 now and then keeps a few vectors of these long loops as objects: tanh was seen to
    // allocate 189 KB a call of 9,000 elements, after 20,000 calls, in one run of about ten.
  }
}
