// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import static java.util.stream.Collectors.joining;

import io.cifarengine.files.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of all runs. */
public final class Runs {
  /** How many runs an error names. */
  private static final int NAMED = 5;

  private final Path root;

  /** Runs below this folder, which need not exist. */
  public Runs(Path root) {
    this.root = root;
  }

  /** Where they lie. */
  public Path root() {
    return root;
  }

  /** All runs, the oldest first. */
  public List<RunDirectory> all() throws IOException {
    List<RunDirectory> runs = new ArrayList<>();
    for (Path name : folders(root)) {
      runs.addAll(named(name.getFileName().toString()));
    }
    runs.sort(Comparator.comparing(run -> run.folder().getFileName().toString()));
    return List.copyOf(runs);
  }

  /** The runs of one experiment, the oldest first. */
  public List<RunDirectory> named(String name) throws IOException {
    return in(root.resolve(name));
  }

  /** The runs right below a folder, by name. */
  static List<RunDirectory> in(Path parent) throws IOException {
    List<RunDirectory> runs = new ArrayList<>();
    for (Path folder : folders(parent)) {
      if (RunDirectory.isRun(folder)) {
        runs.add(RunDirectory.open(folder));
      }
    }
    return List.copyOf(runs);
  }

  /**
   * The run that a person means: its folder, its name below the folder of all runs, the name of an
   * experiment for its latest run, or the end of a run's name where only one ends so.
   *
   * @throws NoSuchRunException where there is none or more than one
   */
  public RunDirectory find(String words) throws IOException {
    Optional<RunDirectory> direct = folder(Path.of("."), words).or(() -> folder(root, words));
    if (direct.isPresent()) {
      return direct.get();
    }
    List<RunDirectory> all = all();
    List<RunDirectory> named = all.stream().filter(run -> isOf(run, words)).toList();
    if (!named.isEmpty()) {
      return named.get(named.size() - 1);
    }
    List<RunDirectory> ending = all.stream().filter(run -> run.id().endsWith(words)).toList();
    if (ending.size() != 1) {
      throw new NoSuchRunException(
          words
              + ": "
              + (ending.isEmpty() ? "no such run" : ending.size() + " runs end so")
              + " in "
              + root
              + " (expected a folder, NAME/ID, an experiment or the end of an ID); "
              + inWords(ending.isEmpty() ? all : ending));
    }
    return ending.get(0);
  }

  /** The latest few of these runs. */
  private static String inWords(List<RunDirectory> runs) {
    if (runs.isEmpty()) {
      return "there is no run";
    }
    int first = Math.max(0, runs.size() - NAMED);
    String more = first > 0 ? " and " + first + " more" : "";
    return "there is "
        + runs.subList(first, runs.size()).stream().map(RunDirectory::id).collect(joining(", "))
        + more;
  }

  private static boolean isOf(RunDirectory run, String name) {
    return run.id().startsWith(name + "/");
  }

  private static Optional<RunDirectory> folder(Path base, String words) {
    try {
      Path named = base.resolve(words).normalize();
      Path folder = named.toString().isEmpty() ? named.toAbsolutePath() : named; // of "."
      return RunDirectory.isRun(folder) ? Optional.of(RunDirectory.open(folder)) : Optional.empty();
    } catch (InvalidPathException | IOException e) {
      return Optional.empty();
    }
  }

  private static List<Path> folders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new IOException(folder + ": cannot be listed: " + Reason.of(e), e);
    }
  }
}
