// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.files.JsonObject;
import io.cifarengine.run.RunLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code runs list}, {@code runs show} and {@code compare}: what there is, whatever state it is in. */
class RunsCommandTest {
  @TempDir static Path made = Path.of("");
  private static Path run = Path.of("");

  @TempDir Path runs = Path.of("");

  @BeforeAll
  static void makeARun() throws Exception {
    run = SmallRun.make(made, "momentum=0.8");
  }

  @Test
  void aFolderWithoutRunsSaysSo() throws Exception {
    Cli.Outcome empty = SmallRun.quick(runs, "runs", "list");
    assertEquals(0, empty.code(), empty.err());
    assertTrue(empty.out().contains(runs + ": no run yet"), empty.out());
    Cli.Outcome missing = SmallRun.quick(runs.resolve("x"), "runs", "list");
    assertEquals(0, missing.code(), missing.err());
    assertTrue(missing.out().contains("no such folder"), missing.out());
    Cli.Outcome json = SmallRun.quick(runs, "runs list", "--json");
    assertEquals(List.of(), JsonObject.read("runs", json.out()).list("runs"));
    assertEquals(json.out(), SmallRun.quick(runs, "runs", "--json").out());
    Cli.Outcome file = SmallRun.quick(Files.createFile(runs.resolve("f")), "runs", "list");
    assertEquals(2, file.code(), file.out());
  }

  @Test
  @SuppressWarnings("try") // the lock is held while its block lasts
  void everyStateIsNamedAndDamageIsNoCrash() throws Exception {
    SmallRun.copy(run, runs.resolve("momentum/done"));
    Path killed = SmallRun.copy(run, runs.resolve("momentum/killed"));
    SmallRun.edit(killed.resolve("status.json"), "\"done\"", "\"running\"");
    Path held = SmallRun.copy(run, runs.resolve("momentum/held"));
    SmallRun.edit(held.resolve("status.json"), "\"done\"", "\"running\"");
    Path status = SmallRun.copy(run, runs.resolve("momentum/no-status"));
    Files.writeString(status.resolve("status.json"), "{\"status\":");
    Path config = SmallRun.copy(run, runs.resolve("momentum/no-config"));
    Files.writeString(config.resolve("config.yaml"), "experiment: nothing\n");
    Cli.Outcome outcome;
    Cli.Outcome json;
    try (RunLock lock = RunLock.acquire(held)) {
      outcome = SmallRun.quick(runs, "runs", "list");
      json = SmallRun.quick(runs, "runs list", "--json");
    }
    assertEquals(0, outcome.code(), outcome.err());
    assertState("done +\\d.* 2/2 trials .*", "done", outcome);
    assertState("killed \\(resumable\\) +\\d.*", "killed", outcome);
    assertState("running +\\d.*", "held", outcome);
    assertState("damaged .*status.json: .*", "no-status", outcome);
    assertState("damaged .*unknown experiment .*", "no-config", outcome);
    assertEquals(5, JsonObject.read("runs", json.out()).objects("runs").size());
  }

  @Test
  void theFolderThatAPersonIsInHasItsName() throws Exception {
    Cli.Outcome shown = Cli.of("runs", "show", ".").in(run).jvm("-XX:TieredStopAtLevel=1").run();
    assertEquals(0, shown.code(), shown.err());
    assertTrue(shown.out().contains("folder: " + run.toRealPath() + "\n"), shown.out());
  }

  private static void assertState(String pattern, String name, Cli.Outcome outcome) {
    boolean found =
        outcome.out().lines().anyMatch(line -> line.matches("momentum/" + name + " +" + pattern));
    assertTrue(found, outcome.out());
  }

  @Test
  void showHasTheTrialsAndWhatToDoNext() throws Exception {
    Cli.Outcome text = SmallRun.quick(made, "runs show", "momentum");
    assertEquals(0, text.code(), text.err());
    String name = "momentum 0.8, learning_rate 0.00";
    assertTrue(text.out().contains(name + "1") && text.out().contains(name + "5"), text.out());
    assertTrue(text.out().contains("next: cifar-engine verify " + run), text.out());
    assertTrue(text.out().contains("  only: [\"momentum=0.8\"]"), text.out());

    JsonObject json =
        JsonObject.read("show", SmallRun.quick(made, "runs show momentum", "--json").out());
    JsonObject result = JsonObject.read(run.resolve("result.json"));
    JsonObject trial = json.objects("trials").get(0);
    assertEquals(result.objects("arms").get(0).text("digest"), trial.text("digest"));
    assertEquals(result.object("chosen").number("test_accuracy"), trial.number("test_accuracy"));
    assertTrue(json.texts("files").contains("checkpoints/trial-2.safetensors"));
    assertEquals("synthetic", json.object("environment").text("data"));
  }

  @Test
  void showSurvivesADamagedStatusAndEnvironment() throws Exception {
    Path copy = SmallRun.copy(run, runs.resolve("momentum/damaged"));
    Files.writeString(copy.resolve("status.json"), "");
    Files.delete(copy.resolve("environment.json"));
    Cli.Outcome outcome = SmallRun.quick(runs, "runs show", "damaged");
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("state: damaged"), outcome.out());
    assertTrue(outcome.out().contains("environment.json: no such file"), outcome.out());
  }

  @Test
  void compareFindsEqualWeightsAndDifferingSettings() throws Exception {
    Path copy = SmallRun.copy(run, runs.resolve("momentum/copy"));
    Cli.Outcome text = SmallRun.quick(made, "compare momentum", copy.toString());
    assertEquals(0, text.code(), text.err());
    String id = "momentum/" + run.getFileName();
    assertTrue(
        text.out()
            .contains("equal weights, bit for bit: " + id + " trial 1 = momentum/copy trial 1"),
        text.out());
    JsonObject json =
        JsonObject.read(
            "compare", SmallRun.quick(made, "compare --json momentum", copy.toString()).out());
    assertEquals(List.of("learning_rate"), json.texts("differing"));
    assertEquals(4, json.objects("trials").size());
    assertEquals(2, json.list("equal").size());
    assertFalse(json.objects("trials").get(1).has("test_accuracy"));
  }

  @Test
  void runsThatHaveNothingYetAreSaidToHaveNothing() throws Exception {
    Path copy = SmallRun.copy(run, runs.resolve("momentum/begun"));
    Files.delete(copy.resolve("checkpoints/trial-1.safetensors"));
    Files.delete(copy.resolve("checkpoints/trial-2.safetensors"));
    Cli.Outcome outcome = SmallRun.quick(runs, "compare begun", "momentum");
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("no trial recorded: momentum/begun"), outcome.out());
    assertTrue(outcome.out().contains("no two trials have equal weights"), outcome.out());
  }

  @ParameterizedTest
  @CsvSource({
    "runs lst, 'runs: expected list or show RUN, found lst (did you mean list?)'",
    "runs show, 'runs show: expected a run, found nothing'",
    "runs list x, 'runs list: unexpected word x'",
    "runs show momentum --all, '--all: not an option of runs show'",
    "runs show nothing, 'nothing: no such run in '",
    "compare, 'compare: expected two runs or more, found 0'",
    "compare momentum, 'compare: expected two runs or more, found 1'",
    "compare momentum nothing, 'nothing: no such run in '",
  })
  void wrongUsageIsOneLineWithExitCodeTwo(String words, String message) throws Exception {
    Cli.Outcome outcome = SmallRun.quick(made, words, "--no-relaunch");
    assertEquals(2, outcome.code(), outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().startsWith("error: usage: " + message), outcome.err());
  }
}
