// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** A JVM that holds a run's lock until it is killed. */
@SuppressWarnings("try") // a lock and a run are held while their blocks last
final class LockHolder {
  private LockHolder() {}

  /** {@code RUN}. */
  public static void main(String[] args) throws Exception {
    try (RunLock lock = RunLock.acquire(Path.of(args[0]))) {
      System.out.println("held");
      Thread.sleep(120_000);
    } catch (RunInUseException e) {
      System.out.println(e.getMessage());
    }
  }

  /** Starts one and waits until it has said something. */
  static Started start(Path run) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path", ""),
                LockHolder.class.getName(),
                run.toString())
            .start();
    BufferedReader out = process.inputReader();
    return new Started(process, String.valueOf(out.readLine()));
  }

  /** A second JVM and the first line it printed. */
  record Started(Process process, String said) {
    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }
}
