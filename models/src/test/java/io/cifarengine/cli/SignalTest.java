// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that is stopped: at once, with the right code, and with nothing left behind. */
class SignalTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalWhileTrainingEndsBothJvmsAtOnce(String signal, int code) throws Exception {
    Signal.assumeSent(signal);
    Process run = training();
    List<ProcessHandle> children = run.descendants().toList();
    Signal.send(signal, run.pid());
    assertTrue(run.waitFor(10, TimeUnit.SECONDS), "still running ten seconds after SIG" + signal);
    assertEquals(code, run.exitValue());
    assertEquals(List.of(), alive(children));
  }

  @Test
  void aKilledParentTakesItsChildAlong() throws Exception {
    Signal.assumeSent("KILL");
    Process run = training();
    List<ProcessHandle> children = run.descendants().toList();
    Signal.send("KILL", run.pid());
    run.waitFor();
    for (ProcessHandle child : children) {
      child.onExit().get(20, TimeUnit.SECONDS);
    }
    assertEquals(List.of(), alive(children));
  }

  /** A long run of the first JVM, whose second JVM, where one is needed, has finished an epoch. */
  private Process training() throws IOException {
    Process run =
        Cli.of(
                "experiment",
                "momentum",
                "--data",
                "synthetic",
                "--limit",
                "300",
                "--epochs",
                "100000",
                "--progress",
                "lines")
            .in(folder)
            .start();
    BufferedReader err = run.errorReader();
    String line = err.readLine();
    while (line != null && !line.contains("epoch 1/")) {
      line = err.readLine();
    }
    assertTrue(line != null, "ended before the first epoch");
    return run;
  }

  private static List<String> alive(List<ProcessHandle> processes) {
    return processes.stream()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::toString)
        .collect(Collectors.toList());
  }
}
