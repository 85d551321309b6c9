// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import io.cifarengine.compute.Elementwise;
import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.compute.Rows;
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

/** Element-wise and row operations, in elements a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ElementwiseBenchmark {
  /** Which matrix. */
  @Param({"HIDDEN", "WEIGHTS"})
  public MatrixShape shape = MatrixShape.HIDDEN;

  /** How many threads share it. */
  @Param({"1", "2"})
  public int threads = 1;

  /** Vector width: auto, scalar, 128, 256 or 512. */
  @Param("auto")
  public String simd = "auto";

  /** Matrices of the CIFAR-100 perceptron. */
  public enum MatrixShape {
    /** Hidden activations of a batch. */
    HIDDEN(128, 128),
    /** Outputs of a batch. */
    OUTPUT(128, 20),
    /** Weights of the first layer. */
    WEIGHTS(3072, 128);

    final int rows;
    final int columns;

    MatrixShape(int rows, int columns) {
      this.rows = rows;
      this.columns = columns;
    }
  }

  @SuppressWarnings("NullAway.Init") // all five by setUp
  private Engine engine;

  @SuppressWarnings("NullAway.Init")
  private Tensor x;

  @SuppressWarnings("NullAway.Init")
  private Tensor y;

  @SuppressWarnings("NullAway.Init")
  private Tensor dy;

  @SuppressWarnings("NullAway.Init")
  private Tensor sums;

  /** Fills the matrices with numbers from -4 to 4. */
  @Setup
  public void setUp() {
    System.setProperty(Engine.SIMD_PROPERTY, simd);
    engine = Engine.withThreads(threads);
    x = Tensor.zeros(shape.rows, shape.columns);
    y = x.copy();
    dy = x.copy();
    sums = Tensor.zeros(shape.columns);
    Randoms randoms = Randoms.seeded(1);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = 8 * randoms.uniformFloat(i) - 4;
    }
  }

  /** Stops the threads. */
  @TearDown
  public void tearDown() {
    engine.close();
  }

  /** y = tanh x. */
  @Benchmark
  public Tensor tanh(Samples elements) {
    elements.samples += x.size();
    Elementwise.tanh(engine, x, y);
    return y;
  }

  /** y = sigmoid x. */
  @Benchmark
  public Tensor sigmoid(Samples elements) {
    elements.samples += x.size();
    Elementwise.sigmoid(engine, x, y);
    return y;
  }

  /** y = e^x. */
  @Benchmark
  public Tensor exp(Samples elements) {
    elements.samples += x.size();
    Elementwise.exp(engine, x, y);
    return y;
  }

  /** y = max(x, 0). */
  @Benchmark
  public Tensor relu(Samples elements) {
    elements.samples += x.size();
    Elementwise.relu(engine, x, y);
    return y;
  }

  /** w, v = one step of momentum; a rate of 0 keeps the numbers where they are. */
  @Benchmark
  public Tensor momentumStep(Samples elements) {
    elements.samples += x.size();
    Elementwise.momentumStep(engine, x, dy, y, 0f, 0.8f, 0f);
    return x;
  }

  /** y = softmax of each row. */
  @Benchmark
  public Tensor softmax(Samples elements) {
    elements.samples += x.size();
    Rows.softmax(engine, x, y);
    return y;
  }

  /** s = sums of the columns. */
  @Benchmark
  public Tensor columnSums(Samples elements) {
    elements.samples += x.size();
    Rows.columnSums(engine, x, sums, Into.OVERWRITE);
    return sums;
  }
}
