// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.files.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code summary}: a network in numbers. */
class SummaryCommandTest {
  @TempDir Path folder = Path.of("");

  /**
   * (3072 + 1) 128 + (128 + 1) 20 = 395,924; the CIFAR-10 study's perceptron has 616,610, its
   * convolutional network 122,570.
   */
  @ParameterizedTest
  @CsvSource({
    "momentum, 395924, 128",
    "momentum --batch 2, 395924, 2",
    "nn, 616610, 500",
    "linear, 30730, 500",
    "cnn, 122570, 50",
  })
  void anExperimentShowsTheNetworkThatItTests(String words, long parameters, long batch)
      throws Exception {
    Cli.Outcome outcome = SmallRun.quick(folder, "summary " + words, "--json");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals("", outcome.err());
    JsonObject json = JsonObject.read("summary", outcome.out());
    assertEquals(parameters, json.whole("parameters"));
    assertEquals(batch, json.whole("batch_size"));
  }

  @Test
  void settingsShowTheirNetwork() throws Exception {
    Path file = Files.writeString(folder.resolve("c.yaml"), "hidden: [10]\nbatch_size: 7\n");
    Cli.Outcome outcome = SmallRun.quick(folder, "summary -c", file.toString());
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("linear(10)"), outcome.out());
    assertTrue(outcome.out().contains("training in batches of 7 "), outcome.out());
  }

  @Test
  void convolutionsTakeImagesWithTheChannelsLast() throws Exception {
    Cli.Outcome outcome = SmallRun.quick(folder, "summary --set", "convolutions=[3, 5]");
    assertEquals(0, outcome.code(), outcome.err());
    String text = outcome.out().replaceAll(" +", " ");
    assertTrue(text.contains("input [32, 32, 3]"), outcome.out());
    assertTrue(text.contains("0 conv(3, 3x3, same) [32, 32, 3] 84 82,944"), outcome.out());
    assertTrue(text.contains("2 conv(5, 3x3, same) [16, 16, 5] 140 34,560"), outcome.out());
    assertTrue(text.contains("3 maxpool(2x2) [8, 8, 5] 0 0"), outcome.out());
  }

  @ParameterizedTest
  @CsvSource({
    "summary, 'summary: expected an experiment, --config FILE or --set KEY=VALUE, found nothing'",
    "summary momentun, 'unknown experiment momentun (did you mean momentum?); there is momentum'",
    "summary gradients, 'summary: gradients trains no network of its own'",
    "summary all, 'summary: all trains no network of its own'",
    "summary momentum twice, 'summary: unexpected word twice'",
    "summary momentum --set hidden=[1], 'summary: expected an experiment or settings, found both'",
    "summary momentum --batch 0, '--batch: expected at least 1, found 0'",
    "summary --set hidden=[x], '--set: hidden: expected '",
    "summary --set convolutions=[0], '--set: convolutions: expected up to 5 numbers of at least 1'",
  })
  void wrongUsageIsOneLineWithExitCodeTwo(String words, String message) throws Exception {
    Cli.Outcome outcome = SmallRun.quick(folder, words, "--no-relaunch");
    assertEquals(2, outcome.code(), outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().startsWith("error: usage: " + message), outcome.err());
  }
}
