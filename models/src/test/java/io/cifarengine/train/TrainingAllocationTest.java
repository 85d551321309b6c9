// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.cifarengine.compute.Engine;
import io.cifarengine.data.Batch;
import io.cifarengine.data.Batches;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.SoftmaxCrossEntropy;
import io.cifarengine.optim.Sgd;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Gathering a batch and training on it takes no memory from the heap, on the caller and on the workers.
 *
 * <p>Before C2 has compiled everything, vectors are objects, and while it discards and compiles again
 * they are so once more. Steps therefore run in windows, and one window without a single byte shows
 * that nothing in a step needs memory; a step that did would fill every window.
 */
class TrainingAllocationTest {
  private static final int WARM_UP_STEPS = 3_000;
  private static final int WINDOW_STEPS = 200;
  private static final int WINDOWS = 40;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void aWarmTrainingStepAllocatesNothingOnAnyThread() {
    // 64 x 192 x 64 multiply-adds and 12,288 weights are enough for the workers to take part; the
    // last of each pass's four batches has 22 examples.
    Shape shape = Shape.of(3, 8, 8);
    FloatExamples set = FloatExamples.noise(1, 214, shape, 20);
    try (Engine engine = Engine.withThreads(2)) {
      Network network =
          Network.build(
              engine,
              shape,
              Randoms.seeded(1),
              Layers.flatten(),
              Layers.linear(64),
              Layers.tanh(),
              Layers.linear(32),
              Layers.relu(),
              Layers.linear(16),
              Layers.sigmoid(),
              Layers.linear(20));
      Sgd sgd = Sgd.over(network).learningRate(0.001f).momentum(0.8f).weightDecay(1e-4f);
      var trainer =
          new Trainer(network, sgd, SoftmaxCrossEntropy.withOffset(engine, 1e-6), set, set, 64);
      var steps = new Steps(trainer, Batches.of(engine, set, 64));
      steps.run(WARM_UP_STEPS);
      assertEquals(1, workers().length, "an engine of two threads has one worker");
      assertTrue(THREADS.getThreadCpuTime(workers()[0]) > 0, "which takes part");
      List<String> seen = new ArrayList<>();
      for (int window = 0; window < WINDOWS; window++) {
        long[] before = THREADS.getThreadAllocatedBytes(workers());
        long caller = steps.run(WINDOW_STEPS);
        long worker = THREADS.getThreadAllocatedBytes(workers())[0] - before[0];
        if (caller == 0 && worker == 0) {
          return;
        }
        seen.add("caller " + caller + ", worker " + worker);
      }
      fail("bytes in " + WINDOW_STEPS + " steps: " + seen);
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

  /** Passes over the batches, one after another; only the iterator of each pass is made anew. */
  private static final class Steps {
    private final Trainer trainer;
    private final Batches batches;
    private final long caller = Thread.currentThread().getId();
    private Iterator<Batch> pass;

    Steps(Trainer trainer, Batches batches) {
      this.trainer = trainer;
      this.batches = batches;
      pass = batches.inOrder().iterator();
    }

    /** Bytes that this thread allocated in so many steps, iterators apart. */
    long run(int count) {
      long bytes = 0;
      for (int i = 0; i < count; i++) {
        if (!pass.hasNext()) {
          pass = batches.inOrder().iterator();
        }
        long before = THREADS.getThreadAllocatedBytes(caller);
        trainer.step(pass.next());
        bytes += THREADS.getThreadAllocatedBytes(caller) - before;
      }
      return bytes;
    }
  }
}
