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

/** Convolutions and their gradients, in GFLOP/s; products with the zeros of the padding count. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2) // interpreted vector code is slow: the first iteration is lost
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ConvolutionBenchmark {
  /** Which convolution. */
  @Param({"CONV1", "CONV2", "CONV3"})
  public ConvShape shape = ConvShape.CONV1;

  /** Forward, or which gradient. */
  @Param({"FORWARD", "BACKWARD_WEIGHTS", "BACKWARD_DATA"})
  public ConvOperation operation = ConvOperation.FORWARD;

  /** How many threads share it. */
  @Param({"1", "2"})
  public int threads = 1;

  /** Vector width: auto, scalar, 128, 256 or 512. */
  @Param("auto")
  public String simd = "auto";

  @SuppressWarnings("NullAway.Init") // both by setUp
  private Engine engine;

  @SuppressWarnings("NullAway.Init")
  private ConvWork work;

  /** Fills the tensors. */
  @Setup
  public void setUp() {
    System.setProperty(Engine.SIMD_PROPERTY, simd);
    engine = Engine.withThreads(threads);
    work = new ConvWork(engine, shape);
  }

  /** Stops the threads. */
  @TearDown
  public void tearDown() {
    engine.close();
  }

  /** One convolution of a batch, or one gradient. */
  @Benchmark
  public Tensor convolve(Flops flops) {
    flops.gflops += shape.gigaflop();
    return work.run(operation);
  }
}
