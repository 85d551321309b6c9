// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.ImageSet;
import io.cifarengine.config.Setting;
import io.cifarengine.config.SplitOrder;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The first epochs of one arm on the real images, against an independent implementation. */
class RealMomentumTest {
  private static final Optional<String> DATA =
      Optional.ofNullable(System.getenv("CIFAR_ENGINE_DATA"))
          .filter(place -> !place.isBlank() && !place.equals("synthetic"));

  /** Losses of a PyTorch run of the same network on the sequential split: train, validation. */
  private static final double[][] INDEPENDENT = {
    {2.941250, 2.941845}, {2.879724, 2.880957}, {2.845783, 2.848016}
  };

  /** Of the weights after the third epoch, in numerics 1 to 3, which differ in convolutions alone. */
  private static final String GOLDEN =
      "2c6935d996d0337a883554b0aa2f38750e67c2f091fceabfc1950dd2d94cd044";

  @Test
  void theFirstEpochsAreThoseOfAnIndependentImplementation() throws Exception {
    assumeTrue(DATA.isPresent(), "CIFAR_ENGINE_DATA is not set: no real CIFAR here");
    GridExperiment momentum = (GridExperiment) Experiments.named("momentum").orElseThrow();
    ExperimentOptions options =
        new ExperimentOptions(
            OptionalInt.of(3),
            OptionalInt.empty(),
            Optional.of(SplitOrder.SEQUENTIAL),
            42,
            1,
            Map.of(Setting.MOMENTUM, "0.8", Setting.LEARNING_RATE, "0.001"),
            false);
    DataSource source = new DataSource.Folder(Path.of(DATA.get()));
    ExperimentResult result;
    try (Engine engine = Engine.create()) {
      List<TrialResult> trials =
          new TrialRunner(
                  engine,
                  engine.threads(),
                  source,
                  TrialStore.none(),
                  TrialListener.none(),
                  StopSignal.never())
              .run(options.trials(momentum));
      String name = source.name(ImageSet.CIFAR100_COARSE);
      result =
          new ExperimentResult(momentum, name, false, engine.threads(), engine.simdBits(), trials);
    }
    assertEquals(1, result.arms().size());
    List<EpochReport> epochs = result.arms().get(0).first().training().epochs();
    assertEquals(INDEPENDENT.length, epochs.size());
    for (int i = 0; i < INDEPENDENT.length; i++) {
      // Six digits are given, and float sums in another order move the sixth.
      assertEquals(INDEPENDENT[i][0], epochs.get(i).train().loss(), 1e-5);
      assertEquals(INDEPENDENT[i][1], epochs.get(i).validation().loss(), 1e-5);
    }
    assertEquals(GOLDEN, epochs.get(2).digest());
    assertTrue(result.verdict().words().startsWith("not judged: 3 epochs"), result.toString());
  }
}
