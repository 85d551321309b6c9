// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The command line in a JVM of its own, as a person starts it. */
final class Cli {
  private final List<String> jvm = new ArrayList<>();
  private final List<String> arguments;
  private final Class<?> main;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private Optional<Path> folder = Optional.empty();

  private Cli(Class<?> main, List<String> arguments) {
    this.main = main;
    this.arguments = arguments;
  }

  /**
   * What a run came to.
   *
   * @param err without the JVM's own warning about incubator modules
   */
  record Outcome(int code, String out, String err) {}

  static Cli of(String... arguments) {
    return new Cli(Main.class, List.of(arguments));
  }

  /** Another program of the tests, in a JVM as the command line's. */
  static Cli of(Class<?> main, String... arguments) {
    return new Cli(main, List.of(arguments));
  }

  /** In this working directory, below which runs keep their folders. */
  Cli in(Path workingDirectory) {
    folder = Optional.of(workingDirectory);
    return this;
  }

  /** With these variables; an empty value unsets. */
  Cli with(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  /** With these options of the JVM. */
  Cli jvm(String... options) {
    jvm.addAll(List.of(options));
    return this;
  }

  Outcome run() throws IOException, InterruptedException {
    Process process = start();
    CompletableFuture<String> out = read(process.getInputStream());
    CompletableFuture<String> err = read(process.getErrorStream());
    int code = process.waitFor();
    String said =
        err.join()
            .lines()
            .filter(line -> !line.contains("incubator modules"))
            .collect(Collectors.joining("\n"));
    return new Outcome(code, out.join(), said);
  }

  Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.add("-cp");
    command.add(System.getProperty("java.class.path", "").replace("/", File.separator));
    command.add(main.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    // A machine with CIFAR in its cache folder must not change what a test sees.
    builder.environment().put("XDG_CACHE_HOME", System.getProperty("java.io.tmpdir") + "/no-cache");
    builder.environment().remove(DataLookup.VARIABLE);
    folder.ifPresent(place -> builder.directory(place.toFile()));
    environment.forEach(builder.environment()::put);
    return builder.start();
  }

  private static CompletableFuture<String> read(InputStream in) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            return "(" + e + ")";
          }
        });
  }
}
