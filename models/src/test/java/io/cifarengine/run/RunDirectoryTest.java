// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cifarengine.experiment.ExperimentOptions;
import io.cifarengine.experiment.Experiments;
import io.cifarengine.files.Folders;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  private static final RunPlan PLAN =
      RunPlan.of(Experiments.named("momentum").orElseThrow(), ExperimentOptions.none());

  private final Path runs;

  RunDirectoryTest(@TempDir Path runs) {
    this.runs = runs;
  }

  private RunDirectory create(String id) throws IOException {
    return RunDirectory.createAt(runs.resolve(id), PLAN, Map.of());
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.toList();
    }
  }

  @Test
  void aTakenNameIsRefusedAndNothingIsLeftBehind() throws IOException {
    RunDirectory first = create("a");
    assertThrows(FileAlreadyExistsException.class, () -> create("a"));
    assertEquals(List.of(first.folder()), entries(runs));
    assertEquals(PLAN.yaml(), first.config());
  }

  @Test
  void aRunThatCannotBeWrittenLeavesNothingBehind() throws IOException {
    Map<String, Object> noJson = Map.of("host", new Object());
    assertThrows(
        RuntimeException.class, () -> RunDirectory.createAt(runs.resolve("a"), PLAN, noJson));
    assertEquals(List.of(), entries(runs));
  }

  @Test
  void whatCannotBeCleanedUpKeepsNoRunFromStarting() throws IOException {
    Path abandoned = runs.resolve(".b.tmp-999999999999999999"); // no process has this id
    Path closed = Files.createDirectories(abandoned.resolve("checkpoints"));
    Files.writeString(closed.resolve("file"), "");
    assumeTrue(closed.toFile().setReadable(false) && !Files.isReadable(closed), "root deletes all");
    try {
      assertEquals(runs.resolve("a"), create("a").folder());
      IOException failure = assertThrows(IOException.class, () -> Folders.delete(abandoned));
      assertEquals(abandoned + ": cannot be written: permission denied", failure.getMessage());
    } finally {
      closed.toFile().setReadable(true);
    }
    create("c");
    assertFalse(Files.exists(abandoned));
  }

  @Test
  void aConfigurationThatCannotBeReadIsNamedWithTheReason() throws IOException {
    RunDirectory run = create("a");
    Path file = run.folder().resolve("config.yaml");
    Files.delete(file);
    IOException failure = assertThrows(IOException.class, run::plan);
    assertEquals(file + ": cannot be read: no such file or folder", failure.getMessage());
  }

  @Test
  void runsThatMayNotBeListedSaySo() {
    assumeTrue(runs.toFile().setReadable(false) && !Files.isReadable(runs), "root lists all");
    try {
      IOException failure = assertThrows(IOException.class, () -> new Runs(runs).all());
      assertEquals(runs + ": cannot be listed: permission denied", failure.getMessage());
    } finally {
      runs.toFile().setReadable(true);
    }
  }
}
