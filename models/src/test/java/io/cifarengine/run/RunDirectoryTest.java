// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cifarengine.experiment.ExperimentOptions;
import io.cifarengine.experiment.Experiments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
