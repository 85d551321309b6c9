// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A run of seconds on synthetic images, and copies of it to damage. */
final class SmallRun {
  private SmallRun() {}

  /** Two epochs of the arm of momentum that is tested. */
  static Path make(Path runs) throws IOException, InterruptedException {
    return make(runs, "momentum=0.8,learning_rate=0.001");
  }

  /** Two epochs of these arms. */
  static Path make(Path runs, String only) throws IOException, InterruptedException {
    Cli.Outcome outcome =
        quick(
            runs,
            "experiment momentum -q --data synthetic --limit 200 --epochs 2 --simd scalar --only",
            only);
    assertEquals(0, outcome.code(), outcome.err());
    try (Stream<Path> folders = Files.list(runs.resolve("momentum"))) {
      List<Path> sorted = folders.sorted().toList();
      return sorted.get(sorted.size() - 1);
    }
  }

  /** A command on the runs of a folder, its words cut at spaces, the last one as it is. */
  static Cli.Outcome quick(Path runs, String words, String last)
      throws IOException, InterruptedException {
    String[] cut = words.split(" ", -1);
    String[] all = new String[cut.length + 3];
    System.arraycopy(cut, 0, all, 0, cut.length);
    all[cut.length] = last;
    all[cut.length + 1] = "--runs";
    all[cut.length + 2] = runs.toString();
    return Cli.of(all).jvm("-XX:TieredStopAtLevel=1").run();
  }

  /** Copies a run, so that a test may change it. */
  static Path copy(Path run, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(run.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return to;
  }

  /** Replaces a text in a file, which must be there. */
  static void edit(Path file, String before, String after) throws IOException {
    String text = Files.readString(file);
    if (!text.contains(before)) {
      throw new AssertionError(file + ": no " + before + " in " + text);
    }
    Files.writeString(file, text.replace(before, after));
  }
}
