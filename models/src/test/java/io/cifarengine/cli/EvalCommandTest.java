// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.files.EditedTexts;
import io.cifarengine.files.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code eval}: a run's network on its test set, and a model file's. */
class EvalCommandTest {
  @TempDir static Path runs = Path.of("");
  private static Path run = Path.of("");

  @TempDir Path folder = Path.of("");

  @BeforeAll
  static void makeARun() throws Exception {
    run = SmallRun.make(runs);
  }

  @Test
  void theNetworkOfARunHasTheRecordedResult() throws Exception {
    Cli.Outcome outcome = eval("momentum --json");
    assertEquals(0, outcome.code(), outcome.err());
    JsonObject now = JsonObject.read("eval", outcome.out());
    JsonObject recorded = JsonObject.read(run.resolve("result.json")).object("chosen");
    assertTrue(now.flag("equal"));
    assertEquals(recorded.number("test_accuracy"), now.number("test_accuracy"));
    assertEquals(recorded.number("test_loss"), now.number("test_loss"));
    assertEquals(recorded.text("digest"), now.text("digest"));
    assertEquals(200, now.whole("examples"));
    long images = 0;
    for (JsonObject row : now.objects("classes")) {
      images += row.whole("images");
    }
    assertEquals(200, images);
  }

  @Test
  void theLossHoldsThePenaltyWhereTheRunsLossDoes() throws Exception {
    Path settings = folder.resolve("settings.yaml");
    Files.writeString(
        settings,
        """
        hidden: [8]
        epochs: 1
        limit: 100
        l2_penalty: 0.01
        l2_in_loss: true
        input: mean-image
        loss: squared-error
        """);
    Cli.Outcome trained =
        SmallRun.quick(folder, "train -q --data synthetic --simd scalar -c", settings.toString());
    assertEquals(0, trained.code(), trained.err());
    Cli.Outcome outcome = SmallRun.quick(folder, "eval train -q --simd", "scalar");
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("equal to the run's record, bit for bit"), outcome.out());
  }

  @Test
  void aRecordThatSaysOtherwiseFails() throws Exception {
    Path copy = SmallRun.copy(run, folder.resolve("edited"));
    Path file = copy.resolve("checkpoints/trial-1.safetensors");
    EditedTexts.replace(file, "test_loss", "0x1.8p0");
    Cli.Outcome outcome = eval(copy.toString());
    assertEquals(4, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("verdict: differs from the run's record"), outcome.out());
  }

  @Test
  void aModelFileIsTestedOnAllImagesOfItsDataset() throws Exception {
    Path model = Files.copy(run.resolve("checkpoints/best.safetensors"), folder.resolve("m"));
    Cli.Outcome outcome = eval(model + " --data synthetic");
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("2,000 test images"), outcome.out());
    assertTrue(outcome.out().contains("a model without a run"), outcome.out());
  }

  @Test
  void whatIsNoModelIsAnErrorOfTheData() throws Exception {
    Path text = Files.writeString(folder.resolve("text.safetensors"), "no model");
    Path checkpoint = run.resolve("checkpoints/trial-1.safetensors");
    Path missing = folder.resolve("missing.safetensors");
    for (Path file : new Path[] {text, checkpoint, missing}) {
      Cli.Outcome outcome = eval(file.toString());
      assertEquals(3, outcome.code(), outcome.err());
      assertTrue(outcome.err().startsWith("error: data: " + file), outcome.err());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
    }
  }

  @Test
  void aRunWithoutATestedNetworkSaysSo() throws Exception {
    Path copy = SmallRun.copy(run, folder.resolve("untested"));
    Files.delete(copy.resolve("checkpoints/best.safetensors"));
    Cli.Outcome outcome = eval(copy.toString());
    assertEquals(3, outcome.code(), outcome.out());
    assertTrue(outcome.err().contains("the run has no tested network so far"), outcome.err());
  }

  @Test
  void anUnknownRunIsAnsweredWithThoseThereAre() throws Exception {
    Cli.Outcome outcome = eval("nothing");
    assertEquals(2, outcome.code(), outcome.out());
    assertTrue(outcome.err().contains("there is momentum/" + run.getFileName()), outcome.err());
  }

  private static Cli.Outcome eval(String words) throws IOException, InterruptedException {
    return SmallRun.quick(runs, "eval " + words + " -q --simd", "scalar");
  }
}
