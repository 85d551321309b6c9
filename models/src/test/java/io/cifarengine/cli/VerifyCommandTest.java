// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.files.EditedTexts;
import io.cifarengine.files.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code verify}: equal where nothing changed, and different whatever was. */
class VerifyCommandTest {
  @TempDir static Path runs = Path.of("");
  private static Path run = Path.of("");

  @TempDir Path folder = Path.of("");

  @BeforeAll
  static void makeARun() throws Exception {
    run = SmallRun.make(runs);
  }

  @ParameterizedTest
  @CsvSource({"momentum, 1", "momentum --epochs 1, 3"})
  void anUntouchedRunIsEqualOnAnyNumberOfThreads(String words, String threads) throws Exception {
    Cli.Outcome outcome = verify(words + " --threads " + threads);
    int epochs = words.contains("--epochs") ? 1 : 2;
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains(epochs + " of 2 epochs compared, equal"), outcome.out());
    assertTrue(outcome.out().contains("verdict: equal, bit for bit: " + epochs), outcome.out());
  }

  @Test
  void progressCountsTheEpochsThatAreTrained() throws Exception {
    String words = "verify momentum --epochs 1 --simd scalar --progress";
    Cli.Outcome lines = SmallRun.quick(runs, words, "lines");
    assertTrue(lines.err().contains("epoch 1/1  loss "), lines.err());
    assertTrue(lines.err().contains(", 0:00 left"), lines.err());
    Cli.Outcome bar = SmallRun.quick(runs, words, "bar");
    assertTrue(bar.err().contains("epoch 1/1  loss "), "the result of the trial: " + bar.err());
  }

  @Test
  void itWritesNothingIntoTheRun() throws Exception {
    Map<Path, FileTime> before = times();
    assertEquals(0, verify("momentum").code());
    assertEquals(before, times());
  }

  @Test
  void anotherSeedDiffersFromTheFirstEpochOn() throws Exception {
    Cli.Outcome outcome = verify("momentum --seed 43");
    assertEquals(4, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("epoch 1 differs: recorded "), outcome.out());
    assertTrue(outcome.out().contains("seed: recorded 42, now 43"), outcome.out());
    assertTrue(outcome.out().endsWith("verdict: differs\n"), outcome.out());
  }

  @ParameterizedTest
  @CsvSource({
    "seed: 42, seed: 43, 'seed: recorded 42, now 43', epoch 1 differs",
    "epochs: 2, epochs: 3, 'epochs: recorded 2, now 3', '2 of 2 epochs compared, equal'",
    "epochs: 2, epochs: 1, 'epochs: recorded 2, now 1', 'found no such epoch'",
    "momentum=0.8, momentum=0.9, 'momentum: recorded 0.8, now 0.9', epoch 1 differs",
    "experiment: momentum, experiment: regularization, 'experiment: recorded momentum', trials",
  })
  void anEditedConfigurationIsNamedAndFails(
      String before, String after, String named, String result) throws Exception {
    Path copy = SmallRun.copy(run, folder.resolve("edited"));
    if (after.contains("regularization")) {
      SmallRun.edit(copy.resolve("config.yaml"), "momentum=0.8", "l2_penalty=0.0001");
    }
    SmallRun.edit(copy.resolve("config.yaml"), before, after);
    Cli.Outcome outcome = verify(copy.toString());
    assertEquals(4, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains(named), outcome.out());
    assertTrue(after.contains("regularization") || outcome.out().contains(result), outcome.out());
  }

  @Test
  void aResolvedConfigurationThatIsEditedOrDamagedFails() throws Exception {
    Path edited = SmallRun.copy(run, folder.resolve("edited"));
    SmallRun.edit(edited.resolve("config.resolved.json"), "\"seed\": \"42\"", "\"seed\": \"7\"");
    Cli.Outcome outcome = verify(edited.toString());
    assertEquals(4, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("seed: recorded 7, now 42"), outcome.out());
    assertTrue(outcome.out().contains("2 of 2 epochs compared, equal"), outcome.out());

    Path damaged = SmallRun.copy(run, folder.resolve("damaged"));
    Files.writeString(damaged.resolve("config.resolved.json"), "{");
    outcome = verify(damaged.toString());
    assertEquals(4, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("config.resolved.json: "), outcome.out());
  }

  @Test
  void otherImagesAreTheReason() throws Exception {
    Path copy = SmallRun.copy(run, folder.resolve("edited"));
    EditedTexts.replace(
        copy.resolve("checkpoints/trial-1.safetensors"), "data_sha256", "that of others");
    Cli.Outcome outcome = verify(copy.toString());
    assertEquals(4, outcome.code(), outcome.err());
    assertTrue(
        outcome.out().contains("other images (recorded sha256 that of others, found "),
        outcome.out());
  }

  @Test
  void aTrialWithoutARecordFailsOnlyWhereTheRunIsOver() throws Exception {
    Path copy = SmallRun.copy(run, folder.resolve("lost"));
    Files.delete(copy.resolve("checkpoints/trial-1.safetensors"));
    Cli.Outcome lost = verify(copy.toString());
    assertEquals(4, lost.code(), lost.err());
    assertTrue(
        lost.out().contains("nothing is recorded of it, though the run is over"), lost.out());

    SmallRun.edit(copy.resolve("status.json"), "\"done\"", "\"interrupted\"");
    Cli.Outcome begun = verify(copy.toString());
    assertEquals(4, begun.code(), begun.err());
    assertTrue(begun.out().contains("verdict: nothing to compare"), begun.out());
  }

  @Test
  void damagedWeightsAreAnErrorOfTheData() throws Exception {
    Path copy = SmallRun.copy(run, folder.resolve("damaged"));
    Path file = copy.resolve("checkpoints/trial-1.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    Cli.Outcome outcome = verify(copy.toString());
    assertEquals(3, outcome.code(), outcome.out());
    assertTrue(outcome.err().startsWith("error: data: " + file), outcome.err());
  }

  @Test
  void jsonIsOneDocument() throws Exception {
    Cli.Outcome outcome = verify("momentum --json --seed 1");
    assertEquals(4, outcome.code(), outcome.err());
    JsonObject json = JsonObject.read("verify", outcome.out());
    assertFalse(json.flag("equal"));
    JsonObject trial = json.objects("runs").get(0).objects("trials").get(0);
    assertEquals(1, trial.object("difference").whole("epoch"));
    assertEquals("seed", trial.objects("changes").get(0).text("setting"));
  }

  @Test
  void anExperimentWithoutTrainingIsComparedByItsTable() throws Exception {
    Path tables = folder.resolve("tables");
    Cli.Outcome made =
        SmallRun.quick(tables, "experiment normalization -q --data synthetic --simd", "scalar");
    assertEquals(0, made.code(), made.err());
    Cli.Outcome equal = SmallRun.quick(tables, "verify normalization -q --simd", "scalar");
    assertEquals(0, equal.code(), equal.err());
    assertTrue(equal.out().contains("verdict: equal, bit for bit: 0 epochs, 1 table"), equal.out());
    Cli.Outcome other = SmallRun.quick(tables, "verify normalization -q --seed 9 --simd", "scalar");
    assertEquals(4, other.code(), other.err());
  }

  @ParameterizedTest
  @CsvSource({
    "verify, 'verify: expected a run, found nothing'",
    "verify a b, 'verify: unexpected word b'",
    "verify nothing, 'nothing: no such run in '",
    "verify momentum --epochs 0, '--epochs: expected at least 1, found 0'",
    "verify momentum --check, '--check: not an option of verify'",
  })
  void wrongUsageIsOneLineWithExitCodeTwo(String words, String message) throws Exception {
    Cli.Outcome outcome = SmallRun.quick(runs, words, "--no-relaunch");
    assertEquals(2, outcome.code(), outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().startsWith("error: usage: " + message), outcome.err());
    boolean unknown = words.endsWith("nothing");
    assertTrue(!unknown || outcome.err().contains("there is momentum/"), outcome.err());
  }

  private static Cli.Outcome verify(String words) throws IOException, InterruptedException {
    return SmallRun.quick(runs, "verify " + words + " -q --simd", "scalar");
  }

  private static Map<Path, FileTime> times() throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
  }
}
