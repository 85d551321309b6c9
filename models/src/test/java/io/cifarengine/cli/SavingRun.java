// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A JVM with a run that does nothing but train and save, and a parent for it. */
@SuppressWarnings("try") // a lock and a run are held while their blocks last
final class SavingRun {
  private SavingRun() {}

  /** {@code run|fail|closed|done|parent FILE SAVE_MILLIS}: FILE is what the run saves. */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[1]);
    long saveMillis = Long.parseLong(args[2]);
    int code =
        switch (args[0]) {
          case "run" -> trainAndSave(file, saveMillis);
          case "fail" -> fail(saveMillis);
          case "closed" -> idleAfterARun();
          case "done" -> finish();
          case "parent" ->
              Relaunch.run(
                      java("run", file, saveMillis).redirectError(ProcessBuilder.Redirect.INHERIT))
                  .orElseThrow();
          default -> throw new IllegalArgumentException(args[0]);
        };
    System.exit(code);
  }

  /** The command that runs this class. */
  static ProcessBuilder java(String mode, Path file, long saveMillis) {
    return new ProcessBuilder(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path", ""),
            SavingRun.class.getName(),
            mode,
            file.toString(),
            Long.toString(saveMillis)));
  }

  private static int trainAndSave(Path file, long saveMillis)
      throws IOException, InterruptedException {
    StopSignal stop = new StopSignal();
    try (ActiveRun run = ActiveRun.begin(stop)) {
      train(stop);
      Thread.sleep(saveMillis);
      Files.writeString(file, "saved");
    }
    return ExitCode.DONE;
  }

  /** Its save fails, which it says well after the run has ended. */
  private static int fail(long saveMillis) throws InterruptedException {
    StopSignal stop = new StopSignal();
    try (ActiveRun run = ActiveRun.begin(stop)) {
      train(stop);
      throw new IOException("disk full");
    } catch (IOException e) {
      Thread.sleep(saveMillis);
      System.err.println("error: " + e.getMessage());
    }
    return ExitCode.ENVIRONMENT;
  }

  private static int idleAfterARun() throws InterruptedException {
    finish();
    train(StopSignal.never());
    return ExitCode.BUG;
  }

  private static int finish() {
    ActiveRun.begin(new StopSignal()).close();
    return ExitCode.DONE;
  }

  private static void train(StopSignal stop) throws InterruptedException {
    System.err.println("training " + ProcessHandle.current().pid());
    while (!stop.isRequested()) {
      Thread.sleep(5); // a batch
    }
  }
}
