// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.files.JsonObject;
import java.io.BufferedReader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bench}: every case of it once, and what a person types wrong. */
class BenchCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bench --threads 0 | --threads: expected 1 to 1024, found 0
          bench --simd 1024 | --simd: expected one of auto, scalar, 128, 256, 512, found 1024
          bench --quik | unknown option --quik (did you mean --quick?)
          bench --epochs 3 | --epochs: not an option of bench
          bench quick | bench: unexpected word quick
          """)
  void wrongUsageIsOneLineWithExitCodeTwo(String typed, String message) throws Exception {
    Cli.Outcome outcome = Cli.of(typed.split(" ")).run();
    assertEquals(2, outcome.code(), outcome.err());
    assertEquals("error: usage: " + message + ". See cifar-engine bench --help", outcome.err());
    assertEquals("", outcome.out());
  }

  @Test
  void itPrintsTablesAndSaysOnStderrWhatItMeasures() throws Exception {
    Cli.Outcome outcome =
        Cli.of(SmallBench.class, "bench", "--quick", "--threads", "2", "--progress", "lines").run();
    assertEquals(0, outcome.code(), outcome.err());
    for (String part :
        new String[] {
          "fma from registers, GFLOP/s",
          "reading memory, GB/s",
          "1024x1024x1024",
          "conv 3 dX",
          "conv 32-64-64",
          "momentum, 128 images, 2 threads",
          "cnn, 50 images, 2 threads",
          "scaling",
        }) {
      assertTrue(outcome.out().contains(part), outcome.out());
    }
    assertTrue(
        outcome.out().lines().allMatch(line -> line.length() <= 100 || line.startsWith("flags: ")),
        outcome.out());
    assertTrue(outcome.err().contains("[27/27] limits of the machine, threads: 2"), outcome.err());
  }

  @Test
  void oneThreadHasOneRateOfEachAsJson() throws Exception {
    Cli.Outcome outcome = Cli.of(SmallBench.class, "bench", "--threads", "1", "--json", "-q").run();
    assertEquals(0, outcome.code(), outcome.err());
    JsonObject json = JsonObject.read("bench", outcome.out());
    assertEquals(1, json.object("machine").list("limits").size());
    assertEquals(15, json.list("kernels").size());
    assertEquals(5, json.list("trainings").size());
    assertEquals(2, json.list("steps").size());
    assertTrue(!outcome.out().contains("null"), outcome.out());
  }

  @Test
  void ctrlCEndsItAtOnce() throws Exception {
    Signal.assumeSent("INT");
    Process bench = Cli.of("bench", "--progress", "lines").start();
    BufferedReader err = bench.errorReader();
    String line = err.readLine();
    while (line != null && !line.startsWith("[1/")) {
      line = err.readLine();
    }
    assertTrue(line != null, "ended before it began");
    Signal.send("INT", bench.pid());
    assertTrue(bench.waitFor(10, TimeUnit.SECONDS), "still running ten seconds after SIGINT");
    assertEquals(130, bench.exitValue());
  }
}
