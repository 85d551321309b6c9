// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that saves before a signal ends it, alone and under a parent. */
class ActiveRunTest {
  /** Ends well before {@link ActiveRun#LIMIT}, and a save takes longer than that. */
  private static final long SOON_SECONDS = 15;

  private static final long SAVES_FOR_LONG = 120_000;
  private static final long SAVES_QUICKLY = 300;

  private final Path folder;

  ActiveRunTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({"run, INT, 130", "run, TERM, 143", "parent, INT, 130", "parent, TERM, 143"})
  void aSignalWaitsForTheSave(String mode, String signal, int code) throws Exception {
    Signal.assumeSent(signal);
    Run run = start(mode, SAVES_QUICKLY);
    run.send(signal);
    String said = run.ends(code);
    assertTrue(said.contains("stopping: saving a checkpoint"), said);
    assertFalse(said.contains("error"), said);
    assertTrue(Files.exists(saved()));
  }

  @ParameterizedTest
  @CsvSource({"run", "parent"})
  void aSecondInterruptDoesNotWait(String mode) throws Exception {
    Signal.assumeSent("INT");
    Run run = start(mode, SAVES_FOR_LONG);
    run.send("INT");
    run.awaitLine("stopping: saving a checkpoint");
    run.send("INT");
    run.ends(130);
    assertFalse(Files.exists(saved()));
  }

  @Test
  void aPersonIsToldOfTheSecondInterrupt() throws Exception {
    Signal.assumeSent("INT");
    Run run = start("run", SAVES_QUICKLY);
    run.send("INT");
    String said = run.ends(130);
    assertTrue(said.contains("press Ctrl-C again to exit at once"), said);
  }

  /** The child gets SIGINT from the terminal and SIGTERM from its parent. */
  @Test
  void anInterruptOfAWholeTerminalCountsOnce() throws Exception {
    Signal.assumeSent("INT");
    Run run = start("parent", 2 * SAVES_QUICKLY);
    Signal.send("INT", run.trainer);
    run.send("INT");
    run.ends(130);
    assertTrue(Files.exists(saved()));
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void withoutARunASignalEndsTheJvmAtOnce(String signal, int code) throws Exception {
    Signal.assumeSent(signal);
    Run run = start("closed", SAVES_FOR_LONG);
    run.send(signal);
    assertEquals("", run.ends(code));
  }

  @Test
  void anExitAfterTheRunWaitsForNothing() throws Exception {
    Process process = SavingRun.java("done", saved(), SAVES_FOR_LONG).start();
    assertTrue(process.waitFor(SOON_SECONDS, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
  }

  @Test
  void aFailedSaveIsStillSaid() throws Exception {
    Signal.assumeSent("TERM");
    Run run = start("fail", SAVES_QUICKLY);
    run.send("TERM");
    String said = run.ends(143);
    assertTrue(said.contains("error: disk full"), said);
  }

  private Path saved() {
    return folder.resolve("saved");
  }

  private Run start(String mode, long saveMillis) throws IOException {
    Process process = SavingRun.java(mode, saved(), saveMillis).start();
    BufferedReader err = process.errorReader();
    String line = err.readLine();
    while (line != null && !line.startsWith("training ")) {
      line = err.readLine();
    }
    assertTrue(line != null, "ended before it trained");
    return new Run(process, err, Long.parseLong(line.substring("training ".length())));
  }

  /** A JVM that trains, or whose child does. */
  private record Run(Process process, BufferedReader err, long trainer) {
    void send(String signal) throws Exception {
      Signal.send(signal, process.pid());
    }

    void awaitLine(String begin) throws IOException {
      String line = err.readLine();
      while (line != null && !line.startsWith(begin)) {
        line = err.readLine();
      }
      assertTrue(line != null, "never said: " + begin);
    }

    /** What it says until it ends, soon, with this code and with no child left. */
    String ends(int code) throws Exception {
      boolean ended = process.waitFor(SOON_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      assertTrue(ended, "still running");
      assertEquals(code, process.exitValue());
      // The kernel may still be taking a killed child away.
      var child = ProcessHandle.of(trainer);
      if (child.isPresent()) {
        child.get().onExit().get(SOON_SECONDS, TimeUnit.SECONDS);
      }
      return err.lines().collect(Collectors.joining("\n"));
    }
  }
}
