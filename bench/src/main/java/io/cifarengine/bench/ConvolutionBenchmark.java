// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import io.cifarengine.compute.ConvGeometry;
import io.cifarengine.compute.Convolution;
import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.random.Randoms;
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

/** Convolutions and their gradients, in GFLOP/s; products with the zeros of the padding count. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2) // interpreted vector code is slow: the first iteration is lost
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ConvolutionBenchmark {
  private static final int BATCH = 50;

  /** Which convolution. */
  @Param({"CONV1", "CONV2", "CONV3"})
  public ConvShape shape = ConvShape.CONV1;

  /** Forward, or which gradient. */
  @Param({"FORWARD", "BACKWARD_WEIGHTS", "BACKWARD_DATA"})
  public Operation operation = Operation.FORWARD;

  /** How many threads share it. */
  @Param({"1", "2"})
  public int threads = 1;

  /** Vector width: auto, scalar, 128, 256 or 512. */
  @Param("auto")
  public String simd = "auto";

  /** What is computed. */
  public enum Operation {
    /** y from x. */
    FORWARD,
    /** dW and db from x and dy. */
    BACKWARD_WEIGHTS,
    /** dx from dy. */
    BACKWARD_DATA
  }

  /** Kernels of 3 x 3 with padding {@code same} on squares of pixels. */
  public enum ConvShape {
    /** The first layer. */
    CONV1(32, 3, 32),
    /** The second, behind a pooling. */
    CONV2(16, 32, 64),
    /** The third, behind another. */
    CONV3(8, 64, 64);

    final int size;
    final int channels;
    final int filters;

    ConvShape(int size, int channels, int filters) {
      this.size = size;
      this.channels = channels;
      this.filters = filters;
    }

    ConvGeometry geometry() {
      return ConvGeometry.same(Shape.of(size, size, channels), 3, 3, filters, 1);
    }
  }

  @SuppressWarnings("NullAway.Init") // by setUp
  private Work work;

  /** Fills the tensors. */
  @Setup
  public void setUp() {
    System.setProperty(Engine.SIMD_PROPERTY, simd);
    work = new Work(shape.geometry(), threads);
  }

  /** Stops the threads. */
  @TearDown
  public void tearDown() {
    work.engine.close();
  }

  /** One convolution of a batch, or one gradient. */
  @Benchmark
  public Tensor convolve(Flops flops) {
    flops.gflops += work.gigaflop;
    return work.run(operation);
  }

  private static final class Work {
    final Engine engine;
    final ConvGeometry geometry;
    final double gigaflop;
    final Tensor x;
    final Tensor dx;
    final Tensor w;
    final Tensor dw;
    final Tensor b;
    final Tensor db;
    final Tensor y;
    final Tensor dy;

    Work(ConvGeometry geometry, int threads) {
      this.geometry = geometry;
      engine = Engine.withThreads(threads);
      gigaflop = 2e-9 * BATCH * geometry.multiplyAdds();
      x = random(geometry.imageShape().withBatch(BATCH), "x");
      dx = Tensor.zeros(x.shape());
      w = random(geometry.weightShape(), "w");
      dw = Tensor.zeros(w.shape());
      b = Tensor.zeros(geometry.filters());
      db = Tensor.zeros(geometry.filters());
      y = Tensor.zeros(geometry.outputShape().withBatch(BATCH));
      dy = random(y.shape(), "dy");
    }

    Tensor run(Operation operation) {
      return switch (operation) {
        case FORWARD -> {
          Convolution.forward(engine, geometry, x, w, b, y);
          yield y;
        }
        case BACKWARD_WEIGHTS -> {
          Convolution.backwardWeights(engine, geometry, x, dy, dw, db, Into.OVERWRITE);
          yield dw;
        }
        case BACKWARD_DATA -> {
          Convolution.backwardData(engine, geometry, dy, w, dx);
          yield dx;
        }
      };
    }

    private static Tensor random(Shape shape, String stream) {
      Randoms randoms = Randoms.seeded(1).stream(stream);
      Tensor t = Tensor.zeros(shape);
      for (int i = 0; i < t.size(); i++) {
        t.data()[i] = randoms.uniformFloat(i) - 0.5f;
      }
      return t;
    }
  }
}
