// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import io.cifarengine.compute.Engine;
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

/** Matrix products of the papers' networks, in GFLOP/s. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2) // interpreted vector code is slow: the first iteration is lost
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class GemmBenchmark {
  /** Which product. */
  @Param({"SQUARE_1024", "MLP_FORWARD", "MLP_WEIGHTS", "NN_SGD_FORWARD", "NN_SGD_WEIGHTS"})
  public GemmShape shape = GemmShape.SQUARE_1024;

  /** How many threads share it. */
  @Param({"1", "2"})
  public int threads;

  /** Vector width: auto, scalar, 128, 256 or 512. */
  @Param("auto")
  public String simd = "auto";

  @SuppressWarnings("NullAway.Init") // both by setUp
  private Engine engine;

  @SuppressWarnings("NullAway.Init")
  private GemmWork work;

  /** Fills the matrices. */
  @Setup
  public void setUp() {
    System.setProperty(Engine.SIMD_PROPERTY, simd);
    engine = Engine.withThreads(threads);
    work = new GemmWork(engine, shape.form, shape.m, shape.n, shape.k);
  }

  /** Stops the threads. */
  @TearDown
  public void tearDown() {
    engine.close();
  }

  /** One product. */
  @Benchmark
  public Tensor multiply(Flops flops) {
    flops.gflops += shape.gigaflop();
    return work.multiply();
  }
}
