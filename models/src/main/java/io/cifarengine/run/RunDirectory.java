// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.cifarengine.config.ConfigException;
import io.cifarengine.files.AtomicFiles;
import io.cifarengine.files.Folders;
import io.cifarengine.files.Json;
import io.cifarengine.files.JsonObject;
import io.cifarengine.files.LineLog;
import io.cifarengine.files.Reason;
import io.cifarengine.files.UnreadableFileException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder of one run, {@code runs/momentum/2026-11-21T19-03-12Z-7f3a}:
 *
 * <pre>
 * config.yaml            what it does              config.resolved.json   every setting and its origin
 * environment.json       where it began            status.json            how it stands
 * metrics.csv            a row an epoch            events.jsonl           what happened when
 * result.json            what it came to           confusion.csv          of the tested weights
 * checkpoints/           the best, one a finished trial and the last of others, as safetensors
 * plots/                 the figures, as SVG       weights.png, weights/  where weights are images
 * filters-before.png, filters-after.png            where the first layer is a convolution
 * </pre>
 */
public final class RunDirectory {
  /** What makes a folder a run's. */
  static final String CONFIG = "config.yaml";

  /** The key in {@code environment.json} under which the images stand, as {@code --data} names them. */
  public static final String DATA = "data";

  private static final String RESOLVED = "config.resolved.json";
  private static final String ENVIRONMENT = "environment.json";
  private static final String STATUS = "status.json";
  private static final String UNFINISHED = ".tmp-";
  private static final String CHECKPOINTS = "checkpoints";

  private final Path folder;

  private RunDirectory(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder of a new run, whole or not at all, under a name that no other run has.
   *
   * @param runs the folder of all runs
   * @param environment what the run begins on
   */
  public static RunDirectory create(Path runs, RunPlan plan, Map<String, Object> environment)
      throws IOException {
    Path parent = runs.resolve(plan.name());
    String time = RunStatus.now().replace(':', '-');
    while (true) {
      String id = time + "-" + UUID.randomUUID().toString().substring(0, 4);
      try {
        return createAt(parent.resolve(id), plan, environment);
      } catch (FileAlreadyExistsException e) {
        // Another run took the same name in the same second: try again with another one.
      }
    }
  }

  /**
   * Makes the folder of a new run under this very name, whole or not at all.
   *
   * @throws FileAlreadyExistsException where it is taken
   */
  static RunDirectory createAt(Path folder, RunPlan plan, Map<String, Object> environment)
      throws IOException {
    Path parent = folder.toAbsolutePath().normalize().getParent();
    if (parent == null) {
      throw new IOException(folder + ": cannot be a run's folder");
    }
    Folders.create(parent);
    removeAbandoned(parent);
    long pid = ProcessHandle.current().pid();
    Path unfinished = parent.resolve("." + folder.getFileName() + UNFINISHED + pid);
    try {
      Folders.create(unfinished.resolve(CHECKPOINTS));
      AtomicFiles.write(unfinished.resolve(CONFIG), plan.yaml());
      AtomicFiles.write(unfinished.resolve(RESOLVED), Json.document(plan.resolved()));
      AtomicFiles.write(unfinished.resolve(ENVIRONMENT), Json.document(environment));
      AtomicFiles.write(unfinished.resolve(STATUS), RunStatus.begin().json());
      move(unfinished, folder);
    } catch (IOException | RuntimeException e) {
      deleteQuietly(unfinished);
      throw e;
    }
    return new RunDirectory(folder);
  }

  /** Where the name is taken, Linux only says that the folder there is not empty. */
  private static void move(Path unfinished, Path folder) throws IOException {
    try {
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.exists(folder, NOFOLLOW_LINKS)) {
        throw e;
      }
      FileAlreadyExistsException taken =
          new FileAlreadyExistsException(folder.toString(), null, "it exists already");
      taken.initCause(e);
      throw taken;
    }
  }

  /**
   * Removes what a process that was killed while it made a run left behind, as far as that is allowed:
   * it may be somebody else's, and keeps no run from starting.
   */
  private static void removeAbandoned(Path parent) throws IOException {
    List<Path> entries;
    try (Stream<Path> list = Files.list(parent)) {
      entries = list.toList();
    }
    for (Path entry : entries) {
      String name = entry.getFileName().toString();
      int end = name.lastIndexOf(UNFINISHED);
      if (end > 0 && name.startsWith(".") && Files.isDirectory(entry, NOFOLLOW_LINKS)) {
        String pid = name.substring(end + UNFINISHED.length());
        if (pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
          deleteQuietly(entry);
        }
      }
    }
  }

  private static void deleteQuietly(Path unfinished) {
    try {
      Folders.delete(unfinished);
    } catch (IOException e) {
      // What stays behind is no run: its name begins with a dot.
    }
  }

  /** The run in an existing folder. */
  public static RunDirectory open(Path folder) throws IOException {
    if (!isRun(folder)) {
      throw new NoSuchRunException(
          folder + ": not a run (expected " + CONFIG + " in it, found none)");
    }
    return new RunDirectory(folder);
  }

  /** Whether a folder is a run's. */
  static boolean isRun(Path folder) {
    return Files.isRegularFile(folder.resolve(CONFIG));
  }

  /** Where it lies. */
  public Path folder() {
    return folder;
  }

  /** {@code momentum/2026-11-21T19-03-12Z-7f3a}, or {@code all/2026-...-7f3a/momentum}. */
  public String id() {
    Path absolute = folder.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    boolean inside = parent != null && isRun(parent);
    int names = absolute.getNameCount();
    int first = Math.max(0, names - (inside ? 3 : 2));
    return absolute.subpath(first, names).toString().replace('\\', '/');
  }

  /** What it has to do. */
  public RunPlan plan() throws IOException, ConfigException {
    return RunPlan.read(folder.resolve(CONFIG).toString(), config());
  }

  /** The text that says what it has to do. */
  String config() throws IOException {
    Path file = folder.resolve(CONFIG);
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new UnreadableFileException(file, "the text is not UTF-8", "Start a new run");
    } catch (IOException e) {
      throw new IOException(file + ": cannot be read: " + Reason.of(e), e);
    }
  }

  /** What it had to do when it began, setting by setting. */
  JsonObject resolved() throws IOException {
    return JsonObject.read(folder.resolve(RESOLVED));
  }

  /** The runs inside, such as those of all experiments, by name. */
  public List<RunDirectory> members() throws IOException {
    return Runs.in(folder);
  }

  /** What it began on. */
  public JsonObject environment() throws IOException {
    return JsonObject.read(folder.resolve(ENVIRONMENT));
  }

  /** How it stands. */
  public RunStatus status() throws IOException {
    return RunStatus.read(folder.resolve(STATUS));
  }

  /** Notes how it stands. */
  void status(RunStatus status) throws IOException {
    AtomicFiles.write(folder.resolve(STATUS), status.json());
  }

  /** Notes how it ended. */
  void end(RunStatus before, RunStatus.State state, String words) throws IOException {
    status(before.now(state, words));
    event(state.toString(), Map.of());
  }

  /** Notes that an error ended it, as well as the machine still allows: what went wrong may be the disk. */
  void noteFailure(RunStatus before, Throwable cause) {
    try {
      end(before, RunStatus.State.FAILED, String.valueOf(cause.getMessage()));
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Adds a line to what happened when. */
  void event(String what, Map<String, Object> details) throws IOException {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("time", RunStatus.now());
    event.put("event", what);
    event.putAll(details);
    new LineLog(folder.resolve("events.jsonl")).add(Json.compact(event));
  }

  /** Where a trial stands that is not finished. */
  public Path lastCheckpoint(int number) {
    return folder.resolve(CHECKPOINTS).resolve("last-" + number + ".safetensors");
  }

  /** What a finished trial came to. */
  public Path trialFile(int number) {
    return folder.resolve(CHECKPOINTS).resolve("trial-" + number + ".safetensors");
  }

  /** The tested network, as a model that anybody can load. */
  public Path bestModel() {
    return folder.resolve(CHECKPOINTS).resolve("best.safetensors");
  }

  /** The table of epochs. */
  Path metrics() {
    return folder.resolve("metrics.csv");
  }

  /** The result as JSON. */
  public Path result() {
    return folder.resolve("result.json");
  }

  /** Removes what a killed writer left behind; only for who holds the lock. */
  void removeDebris() throws IOException {
    Folders.create(folder.resolve(CHECKPOINTS));
    AtomicFiles.removeLeftovers(folder);
    AtomicFiles.removeLeftovers(folder.resolve(CHECKPOINTS));
    for (String pictures : List.of("plots", "weights")) {
      if (Files.isDirectory(folder.resolve(pictures))) {
        AtomicFiles.removeLeftovers(folder.resolve(pictures));
      }
    }
  }
}
