// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.config.ImageSet;
import io.cifarengine.data.DataException;
import io.cifarengine.experiment.DataSource;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the data: {@code --data}, {@code CIFAR_ENGINE_DATA}, then the cache folder. A place that a
 * person named must hold it; where no default place does, the synthetic images serve.
 */
final class DataLookup {
  /** The environment variable that names a data folder. */
  static final String VARIABLE = "CIFAR_ENGINE_DATA";

  private static final String SYNTHETIC = "synthetic";
  private static final String NAME = "cifar-engine";

  private final Map<String, String> environment;
  private final String system;
  private final String home;

  DataLookup(Map<String, String> environment, String system, String home) {
    this.environment = environment;
    this.system = system;
    this.home = home;
  }

  /** On this machine, for this user. */
  static DataLookup here() {
    return new DataLookup(
        System.getenv(), System.getProperty("os.name", ""), System.getProperty("user.home", "."));
  }

  /** The source for these images; the reader checks what it holds. */
  DataSource find(Optional<String> asked, ImageSet set) throws DataException {
    return find(asked, List.of(set));
  }

  /** The one source for several sets: where nobody named a place, the first that holds any of them. */
  DataSource find(Optional<String> asked, List<ImageSet> sets) throws DataException {
    Optional<String> named = named(asked);
    if (named.isPresent()) {
      return named.get().equals(SYNTHETIC)
          ? new DataSource.Synthetic()
          : new DataSource.Folder(path(named.get()));
    }
    return defaultFolders().stream()
        .filter(folder -> sets.stream().anyMatch(set -> holds(folder, set)))
        .findFirst()
        .<DataSource>map(DataSource.Folder::new)
        .orElseGet(DataSource.Synthetic::new);
  }

  /** Where the place may not be entered, the reader says so, and no other images take its place. */
  private static boolean holds(Path folder, ImageSet set) {
    boolean closed = Files.isDirectory(folder) && !Files.isExecutable(folder);
    return closed || Files.isDirectory(folder.resolve(DataSource.folder(set)));
  }

  /** As {@code --data} would name it. */
  static String written(DataSource source) {
    return source instanceof DataSource.Folder folder
        ? folder.dir().toAbsolutePath().normalize().toString()
        : SYNTHETIC;
  }

  /** The place that the option or else the variable names. */
  Optional<String> named(Optional<String> asked) {
    return asked.or(() -> variable(VARIABLE));
  }

  /** Where data is looked for that nobody named, in this order; what is no path is no place. */
  List<Path> defaultFolders() {
    List<Path> folders = new ArrayList<>();
    variable("XDG_CACHE_HOME").ifPresent(cache -> add(folders, cache, NAME));
    if (system.startsWith("Mac")) {
      add(folders, home, "Library", "Caches", NAME);
    } else if (system.startsWith("Windows")) {
      variable("LOCALAPPDATA").ifPresent(local -> add(folders, local, NAME));
    }
    add(folders, home, ".cache", NAME);
    return folders;
  }

  private static void add(List<Path> folders, String first, String... more) {
    try {
      folders.add(Path.of(first, more));
    } catch (InvalidPathException e) {
      return; // nobody asked for it: the next place serves
    }
  }

  private static Path path(String text) throws DataException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new DataException(
          text, "not a path: " + e.getReason(), "Name a folder, or use --data synthetic");
    }
  }

  /** An empty variable is one that is not set. */
  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
