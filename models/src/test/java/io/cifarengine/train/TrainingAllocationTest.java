// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.cifarengine.compute.Engine;
import io.cifarengine.data.Batch;
import io.cifarengine.data.Batches;
import io.cifarengine.data.Cifar.Labels;
import io.cifarengine.data.ExampleReader;
import io.cifarengine.data.ImageDataset;
import io.cifarengine.data.Layout;
import io.cifarengine.data.MeanImage;
import io.cifarengine.data.Normalization;
import io.cifarengine.data.SyntheticImages;
import io.cifarengine.data.SyntheticImages.Split;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.LossFunction;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.Parameter;
import io.cifarengine.nn.SoftmaxCrossEntropy;
import io.cifarengine.nn.SquaredError;
import io.cifarengine.optim.LearningRate;
import io.cifarengine.optim.Sgd;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * An update takes no memory from the heap, on the caller and on the workers: to gather the batch, to
 * train on it, to note what it cost.
 *
 * <p>On the scalar kernels: a vector is an object that C2 keeps off the heap as long as it likes, and
 * in a JVM that ran many tests it sometimes does not. While the JIT compiler is at work, other things
 * take memory too. Updates therefore run in windows, and one window without a single byte shows that
 * nothing in an update needs memory; an update that did would fill every window.
 *
 * <p>What an epoch allocates once is left out: the iterator of its pass, and its report.
 */
class TrainingAllocationTest {
  private static final int WARM_UP_UPDATES = 3_000;
  private static final int WINDOW_UPDATES = 200;
  private static final int WINDOWS = 40;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void aWarmUpdateAllocatesNothingOnAnyThread() {
    // 64 x 192 x 64 multiply-adds and 12,288 weights are enough for the workers to take part; the
    // last of each epoch's four batches has 22 examples.
    FloatExamples set = FloatExamples.noise(1, 214, Shape.of(3, 8, 8), 20);
    FloatExamples validation = FloatExamples.noise(2, 10, Shape.of(3, 8, 8), 20);
    try (Engine engine = Engine.scalar(2)) {
      Network network =
          Network.build(
              engine,
              set.exampleShape(),
              Randoms.seeded(1),
              Layers.flatten(),
              Layers.linear(64),
              Layers.tanh(),
              Layers.linear(32),
              Layers.relu(),
              Layers.linear(16),
              Layers.sigmoid(),
              Layers.linear(20));
      Sgd sgd = Sgd.over(network).momentum(0.8f).weightDecay(1e-4f);
      LossFunction loss = SoftmaxCrossEntropy.withOffset(engine, 1e-6);
      assertSomeWindowWithoutAllocation(
          new Updates(new Trainer(network, sgd, loss, set, validation, plan(64)), 0));
    }
  }

  /**
   * 16 x 64 x 18 x 64 multiply-adds are enough for the workers to take part, the 6 examples of each
   * epoch's last batch are not.
   */
  @Test
  void aWarmUpdateOfAConvolutionalNetworkAllocatesNothingOnAnyThread() {
    FloatExamples set = FloatExamples.noise(1, 38, Shape.of(8, 8, 2), 5);
    FloatExamples validation = FloatExamples.noise(2, 5, Shape.of(8, 8, 2), 5);
    try (Engine engine = Engine.scalar(2)) {
      Network network =
          Network.build(
              engine,
              set.exampleShape(),
              Randoms.seeded(1),
              Layers.conv(64, 3).same(),
              Layers.maxPool(2),
              Layers.conv(3, 2).stride(2),
              Layers.relu(),
              Layers.maxPool(2, 1),
              Layers.flatten(),
              Layers.linear(5));
      Sgd sgd = Sgd.over(network).momentum(0.5f);
      LossFunction loss = new SoftmaxCrossEntropy(engine);
      assertSomeWindowWithoutAllocation(
          new Updates(new Trainer(network, sgd, loss, set, validation, plan(16)), 0));
    }
  }

  /** Three blocks, 500, 500 and 20: their number must not show in what an update allocates. */
  @Test
  void aWarmFullBatchAllocatesNothingForItsBlocks() {
    FloatExamples set = FloatExamples.noise(2, 1_020, Shape.of(24), 20);
    FloatExamples validation = FloatExamples.noise(3, 20, Shape.of(24), 20);
    try (Engine engine = Engine.scalar(2)) {
      Network network =
          Network.build(
              engine,
              set.exampleShape(),
              Randoms.seeded(1),
              Layers.linear(16),
              Layers.sigmoid(),
              Layers.linear(20));
      Sgd sgd = Sgd.over(network).decoupledDecay(1e-6f, parameter -> true);
      TrainingPlan plan = plan(TrainingPlan.FULL_BATCH);
      assertSomeWindowWithoutAllocation(
          new Updates(
              new Trainer(network, sgd, new SquaredError(), set, validation, plan),
              passBytes(Batches.of(engine, set, 500))));
    }
  }

  /** What a pass takes from the heap before its first batch, where nothing is optimized away. */
  private static long passBytes(Batches batches) {
    long own = Thread.currentThread().getId();
    assertTrue(batches.from(0).iterator().hasNext()); // links the classes
    long before = THREADS.getThreadAllocatedBytes(own);
    Iterator<Batch> pass = batches.from(0).iterator();
    long bytes = THREADS.getThreadAllocatedBytes(own) - before;
    assertTrue(pass.hasNext());
    assertTrue(bytes > 0 && bytes < 200, "an iterator and what makes it: " + bytes);
    return bytes;
  }

  private static TrainingPlan plan(int batchSize) {
    return new TrainingPlan(
        WARM_UP_UPDATES + WINDOWS * WINDOW_UPDATES + 1,
        1,
        batchSize,
        LearningRate.exponential(0.001, 0.9999),
        Optional.empty(),
        5,
        Penalty.l2(1e-6, parameter -> parameter.kind() == Parameter.Kind.WEIGHT),
        TrainMetrics.DURING_EPOCH);
  }

  private static void assertSomeWindowWithoutAllocation(Updates updates) {
    updates.run(WARM_UP_UPDATES);
    assertEquals(1, workers().length, "an engine of two threads has one worker");
    assertTrue(THREADS.getThreadCpuTime(workers()[0]) > 0, "which takes part");
    List<String> seen = new ArrayList<>();
    for (int window = 0; window < WINDOWS; window++) {
      long before = THREADS.getThreadAllocatedBytes(workers()[0]);
      long caller = updates.run(WINDOW_UPDATES);
      long worker = THREADS.getThreadAllocatedBytes(workers()[0]) - before;
      if (caller == 0 && worker == 0) {
        return;
      }
      seen.add("caller " + caller + ", worker " + worker);
    }
    fail("bytes in " + WINDOW_UPDATES + " updates: " + seen);
  }

  /** No vectors here: not even the first reads of a reader allocate. */
  @Test
  void readingImagesAllocatesNothingUnderAnyNormalizationAndLayout() {
    ImageDataset images = SyntheticImages.tenClasses(1).dataset(Split.TRAIN, 3, Labels.FINE);
    float[] target = new float[3072];
    long own = Thread.currentThread().getId();
    for (Normalization normalization :
        List.of(
            Normalization.UNIT,
            Normalization.Z_SCORE,
            Normalization.centered(MeanImage.of(images), 100))) {
      for (Layout layout : Layout.values()) {
        ExampleReader reader =
            images.normalization(normalization).layout(layout).reader(Engine.scalar(1));
        reader.read(0, target, 0); // links the classes
        long before = THREADS.getThreadAllocatedBytes(own);
        for (int i = 0; i < 30; i++) {
          reader.read(i % 3, target, 0);
        }
        long bytes = THREADS.getThreadAllocatedBytes(own) - before;
        assertEquals(0, bytes, normalization + " " + layout);
      }
    }
  }

  @Test
  void theMeasurementSeesAllocations() {
    long own = Thread.currentThread().getId();
    THREADS.getThreadAllocatedBytes(own);
    long before = THREADS.getThreadAllocatedBytes(own);
    assertEquals(0, THREADS.getThreadAllocatedBytes(own) - before, "it allocates nothing itself");
    long[] kept = new long[1000];
    long after = THREADS.getThreadAllocatedBytes(own);
    assertTrue(after - before >= 8L * kept.length, "found " + (after - before));
  }

  private static long[] workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("cifar-engine-worker-"))
        .filter(Thread::isAlive)
        .mapToLong(Thread::getId)
        .toArray();
  }

  /** Updates of a training, each measured up to the moment where the listener hears of it. */
  private static final class Updates implements TrainingListener {
    private final Trainer trainer;
    private final long passBytes;
    private final long caller = Thread.currentThread().getId();
    private long before;
    private long bytes;

    Updates(Trainer trainer, long passBytes) {
      this.trainer = trainer;
      this.passBytes = passBytes;
    }

    @Override
    public void onUpdate(
        int epoch, int update, int updates, double loss, int correct, int examples) {
      long taken = THREADS.getThreadAllocatedBytes(caller) - before;
      if (update > 1) {
        bytes += taken;
      } else if (updates == 1) { // each update begins a pass
        bytes += Math.max(0, taken - passBytes);
      }
    }

    /** Bytes that this thread allocated in so many updates, passes apart. */
    long run(int count) {
      bytes = 0;
      for (int i = 0; i < count; i++) {
        before = THREADS.getThreadAllocatedBytes(caller);
        assertTrue(trainer.advance(this), "it must not end");
      }
      return bytes;
    }
  }
}
