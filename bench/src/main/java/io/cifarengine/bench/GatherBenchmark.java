// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import io.cifarengine.compute.Engine;
import io.cifarengine.data.Batch;
import io.cifarengine.data.Batches;
import io.cifarengine.data.Cifar;
import io.cifarengine.data.ImageDataset;
import io.cifarengine.data.Layout;
import io.cifarengine.data.MeanImage;
import io.cifarengine.data.Normalization;
import io.cifarengine.data.SyntheticImages;
import io.cifarengine.random.Randoms;
import java.util.Collections;
import java.util.Iterator;
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

/** Batches of 128 images gathered in random order, from bytes to normalized floats, in images a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class GatherBenchmark {
  private static final int IMAGES = 12_800;
  private static final int BATCH = 128;

  /** What the bytes become. */
  @Param({"Z_SCORE", "CENTERED"})
  public Rule rule = Rule.Z_SCORE;

  /** The order of a pixel's channels. */
  @Param({"PLANAR", "NHWC"})
  public Layout layout = Layout.PLANAR;

  /** How many threads share it. */
  @Param({"1", "2"})
  public int threads = 1;

  /** Vector width: auto, scalar, 128, 256 or 512. */
  @Param("auto")
  public String simd = "auto";

  /** The normalizations of the two studies. */
  public enum Rule {
    /** Mean 0 and deviation 1 in every channel. */
    Z_SCORE,
    /** Without the mean image. */
    CENTERED;

    Normalization of(ImageDataset images) {
      return this == Z_SCORE
          ? Normalization.Z_SCORE
          : Normalization.centered(MeanImage.of(images), 1);
    }
  }

  @SuppressWarnings("NullAway.Init") // both by setUp
  private Engine engine;

  @SuppressWarnings("NullAway.Init")
  private Batches batches;

  private Iterator<Batch> pass = Collections.emptyIterator();

  /** Renders the images. */
  @Setup
  public void setUp() {
    System.setProperty(Engine.SIMD_PROPERTY, simd);
    engine = Engine.withThreads(threads);
    ImageDataset images =
        SyntheticImages.tenClasses(1)
            .dataset(SyntheticImages.Split.TRAIN, IMAGES, Cifar.Labels.COARSE);
    batches = Batches.of(engine, images.normalization(rule.of(images)).layout(layout), BATCH);
    batches.shuffled(Randoms.seeded(1));
  }

  /** Stops the threads. */
  @TearDown
  public void tearDown() {
    engine.close();
  }

  /** The next batch. */
  @Benchmark
  public Batch gather(Samples images) {
    if (!pass.hasNext()) {
      pass = batches.iterator();
    }
    images.samples += BATCH;
    return pass.next();
  }
}
