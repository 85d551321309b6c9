// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.experiment.DataSource;
import io.cifarengine.experiment.ExperimentOptions;
import io.cifarengine.experiment.Experiments;
import io.cifarengine.experiment.SplitData;
import io.cifarengine.experiment.Trial;
import io.cifarengine.experiment.TrialListener;
import io.cifarengine.experiment.TrialResult;
import io.cifarengine.experiment.TrialStore;
import io.cifarengine.files.EditedTexts;
import io.cifarengine.files.Safetensors;
import io.cifarengine.train.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which trainings of other runs count, and in which order they are looked at. */
class OtherRunsTest {
  private final Path runs;

  OtherRunsTest(@TempDir Path runs) {
    this.runs = runs;
  }

  private static RunPlan plan(String experiment, int limit, long seed) {
    ExperimentOptions options =
        new ExperimentOptions(
            OptionalInt.of(1), OptionalInt.of(limit), Optional.empty(), seed, 1, Map.of(), false);
    return RunPlan.of(Experiments.named(experiment).orElseThrow(), options);
  }

  private RunDirectory create(String path, RunPlan plan) throws Exception {
    return RunDirectory.createAt(runs.resolve(path), plan, Map.of());
  }

  /** A run that seems to have finished this trial. */
  private void finished(String path, RunPlan plan, int trial) throws Exception {
    Files.createFile(create(path, plan).trialFile(trial));
  }

  private static List<String> like(RunDirectory run) throws Exception {
    Trial linear = run.plan().trials().get(0);
    return OtherRuns.like(linear, run).stream()
        .map(found -> found.run().id() + " " + found.file().getFileName())
        .toList();
  }

  @Test
  void theSameRunOfAllExperimentsComesFirstThenTheLatest() throws Exception {
    RunPlan linear = plan("linear", 12, 42);
    finished("linear/2026-02", linear, 1);
    finished("linear/2026-05", linear, 1);
    create("linear/2026-06", linear); // not finished
    finished("linear/2026-07", plan("linear", 12, 43), 1);
    finished("linear/2026-08", plan("linear", 13, 42), 1);
    finished("nn/2026-09", plan("nn", 12, 42), 1);
    finished("comparison/2026-03", plan("comparison", 12, 42), 1);
    finished("comparison/2026-10", plan("comparison", 12, 42), 4); // its linear is not finished
    create("all/2026-01", plan("all", 12, 42));
    finished("all/2026-01/linear", linear, 1);
    create("all/2026-04", plan("all", 12, 42));
    finished("all/2026-04/linear", linear, 1);
    Files.writeString(create("linear/2026-11", linear).folder().resolve("config.yaml"), "\tx");
    List<String> alone =
        List.of(
            "linear/2026-05 trial-1.safetensors",
            "all/2026-04/linear trial-1.safetensors",
            "comparison/2026-03 trial-1.safetensors",
            "linear/2026-02 trial-1.safetensors",
            "all/2026-01/linear trial-1.safetensors");
    assertEquals(alone, like(create("comparison/2026-12", plan("comparison", 12, 42))));
    assertEquals(
        List.of(alone.get(4), alone.get(0), alone.get(1), alone.get(2), alone.get(3)),
        like(create("all/2026-01/comparison", plan("comparison", 12, 42))));
    assertEquals(
        List.of(), like(create("comparison/2026-13", plan("comparison", 14, 42))), "other images");
  }

  @Test
  void onlyWholeFilesOfTheSameImagesAndNumericsAreTaken() throws Exception {
    RunPlan linear = plan("linear", 12, 42);
    RunDirectory source = create("linear/2026-01", linear);
    DataSource images = new DataSource.Synthetic();
    try (Engine engine = Engine.withThreads(1)) {
      new RunSession(engine, images, StopSignal.never(), Duration.ofDays(1))
          .execute(source, TrialListener.none());
      RunDirectory run = create("comparison/2026-02", plan("comparison", 12, 42));
      Trial trial = run.plan().trials().get(0);
      SplitData data = SplitData.load(images, trial.settings());
      Path file = source.trialFile(1);
      byte[] whole = Files.readAllBytes(file);
      Safetensors content = Safetensors.read(file);

      byte[] damaged = whole.clone();
      damaged[damaged.length / 2] ^= 1;
      Files.write(file, damaged);
      assertEquals(Optional.empty(), take(run, trial, data, engine), "damaged");
      for (String key : List.of("numerics", "data_sha256", "settings")) {
        Files.write(file, whole);
        EditedTexts.replace(file, key, "another");
        assertEquals(Optional.empty(), take(run, trial, data, engine), key);
      }
      Map<String, String> untested = new LinkedHashMap<>(content.metadata());
      assertTrue(untested.remove("test_loss") != null);
      new Safetensors(content.tensors(), untested).write(file);
      assertEquals(Optional.empty(), take(run, trial, data, engine), "untested");
      Files.write(file, whole);
      EditedTexts.replace(file, "test_loss", "0x1.8");
      assertEquals(Optional.empty(), take(run, trial, data, engine), "its header is damaged");

      Files.write(file, whole);
      SplitData other =
          new SplitData(
              data.name(), true, data.train(), data.validation(), data.test(), "ab".repeat(32));
      assertEquals(Optional.empty(), take(run, trial, other, engine), "these are other images");
      TrialStore.Taken taken = take(run, trial, data, engine).orElseThrow();
      assertEquals("linear/2026-01", taken.from());
      assertEquals(trial, taken.result().trial());
      TrialFile.Finished kept = TrialFile.read(run.trialFile(1), trial);
      TrialResult own = kept.result();
      assertEquals(taken.result().training(), own.training());
      assertEquals(
          taken.result().test().orElseThrow().evaluation(), own.test().orElseThrow().evaluation());
      assertEquals(Optional.of("linear/2026-01"), kept.takenFrom());
    }
  }

  private static Optional<TrialStore.Taken> take(
      RunDirectory run, Trial trial, SplitData data, Engine engine) throws Exception {
    return new RunStore(run, run.plan(), Duration.ofDays(1)).take(trial, data, engine);
  }
}
