// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import io.cifarengine.compute.Engine;
import io.cifarengine.data.Cifar;
import io.cifarengine.data.ImageDataset;
import io.cifarengine.data.Layout;
import io.cifarengine.data.MeanImage;
import io.cifarengine.data.Normalization;
import io.cifarengine.data.SyntheticImages;
import io.cifarengine.nn.Initializer;
import io.cifarengine.nn.LayerFactory;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.SoftmaxCrossEntropy;
import io.cifarengine.optim.LearningRate;
import io.cifarengine.optim.Sgd;
import io.cifarengine.random.Randoms;
import io.cifarengine.train.Penalty;
import io.cifarengine.train.TrainMetrics;
import io.cifarengine.train.Trainer;
import io.cifarengine.train.TrainingListener;
import io.cifarengine.train.TrainingPlan;
import io.cifarengine.zoo.Models;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
  @Param({"MLP_3072_128_20", "MLP_3072_256_20", "CNN_32_64_64"})
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
    MLP_3072_128_20(128),
    /** Its wider sister. */
    MLP_3072_256_20(128),
    /** The CIFAR-10 study's network of three convolutions. */
    CNN_32_64_64(50);

    final int batchSize;

    Model(int batchSize) {
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

  private static final class Work implements TrainingListener {
    /** Makes an epoch last as long as a measurement: its end takes milliseconds. */
    private static final int UPDATES_PER_EPOCH = 8_192;

    private static final int EPOCHS = 64;

    final Engine engine;
    private final Trainer trainer;
    private double loss;

    Work(Model model, int threads, int count) {
      engine = Engine.withThreads(threads);
      int rendered = count * model.batchSize;
      int[] again = new int[UPDATES_PER_EPOCH * model.batchSize];
      Arrays.setAll(again, i -> i % rendered);
      trainer =
          switch (model) {
            case MLP_3072_128_20 -> perceptron(128, rendered, again);
            case MLP_3072_256_20 -> perceptron(256, rendered, again);
            case CNN_32_64_64 -> convolutional(rendered, again);
          };
    }

    private Trainer perceptron(int hidden, int rendered, int[] again) {
      ImageDataset images =
          SyntheticImages.coarseAndFine(1)
              .dataset(SyntheticImages.Split.TRAIN, rendered, Cifar.Labels.COARSE)
              .normalization(Normalization.Z_SCORE);
      Network network =
          network(
              images,
              Models.multilayerPerceptron(
                  List.of(hidden), Layers::tanh, images.classes(), Initializer.legacyPositive()));
      Sgd sgd = Sgd.over(network).momentum(0.8f).weightDecay(1e-4f);
      return trainer(network, sgd, images, again, LearningRate.constant(0.001));
    }

    private Trainer convolutional(int rendered, int[] again) {
      ImageDataset bytes =
          SyntheticImages.tenClasses(1)
              .dataset(SyntheticImages.Split.TRAIN, rendered, Cifar.Labels.COARSE);
      ImageDataset images =
          bytes.normalization(Normalization.centered(MeanImage.of(bytes), 1)).layout(Layout.NHWC);
      Network network =
          network(
              images,
              Models.convolutionalNetwork(
                  List.of(32, 64, 64),
                  List.of(64),
                  Layers::sigmoid,
                  images.classes(),
                  Initializer.glorotUniform()));
      Sgd sgd = Sgd.over(network).momentum(0.5f);
      return trainer(network, sgd, images, again, LearningRate.inverseTime(0.015, 0.001));
    }

    private Network network(ImageDataset images, List<LayerFactory> layers) {
      return Network.build(engine, images.exampleShape(), Randoms.seeded(1), layers);
    }

    private Trainer trainer(
        Network network, Sgd sgd, ImageDataset images, int[] again, LearningRate learningRate) {
      return new Trainer(
          network,
          sgd,
          new SoftmaxCrossEntropy(engine),
          images.select(again),
          images.first(1),
          new TrainingPlan(
              EPOCHS,
              1,
              again.length / UPDATES_PER_EPOCH,
              learningRate,
              Optional.empty(),
              0,
              Penalty.none(),
              TrainMetrics.DURING_EPOCH));
    }

    @Override
    public void onUpdate(
        int epoch, int update, int updates, double loss, int correct, int examples) {
      this.loss = loss;
    }

    double step() {
      if (!trainer.advance(this)) {
        throw new IllegalStateException("the training is over: " + trainer.updates() + " updates");
      }
      return loss;
    }
  }
}
