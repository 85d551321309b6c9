// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs each benchmark for an instant, so that none rots. */
class BenchmarksRunTest {
  @Test
  void everyFormOfAProductRuns() throws RunnerException {
    assertEquals(1, run(GemmBenchmark.class, "shape", "MLP_OUTPUT")); // A B
    assertEquals(1, run(GemmBenchmark.class, "shape", "MLP_WEIGHTS")); // A' B
    assertEquals(1, run(GemmBenchmark.class, "shape", "MLP_HIDDEN")); // A B'
  }

  @Test
  void everyElementwiseOperationRuns() throws RunnerException {
    assertEquals(7, run(ElementwiseBenchmark.class, "shape", "OUTPUT"));
  }

  @Test
  void batchesAreGatheredInBothLayouts() throws RunnerException {
    assertEquals(2, run(GatherBenchmark.class, "rule", "CENTERED"));
  }

  @Test
  void aConvolutionAndItsGradientsRun() throws RunnerException {
    assertEquals(3, run(ConvolutionBenchmark.class, "shape", "CONV1"));
  }

  @Test
  void poolingRunsBothWays() throws RunnerException {
    assertEquals(2, run(PoolingBenchmark.class, "shape", "POOL2"));
  }

  @Test
  void theLimitsOfTheMachineRun() throws RunnerException {
    assertEquals(2, run(PeakBenchmark.class, "simd", "auto"));
  }

  @Test
  void aTrainingStepRuns() throws RunnerException {
    assertEquals(1, run(TrainingStepBenchmark.class, "model", "MLP_3072_128_20"));
    assertEquals(1, run(TrainingStepBenchmark.class, "model", "CNN_32_64_64"));
  }

  /** In this JVM, since a fork would need a class path of its own; how many benchmarks ran. */
  private static int run(Class<?> benchmark, String parameter, String value)
      throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("\\." + benchmark.getSimpleName() + "\\.")
                    .param(parameter, value)
                    .param("threads", "2")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(10))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    for (RunResult result : results) {
      assertTrue(result.getPrimaryResult().getScore() > 0, result.getParams().id());
    }
    return results.size();
  }
}
