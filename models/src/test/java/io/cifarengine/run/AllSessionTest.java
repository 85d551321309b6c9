// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.config.ConfigException;
import io.cifarengine.data.DataException;
import io.cifarengine.experiment.Experiment;
import io.cifarengine.experiment.ExperimentOptions;
import io.cifarengine.experiment.Experiments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // a lock is held while its block lasts
class AllSessionTest {
  private static final Map<String, Object> ENVIRONMENT = Map.of(RunDirectory.DATA, "there");
  private static final RunPlan PLAN = RunPlan.of(Experiments.every(), ExperimentOptions.none());

  private final Path folder;

  AllSessionTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private RunDirectory create() throws IOException {
    return RunDirectory.create(folder, PLAN, ENVIRONMENT);
  }

  private Optional<RunDirectory> unfinished(String data) throws IOException {
    return AllSession.unfinished(new Runs(folder), PLAN, data);
  }

  private static DataException noImages() {
    return new DataException("there", "no images", "Put some there");
  }

  @Test
  void everyExperimentHasItsTurnInAFolderOfItsOwn() throws Exception {
    RunDirectory all = create();
    List<String> names = new ArrayList<>();
    AllSession session =
        new AllSession(
            ENVIRONMENT,
            run -> {
              names.add(run.plan().name());
              assertEquals(all.folder().resolve(run.plan().name()), run.folder());
              throw noImages();
            });
    List<AllSession.Row> rows = session.execute(all);
    assertEquals(Experiments.all().stream().map(Experiment::name).toList(), names);
    assertTrue(rows.stream().allMatch(row -> row.words().startsWith("no data: there: no images")));
    assertEquals(RunStatus.State.INTERRUPTED, all.status().state());
    assertEquals("0 of " + names.size() + " experiments have a result", all.status().words());
    assertEquals(all.folder(), unfinished("there").orElseThrow().folder(), "images may come");
  }

  @Test
  void aRunThatFailedIsTheOneToGoOnWith() throws Exception {
    RunDirectory all = create();
    AllSession failing =
        new AllSession(
            ENVIRONMENT,
            run -> {
              if (run.plan().name().equals("activation")) {
                throw new IOException("the disk is full");
              }
              throw noImages();
            });
    assertThrows(IOException.class, () -> failing.execute(all));
    assertEquals(RunStatus.State.FAILED, all.status().state());
    assertEquals(all.folder(), unfinished("there").orElseThrow().folder());
    assertTrue(unfinished("elsewhere").isEmpty(), "other images");
    assertTrue(Files.isDirectory(all.folder().resolve("momentum")));
    try (RunLock held = RunLock.acquire(all.folder())) {
      assertTrue(unfinished("there").isEmpty(), "it is somebody's");
    }
  }

  @Test
  void aMembersSpoiledConfigurationIsNoted() throws Exception {
    RunDirectory all = create();
    AllSession session =
        new AllSession(
            ENVIRONMENT,
            run -> {
              throw new ConfigException(List.of("config.yaml: spoiled"));
            });
    assertThrows(ConfigException.class, () -> session.execute(all));
    assertEquals(RunStatus.State.FAILED, all.status().state());
  }

  @Test
  void aDamagedRunKeepsNoOtherFromBeingFound() throws Exception {
    RunDirectory whole = RunDirectory.createAt(folder.resolve("all/2026-01"), PLAN, ENVIRONMENT);
    RunDirectory damaged = RunDirectory.createAt(folder.resolve("all/2026-02"), PLAN, ENVIRONMENT);
    Files.writeString(damaged.folder().resolve("status.json"), "{");
    assertEquals(whole.folder(), unfinished("there").orElseThrow().folder());
  }

  @Test
  void otherOptionsAreAnotherRun() throws Exception {
    create();
    RunPlan seeded = RunPlan.of(Experiments.every(), ExperimentOptions.none().withSeed(1));
    assertTrue(AllSession.unfinished(new Runs(folder), seeded, "there").isEmpty());
  }
}
