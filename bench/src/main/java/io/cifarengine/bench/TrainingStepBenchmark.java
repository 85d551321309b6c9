// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import io.cifarengine.compute.Engine;
import io.cifarengine.data.Batch;
import io.cifarengine.data.Batches;
import io.cifarengine.data.Cifar;
import io.cifarengine.data.ImageDataset;
import io.cifarengine.data.Normalization;
import io.cifarengine.data.SyntheticImages;
import io.cifarengine.nn.Initializer;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.SoftmaxCrossEntropy;
import io.cifarengine.optim.Sgd;
import io.cifarengine.random.Randoms;
import io.cifarengine.train.Trainer;
import io.cifarengine.zoo.Models;
import java.util.Iterator;
import java.util.List;
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
 * One whole training step: gather and normalize a batch of bytes, forward, loss, backward, update; in
 * examples a second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class TrainingStepBenchmark {
  /** Which network. */
  @Param({"MLP_3072_128_20", "MLP_3072_256_20"})
  public Model model = Model.MLP_3072_128_20;

  /** How many threads share it. */
  @Param({"1", "2"})
  public int threads = 1;

  /** Vector width: auto, scalar, 128, 256 or 512. */
  @Param("auto")
  public String simd = "auto";

  /** Networks with their batch size. */
  public enum Model {
    /** The CIFAR-100 perceptron. */
    MLP_3072_128_20(128, 128),
    /** Its wider sister. */
    MLP_3072_256_20(256, 128);

    final int hidden;
    final int batchSize;

    Model(int hidden, int batchSize) {
      this.hidden = hidden;
      this.batchSize = batchSize;
    }
  }

  @SuppressWarnings("NullAway.Init") // by setUp
  private Work work;

  /** Builds the network and renders the images. */
  @Setup
  public void setUp() {
    System.setProperty(Engine.SIMD_PROPERTY, simd);
    work = new Work(model, threads, 100);
  }

  /** Stops the threads. */
  @TearDown
  public void tearDown() {
    work.engine.close();
  }

  /** One step. */
  @Benchmark
  public double step(Samples examples) {
    examples.samples += model.batchSize;
    return work.step();
  }

  private static final class Work {
    final Engine engine;
    private final Trainer trainer;
    private final Batches batches;
    private Iterator<Batch> pass;

    Work(Model model, int threads, int count) {
      engine = Engine.withThreads(threads);
      ImageDataset images =
          SyntheticImages.coarseAndFine(1)
              .dataset(SyntheticImages.Split.TRAIN, count * model.batchSize, Cifar.Labels.COARSE)
              .normalization(Normalization.Z_SCORE);
      Network network =
          Network.build(
              engine,
              images.exampleShape(),
              Randoms.seeded(1),
              Models.multilayerPerceptron(
                  List.of(model.hidden),
                  Layers::tanh,
                  images.classes(),
                  Initializer.legacyPositive()));
      Sgd sgd = Sgd.over(network).learningRate(0.001f).momentum(0.8f).weightDecay(1e-4f);
      trainer =
          new Trainer(
              network, sgd, new SoftmaxCrossEntropy(engine), images, images, model.batchSize);
      batches = Batches.of(engine, images, model.batchSize);
      pass = batches.iterator();
    }

    double step() {
      if (!pass.hasNext()) {
        pass = batches.iterator();
      }
      return trainer.step(pass.next()).mean();
    }
  }
}
