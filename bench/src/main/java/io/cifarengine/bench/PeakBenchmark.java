// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Sums;
import io.cifarengine.internal.kernel.KernelSet;
import io.cifarengine.internal.kernel.PeakKernel;
import io.cifarengine.tensor.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the machine can do at most: fused multiply-adds from registers in GFLOP/s, and floats read from
 * memory a second. The other benchmarks are to be seen beside them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class PeakBenchmark {
  private static final int PASSES = 5_000;
  private static final int PARTS_PER_THREAD = 64;

  /** 512 MiB: larger than most caches. */
  private static final int FLOATS = 128 << 20;

  /** How many threads share it. */
  @Param({"1", "2"})
  public int threads = 1;

  /** Vector width: auto, scalar, 128, 256 or 512. */
  @Param("auto")
  public String simd = "auto";

  @SuppressWarnings("NullAway.Init") // all four by setUp
  private Engine engine;

  @SuppressWarnings("NullAway.Init")
  private PeakKernel kernel;

  @SuppressWarnings("NullAway.Init")
  private float[][] accumulators;

  @SuppressWarnings("NullAway.Init")
  private Tensor x;

  /** Makes the chains, and the numbers to read. */
  @Setup
  public void setUp() {
    System.setProperty(Engine.SIMD_PROPERTY, simd);
    engine = Engine.withThreads(threads);
    kernel = KernelSet.chosen().peak();
    accumulators = new float[threads][kernel.chains()];
    x = Tensor.zeros(FLOATS);
  }

  /** Stops the threads. */
  @TearDown
  public void tearDown() {
    engine.close();
  }

  /** Chains of fma on every thread. */
  @Benchmark
  public float[][] multiplyAdd(Flops flops) {
    int parts = threads * PARTS_PER_THREAD;
    flops.gflops += 2e-9 * kernel.chains() * PASSES * parts;
    engine.forRanges(parts, 1, this::passes);
    return accumulators;
  }

  private void passes(int from, int to, int participant) {
    for (int part = from; part < to; part++) {
      kernel.run(PASSES, 0x1p-10f, 0x1p-10f, accumulators[participant]);
    }
  }

  /** Reads every number, 4 bytes each. */
  @Benchmark
  public boolean readMemory(Samples floats) {
    floats.samples += FLOATS;
    return Sums.isFinite(engine, x);
  }
}
