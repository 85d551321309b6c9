// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The command line in a JVM of its own, as a person starts it. */
final class Cli {
  private final List<String> jvm = new ArrayList<>();
  private final List<String> arguments;
  private final Map<String, String> environment;

  private Cli(List<String> arguments, Map<String, String> environment) {
    this.arguments = arguments;
    this.environment = environment;
  }

  /**
   * What a run came to.
   *
   * @param err without the JVM's own warning about incubator modules
   */
  record Outcome(int code, String out, String err) {}

  static Cli of(String... arguments) {
    return new Cli(List.of(arguments), Map.of());
  }

  /** With these variables; an empty value unsets. */
  Cli with(Map<String, String> variables) {
    Cli other = new Cli(arguments, variables);
    other.jvm.addAll(jvm);
    return other;
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
    command.add("io.cifarengine.cli.Main");
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    // A machine with CIFAR in its cache folder must not change what a test sees.
    builder.environment().put("XDG_CACHE_HOME", System.getProperty("java.io.tmpdir") + "/no-cache");
    builder.environment().remove(DataLookup.VARIABLE);
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
