// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.experiment.DataSource;
import io.cifarengine.experiment.ExperimentOptions;
import io.cifarengine.experiment.Experiments;
import io.cifarengine.experiment.TrialListener;
import io.cifarengine.experiment.TrialResult;
import io.cifarengine.train.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparedRunTest {
  private static final int IMAGES = 12;

  private final Path runs;

  ComparedRunTest(@TempDir Path runs) {
    this.runs = runs;
  }

  private static RunPlan plan(String experiment, int epochs, int images) {
    ExperimentOptions options =
        new ExperimentOptions(
            OptionalInt.of(epochs),
            OptionalInt.of(images),
            Optional.empty(),
            42,
            1,
            Map.of(),
            false);
    return RunPlan.of(Experiments.named(experiment).orElseThrow(), options);
  }

  /** A run that is done, or was only begun. */
  private static RunDirectory run(Path folder, RunPlan plan, boolean done) throws Exception {
    RunDirectory run = RunDirectory.createAt(folder, plan, Map.of());
    if (done) {
      try (Engine engine = Engine.withThreads(1)) {
        new RunSession(engine, new DataSource.Synthetic(), StopSignal.never(), Duration.ofHours(1))
            .execute(run, TrialListener.none());
      }
    }
    return run;
  }

  private RunDirectory nn(String id, int epochs, int images, boolean done) throws Exception {
    return run(runs.resolve("nn").resolve(id), plan("nn", epochs, images), done);
  }

  private static int epochs(RunDirectory run) throws Exception {
    Optional<TrialResult> found = ComparedRun.beside(run, "nn");
    return found.map(trial -> trial.training().epochs().size()).orElse(0);
  }

  private static boolean hasOverlay(RunDirectory run) {
    return Files.exists(run.folder().resolve("plots/overlay-nn.svg"));
  }

  @Test
  void theLatestFinishedRunOnTheSameImagesIsFoundAndDrawn() throws Exception {
    Path own = runs.resolve("nn-sgd");
    RunDirectory before = run(own.resolve("2026-01"), plan("nn-sgd", 1, IMAGES), true);
    assertEquals(0, epochs(before), "there is none yet");
    assertFalse(hasOverlay(before));

    nn("2026-02", 1, IMAGES, true);
    nn("2026-03", 2, IMAGES, true);
    nn("2026-04", 3, IMAGES + 1, true); // other images
    nn("2026-05", 4, IMAGES, false); // not done
    Path damaged = nn("2026-06", 5, IMAGES, false).folder();
    Files.writeString(damaged.resolve("status.json"), "{");
    assertEquals(2, epochs(before));

    RunDirectory after = run(own.resolve("2026-07"), plan("nn-sgd", 1, IMAGES), true);
    assertTrue(hasOverlay(after));
    String svg = Files.readString(after.folder().resolve("plots/overlay-nn.svg"));
    assertTrue(svg.contains("Line: nn. Line: nn-sgd."), svg);
    assertTrue(svg.contains("synthetic"), svg);
  }

  @Test
  void withinARunOfAllExperimentsItsOwnMemberCounts() throws Exception {
    nn("2026-01", 1, IMAGES, true); // beside the run of all, not in it
    Path all = runs.resolve("all").resolve("2026-02");
    RunDirectory.createAt(all, plan("all", 2, IMAGES), Map.of());
    RunDirectory alone = run(all.resolve("nn-sgd"), plan("nn-sgd", 1, IMAGES), true);
    assertEquals(0, epochs(alone));
    run(all.resolve("nn"), plan("nn", 2, IMAGES), true);
    assertEquals(2, epochs(alone));
  }
}
