// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that is stopped: at once, with the right code, and with nothing left behind. */
class SignalTest {
  private static final Path KILL = Path.of("/bin/kill");

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalWhileTrainingEndsBothJvmsAtOnce(String signal, int code) throws Exception {
    assumeTrue(Files.isExecutable(KILL), "no kill command here: signals are not tested");
    assumeTrue(!signal.equals("INT") || !isInterruptIgnored(), "SIGINT is ignored here");
    Process run = training();
    List<ProcessHandle> children = run.descendants().toList();
    send(signal, run);
    assertTrue(run.waitFor(10, TimeUnit.SECONDS), "still running ten seconds after SIG" + signal);
    assertEquals(code, run.exitValue());
    assertEquals(List.of(), alive(children));
  }

  @Test
  void aKilledParentTakesItsChildAlong() throws Exception {
    assumeTrue(Files.isExecutable(KILL), "no kill command here: signals are not tested");
    Process run = training();
    List<ProcessHandle> children = run.descendants().toList();
    send("KILL", run);
    run.waitFor();
    for (ProcessHandle child : children) {
      child.onExit().get(20, TimeUnit.SECONDS);
    }
    assertEquals(List.of(), alive(children));
  }

  /** A long run of the first JVM, whose second JVM, where one is needed, has finished an epoch. */
  private static Process training() throws IOException {
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
            .start();
    BufferedReader err = run.errorReader();
    String line = err.readLine();
    while (line != null && !line.contains("epoch 1/")) {
      line = err.readLine();
    }
    assertTrue(line != null, "ended before the first epoch");
    return run;
  }

  /** A shell's background job ignores SIGINT, and so do all its children. */
  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1 << 1) != 0);
  }

  private static void send(String signal, Process process) throws Exception {
    new ProcessBuilder(KILL.toString(), "-" + signal, Long.toString(process.pid()))
        .start()
        .waitFor();
  }

  private static List<String> alive(List<ProcessHandle> processes) {
    return processes.stream()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::toString)
        .collect(Collectors.toList());
  }
}
