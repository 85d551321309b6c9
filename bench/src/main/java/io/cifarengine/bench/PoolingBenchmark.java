// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.PoolGeometry;
import io.cifarengine.compute.Pooling;
import io.cifarengine.speed.RandomTensors;
import io.cifarengine.tensor.Shape;
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

/** Max pooling of 50 images by windows of 2 x 2, in elements of its input a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class PoolingBenchmark {
  /** Which images. */
  @Param({"POOL1", "POOL2"})
  public PoolShape shape = PoolShape.POOL1;

  /** How many threads share it. */
  @Param({"1", "2"})
  public int threads = 1;

  /** Vector width: auto, scalar, 128, 256 or 512. */
  @Param("auto")
  public String simd = "auto";

  /** What the convolutions put out. */
  public enum PoolShape {
    /** Behind the first one. */
    POOL1(32, 32),
    /** Behind the second. */
    POOL2(16, 64);

    final int size;
    final int channels;

    PoolShape(int size, int channels) {
      this.size = size;
      this.channels = channels;
    }
  }

  @SuppressWarnings("NullAway.Init") // all six by setUp
  private Engine engine;

  @SuppressWarnings("NullAway.Init")
  private PoolGeometry geometry;

  @SuppressWarnings("NullAway.Init")
  private Tensor x;

  @SuppressWarnings("NullAway.Init")
  private Tensor dx;

  @SuppressWarnings("NullAway.Init")
  private Tensor y;

  @SuppressWarnings("NullAway.Init")
  private Tensor dy;

  /** Fills the images. */
  @Setup
  public void setUp() {
    System.setProperty(Engine.SIMD_PROPERTY, simd);
    engine = Engine.withThreads(threads);
    geometry = PoolGeometry.of(Shape.of(shape.size, shape.size, shape.channels), 2, 2, 2);
    x = RandomTensors.uniform(geometry.imageShape().withBatch(50), "x");
    dx = Tensor.zeros(x.shape());
    y = Tensor.zeros(geometry.outputShape().withBatch(50));
    Pooling.maxForward(engine, geometry, x, y);
    dy = y.copy();
  }

  /** Stops the threads. */
  @TearDown
  public void tearDown() {
    engine.close();
  }

  /** y = the largest of each window. */
  @Benchmark
  public Tensor maxForward(Samples elements) {
    elements.samples += x.size();
    Pooling.maxForward(engine, geometry, x, y);
    return y;
  }

  /** dx = the gradient of the largest of each window. */
  @Benchmark
  public Tensor maxBackward(Samples elements) {
    elements.samples += x.size();
    Pooling.maxBackward(engine, geometry, x, y, dy, dx);
    return dx;
  }
}
