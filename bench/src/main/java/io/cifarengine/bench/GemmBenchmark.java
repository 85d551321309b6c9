// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.MatMul;
import io.cifarengine.random.Randoms;
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

  @SuppressWarnings("NullAway.Init") // by setUp
  private Work work;

  /** Fills the matrices. */
  @Setup
  public void setUp() {
    System.setProperty(Engine.SIMD_PROPERTY, simd);
    work = new Work(shape, threads);
  }

  /** Stops the threads. */
  @TearDown
  public void tearDown() {
    work.engine.close();
  }

  /** One product. */
  @Benchmark
  public Tensor multiply(Flops flops) {
    flops.gflops += shape.gigaflop();
    return work.multiply();
  }

  private static final class Work {
    final Engine engine;
    final GemmShape shape;
    final Tensor a;
    final Tensor b;
    final Tensor c;

    Work(GemmShape shape, int threads) {
      this.shape = shape;
      engine = Engine.withThreads(threads);
      boolean aT = shape.form == GemmShape.Form.ATB;
      boolean bT = shape.form == GemmShape.Form.ABT;
      a = random(aT ? shape.k : shape.m, aT ? shape.m : shape.k, "a");
      b = random(bT ? shape.n : shape.k, bT ? shape.k : shape.n, "b");
      c = Tensor.zeros(shape.m, shape.n);
    }

    Tensor multiply() {
      switch (shape.form) {
        case AB -> MatMul.ab(engine, a, b, c);
        case ATB -> MatMul.aTb(engine, a, b, c);
        case ABT -> MatMul.abT(engine, a, b, c);
      }
      return c;
    }

    private static Tensor random(int rows, int columns, String stream) {
      Randoms randoms = Randoms.seeded(1).stream(stream);
      Tensor t = Tensor.zeros(rows, columns);
      for (int i = 0; i < t.size(); i++) {
        t.data()[i] = randoms.uniformFloat(i) - 0.5f;
      }
      return t;
    }
  }
}
