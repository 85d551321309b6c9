// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.data.ImageDataset;
import io.cifarengine.nn.NetworkSummary;
import io.cifarengine.nn.WeightDigest;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModelCaseTest {
  private static final int IMAGES = 600;

  /** 3072 128 twice, 128 20 three times; the convolutions likewise. */
  @Test
  void multiplyAddsLeaveOutTheGradientOfTheImages() {
    long conv1 = 32 * 32 * 9 * 3 * 32;
    long conv2 = 16 * 16 * 9 * 32 * 64;
    long conv3 = 8 * 8 * 9 * 64 * 64;
    long dense = 1024 * 64 + 64 * 10;
    try (Engine engine = Engine.withThreads(1)) {
      List<Long> counted =
          ModelCase.ALL.stream()
              .map(one -> one.step(engine, one.render(IMAGES)).network)
              .map(network -> SpeedTest.multiplyAdds(NetworkSummary.of(network)))
              .toList();
      assertEquals(
          List.of(
              2L * 3072 * 128 + 3L * 128 * 20,
              2L * 3072 * 200 + 3L * 200 * 10,
              2L * 3072 * 200 + 3L * 200 * 10,
              2L * 3072 * 10,
              2 * conv1 + 3 * (conv2 + conv3 + dense)),
          counted);
    }
  }

  @Test
  void batchesAreTheStudiesAndFullOnesTakeAllImages() {
    assertEquals(
        List.of(128, 500, 0, 0, 50), ModelCase.ALL.stream().map(ModelCase::batch).toList());
    try (Engine engine = Engine.withThreads(1)) {
      List<Integer> images =
          ModelCase.ALL.stream().map(one -> one.step(engine, one.render(IMAGES)).images()).toList();
      assertEquals(List.of(128, 500, IMAGES, IMAGES, 50), images);
    }
  }

  @Test
  void aStepChangesTheWeightsAndGoesRoundTheImages() {
    ModelCase one = ModelCase.ALL.get(0);
    try (Engine engine = Engine.withThreads(2)) {
      TrainingStep step = one.step(engine, one.render(2 * 128 + 1));
      String before = WeightDigest.of(step.network);
      for (int i = 0; i < 5; i++) { // two batches a pass
        step.run();
        String after = WeightDigest.of(step.network);
        assertNotEquals(before, after);
        before = after;
      }
    }
  }

  /** The phases are a step: the same weights come of it. */
  @Test
  void aStepInPhasesGivesTheWeightsOfAStep() {
    for (ModelCase one : ModelCase.ALL.stream().filter(ModelCase::phases).toList()) {
      ImageDataset images = one.render(IMAGES);
      try (Engine engine = Engine.withThreads(2)) {
        TrainingStep whole = one.step(engine, images);
        TrainingStep inPhases = one.step(engine, images);
        StepPhases phases = new PhaseTimer(inPhases).measure("it", new Stopwatch(0, 0));
        for (int i = 0; i < 4; i++) { // one to warm up, three measured
          whole.run();
        }
        assertEquals(WeightDigest.of(whole.network), WeightDigest.of(inPhases.network));
        assertEquals(one.batch(), phases.images());
        assertEquals(2, phases.threads());
        assertTimes(phases);
      }
    }
  }

  private static void assertTimes(StepPhases phases) {
    double layers = 0;
    for (StepPhases.LayerTimes layer : phases.layers()) {
      boolean reshapes = layer.layer().startsWith("flatten");
      boolean learns = layer.layer().startsWith("linear") || layer.layer().startsWith("conv");
      assertEquals(!reshapes, layer.forward() > 0, layer.layer());
      assertEquals(learns, layer.parameterGradients() > 0, layer.layer());
      layers += layer.forward() + layer.parameterGradients() + layer.inputGradient();
    }
    double[] others = {phases.gather(), phases.loss(), phases.check(), phases.update()};
    double sum = layers;
    for (double other : others) {
      assertTrue(other > 0);
      sum += other;
    }
    assertEquals(sum, phases.total(), 40 * Math.ulp(sum)); // some forty additions in another order
    double[] first =
        phases.layers().stream()
            .filter(layer -> layer.parameterGradients() > 0)
            .limit(1)
            .mapToDouble(StepPhases.LayerTimes::inputGradient)
            .toArray();
    assertArrayEquals(new double[] {0}, first, "nobody asks for the gradient of the images");
  }

  @Test
  void ofTwoMeasurementsOfALimitTheHigherCounts() {
    assertEquals(
        List.of(new Machine.Limit(1, 8, 6), new Machine.Limit(2, 15, 9)),
        SpeedTest.best(
            List.of(new Machine.Limit(1, 8, 5), new Machine.Limit(2, 14, 9)),
            List.of(new Machine.Limit(1, 7, 6), new Machine.Limit(2, 15, 8))));
  }

  @Test
  void experimentsAreNamedOnce() {
    assertEquals(
        ModelCase.ALL.size(),
        ModelCase.ALL.stream().map(ModelCase::experiment).collect(Collectors.toSet()).size());
  }
}
