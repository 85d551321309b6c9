// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sees who types something, right or wrong. */
class CommandLineTest {
  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          experiment momentumm | unknown experiment momentumm (did you mean momentum?); there is normalization, gradients, momentum, regularization, activation, hidden-units, hidden-layers, fine-labels, linear, nn, nn-sgd, cnn, comparison, all.
          experimnt momentum | unknown command experimnt (did you mean experiment?)
          experiment momentum --epochs -1 --threads 0 | --epochs: expected at least 1, found -1; --threads: expected 1 to 1024, found 0
          experiment momentum --epoch 3 | unknown option --epoch (did you mean --epochs?)
          experiment momentum --epochs three | --epochs: expected a whole number of at least 1, found three
          experiment momentum --epochs | --epochs: expected N, found nothing
          experiment momentum --epochs 1 --epochs 2 | --epochs: given twice
          experiment momentum --simd 1024 | --simd: expected one of auto, scalar, 128, 256, 512, found 1024
          experiment momentum --seed x | --seed: expected a whole number, found x
          experiment momentum --quick=yes | --quick: takes no value
          experiment momentum --only gamma=0.8 | --only: unknown setting gamma; momentum varies momentum, learning_rate
          experiment momentum --only momentum | --only: expected momentum=VALUE, found momentum
          experiment comparison --only momentum=0.8 | --only: comparison has no arms to choose from
          experiment momentum --fresh | --fresh: momentum trains afresh anyway; leave it out
          experiment momentum twice | experiment: unexpected word twice
          experiment describe | experiment describe: expected a name, found nothing
          experiment | experiment: expected a name, list or describe, found nothing
          experiment normalization --seeds 3 --epochs 7 | --seeds: normalization trains nothing; leave it out; --epochs: normalization trains nothing; leave it out
          experiment list --check --seeds 5 | --check: not an option of experiment list; --seeds: not an option of experiment list
          experiment describe momentum --json | --json: not an option of experiment describe
          train --set epochs=3 --print-config --json | --json: not an option of train --print-config
          resume momentum --seed 43 | --seed: not an option of resume
          eval momentum --seed 43 | --seed: not an option of eval
          bench --seed 43 | --seed: not an option of bench
          version --epochs 3 | --epochs: not an option of version
          help experimen | unknown command experimen (did you mean experiment?)
          """)
  void wrongUsageIsOneLineWithExitCodeTwo(String typed, String message) throws Exception {
    Cli.Outcome outcome = Cli.of(typed.split(" ")).in(folder).run();
    assertEquals(2, outcome.code(), outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().startsWith("error: usage: " + message), outcome.err());
    assertEquals("", outcome.out());
  }

  @Test
  void armsThatDoNotExistAreAnsweredWithThoseThatDo() throws Exception {
    Cli.Outcome outcome = Cli.of("experiment", "momentum", "--only", "momentum=0.85").run();
    assertEquals(2, outcome.code());
    assertTrue(
        outcome.err().contains("there are momentum 0.7, learning_rate 0.001 | momentum 0.7"));
  }

  @Test
  void aNamedPlaceWithoutDataIsAnErrorAndNeverBecomesSynthetic() throws Exception {
    Path missing = folder.resolve("nothing-here");
    Cli.Outcome option =
        Cli.of("experiment", "momentum", "--quick", "--data", missing.toString()).in(folder).run();
    Cli.Outcome variable =
        Cli.of("experiment", "momentum", "--quick")
            .in(folder)
            .with(Map.of(DataLookup.VARIABLE, missing.toString()))
            .run();
    for (Cli.Outcome outcome : List.of(option, variable)) {
      assertEquals(3, outcome.code());
      assertEquals(
          "error: data: "
              + missing
              + ": no such folder. Name the folder that holds cifar-100-binary/, or use --data"
              + " synthetic",
          outcome.err().strip());
      assertFalse(Files.exists(folder.resolve("runs")), "no run is left behind");
    }
  }

  /** The images, which are asked for last, are missing: what comes before has been let through. */
  @ParameterizedTest
  @CsvSource({"cnn, 10, 3", "cnn, 300, 3", "cnn, 9, 2", "momentum, 100, 3", "all, 100, 2"})
  void aCheckTakesTheEpochsThatThePaperHas(String name, String epochs, int code) throws Exception {
    String missing = folder.resolve("nothing-here").toString();
    String typed = "experiment " + name + " --epochs " + epochs + " --check -q --simd scalar";
    Cli.Outcome outcome = quick((typed + " --data " + missing).split(" "));
    assertEquals(code, outcome.code(), outcome.err());
    String error =
        code == 3
            ? "error: data: " + missing + ": no such folder"
            : "error: usage: --check: the paper's numbers are of its epochs and of all images";
    assertTrue(outcome.err().startsWith(error), outcome.err());
  }

  @Test
  void corruptDataIsAnErrorWhereItWasFoundByItself() throws Exception {
    Path file = folder.resolve("cifar-engine/cifar-100-binary/train.bin");
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[100]);
    Cli.Outcome outcome =
        Cli.of("experiment", "momentum", "--quick")
            .in(folder)
            .with(Map.of("XDG_CACHE_HOME", folder.toString()))
            .run();
    assertEquals(3, outcome.code());
    assertTrue(
        outcome.err().contains("wrong size (expected 153700000 bytes, found 100)"), outcome.err());
  }

  @Test
  void debugAddsTheStackTrace() throws Exception {
    Cli.Outcome outcome =
        Cli.of("experiment", "momentum", "--debug", "--data", folder.resolve("x").toString())
            .in(folder)
            .run();
    assertEquals(3, outcome.code());
    assertTrue(outcome.err().contains("\tat io.cifarengine"), outcome.err());
  }

  @Test
  void tooLittleMemoryIsSaidInOneLine() throws Exception {
    Cli.Outcome outcome =
        Cli.of("experiment", "momentum", "--quick", "--no-relaunch", "--simd", "scalar")
            .in(folder)
            .jvm("-Xmx16m")
            .run();
    assertEquals(6, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains("error: memory: "), outcome.err());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
  }

  @Test
  void aSyntheticRunSaysSoFirstAndLastAndJudgesNothing() throws Exception {
    Cli.Outcome outcome =
        quick("experiment", "momentum", "--epochs", "1", "--limit", "200", "--simd", "scalar");
    assertEquals(0, outcome.code(), outcome.err());
    List<String> said = outcome.err().lines().toList();
    assertTrue(said.get(0).startsWith("run: runs/momentum/"), outcome.err());
    assertTrue(said.get(1).startsWith("data: no CIFAR-100 in "), outcome.err());
    assertTrue(outcome.err().contains("using synthetic images"), outcome.err());
    assertTrue(outcome.out().contains("verdict: not judged: synthetic data"), outcome.out());
    assertTrue(outcome.out().contains("nothing here compares with the paper"), outcome.out());
    assertEquals(6, outcome.out().lines().filter(l -> l.matches(" +0\\.[789] .*")).count());
    Cli.Outcome again = quick("resume", "momentum", "--simd", "scalar");
    assertEquals(0, again.code(), again.err());
    assertEquals(
        "data: as the run began: using synthetic images",
        again.err().lines().skip(1).findFirst().orElse(""));
  }

  @Test
  void oneSetAloneIsFoundForAllExperiments() throws Exception {
    Path file = folder.resolve("cifar-engine/cifar-10-batches-bin/test_batch.bin");
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[100]);
    Cli.Outcome outcome =
        Cli.of("experiment", "all", "--quick", "--simd", "scalar")
            .in(folder)
            .with(Map.of("XDG_CACHE_HOME", folder.toString()))
            .run();
    assertEquals(3, outcome.code(), outcome.err());
    assertFalse(outcome.err().contains("synthetic"), outcome.err());
    List<String> rows = outcome.out().lines().filter(line -> line.contains("no data: ")).toList();
    assertEquals(13, rows.size(), outcome.out());
    assertTrue(rows.get(2).contains("cifar-100-binary"), outcome.out());
    assertTrue(rows.get(8).contains("data_batch_1.bin: no such file"), outcome.out());
  }

  @Test
  void jsonIsOneDocumentWithTheDocumentedNames() throws Exception {
    Cli.Outcome outcome =
        quick(
            "experiment",
            "momentum",
            "--json",
            "--epochs",
            "2",
            "--limit",
            "200",
            "--simd",
            "scalar",
            "--only",
            "momentum=0.8,learning_rate=0.001",
            "--threads",
            "2",
            "-q");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals("", outcome.err());
    String json = outcome.out();
    for (String expected :
        List.of(
            "\"experiment\": \"momentum\"",
            "\"data\": \"synthetic cifar100 coarse\"",
            "\"synthetic\": true",
            "\"threads\": 2",
            "\"simd\": \"scalar\"",
            "\"numerics\": 3",
            "\"momentum\": 0.8",
            "\"learning_rate\": 0.001",
            "\"epoch\": 2",
            "\"train_loss\": 2.99",
            "\"validation_accuracy\": 0.",
            "\"stopped_epoch\": null",
            "\"early_stop_epoch\": 70",
            "\"test_accuracy\": 0.",
            "\"verdict\": \"not judged: synthetic data")) {
      assertTrue(json.contains(expected), expected + " in " + json);
    }
  }

  @Test
  void listDescribeVersionAndHelpNeedNoDataAndNoSecondJvm() throws Exception {
    List<String> list = Cli.of("experiment", "list").run().out().lines().toList();
    assertEquals(14, list.size());
    assertEquals(
        "momentum        momentum and learning rate of a tanh perceptron, CIFAR-100 superclasses",
        list.get(2));
    assertTrue(Cli.of("experiment", "describe", "momentum").run().out().contains("Table 3"));
    assertTrue(Cli.of("version").run().out().startsWith("cifar-engine "));
    assertTrue(Cli.of("-V").run().out().contains("numerics 3"));
    assertTrue(Cli.of("experiment", "-h").run().out().contains("--only KEY=VALUE,..."));
    String comparison = Cli.of("experiment", "describe", "comparison").run().out();
    assertTrue(comparison.contains("Table 2, Figures 8 and 9"), comparison);
    assertTrue(comparison.contains("  cnn: convolutional network, CIFAR-10"), comparison);
    Cli.Outcome nothing = Cli.of().run();
    assertEquals(2, nothing.code());
    assertTrue(nothing.err().contains("commands:"));
  }

  @Test
  void doctorSaysWhatIsOn() throws Exception {
    Cli.Outcome outcome = Cli.of("doctor").run();
    assertEquals(0, outcome.code());
    for (String fact :
        List.of(
            "java: ", "kernels: ", "threads: ", "memory: ", "cifar-100-binary: synthetic images")) {
      assertTrue(outcome.out().contains(fact), outcome.out());
    }
    Cli.Outcome broken = Cli.of("doctor", "--data", folder.resolve("x").toString()).run();
    assertEquals(3, broken.code());
    assertTrue(broken.out().contains("no such folder"), broken.out());
  }

  @Test
  void aClosedStdoutEndsTheRunQuietly() throws Exception {
    Process process = Cli.of("help").start();
    process.getInputStream().close();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    assertEquals("", err);
  }

  @Test
  void aLocaleChangesNoNumber() throws Exception {
    for (String language : List.of("tr", "de")) {
      Cli.Outcome outcome =
          Cli.of(
                  "experiment",
                  "momentum",
                  "--json",
                  "--epochs",
                  "1",
                  "--limit",
                  "130",
                  "--simd",
                  "scalar",
                  "--data",
                  "synthetic",
                  "--only",
                  "momentum=0.8,learning_rate=0.001")
              .in(folder)
              .jvm("-Duser.language=" + language, "-XX:TieredStopAtLevel=1")
              .run();
      assertEquals(0, outcome.code(), outcome.err());
      assertTrue(outcome.out().contains("\"learning_rate\": 0.001"), outcome.out());
      assertTrue(outcome.err().contains("130 images to train"), outcome.err());
    }
  }

  private Cli.Outcome quick(String... arguments) throws Exception {
    return Cli.of(arguments).in(folder).jvm("-XX:TieredStopAtLevel=1").run();
  }
}
