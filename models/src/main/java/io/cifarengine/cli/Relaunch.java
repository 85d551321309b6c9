// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.compute.Engine;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Starts the same Java again with the vector module. A manifest cannot add modules, so {@code java
 * -jar} alone would compute on the scalar kernels: the same bits, several times slower.
 *
 * <p>The child inherits the terminal; signals that end this JVM end the child first, which may save
 * what it has. A second SIGINT kills it.
 */
final class Relaunch {
  /** How long a child may take to stop before it is killed, in seconds: its own limits, and to exit. */
  private static final long GRACE = ActiveRun.LIMIT + ActiveRun.LAST_WORDS + 5;

  /** How often to look for a second SIGINT meanwhile. */
  private static final long LOOK_MILLIS = 20;

  /** Options that take a port or a file, which the first JVM holds already. */
  private static final List<String> NOT_TWICE =
      List.of(
          "-agentlib:jdwp",
          "-Xrunjdwp",
          "-Dcom.sun.management.jmxremote.port",
          "-XX:StartFlightRecording");

  /** Exit codes from here on say that a signal ended a process. */
  private static final int SIGNALS = 128;

  private Relaunch() {}

  /** Whether a second JVM would have vector kernels that this one lacks. */
  static boolean isWorthIt(Arguments arguments) {
    boolean wanted =
        !arguments.has(Option.NO_RELAUNCH)
            && !arguments.text(Option.SIMD).orElse("auto").equals("scalar")
            && !ParentWatch.isChild();
    return wanted
        && ModuleLayer.boot().findModule(Engine.VECTOR_MODULE).isEmpty()
        && ModuleFinder.ofSystem().find(Engine.VECTOR_MODULE).isPresent();
  }

  /** The child's exit code; empty where none could be started, after a warning. */
  static OptionalInt run(String[] args) throws InterruptedException {
    return run(command(args));
  }

  /** The exit code of what this starts. */
  static OptionalInt run(ProcessBuilder command) throws InterruptedException {
    Child child = new Child();
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(child::stop, "stop-child"));
    } catch (IllegalStateException e) {
      ActiveRun.awaitHalt();
    }
    try {
      return OptionalInt.of(child.start(command).waitFor());
    } catch (IOException e) {
      System.err.println(
          "warning: no second JVM for the vector module ("
              + e.getMessage()
              + "); the scalar kernels give the same numbers, more slowly");
      return OptionalInt.empty();
    }
  }

  private static ProcessBuilder command(String[] args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> NOT_TWICE.stream().noneMatch(option::startsWith))
        .forEach(command::add);
    command.add("--add-modules");
    command.add(Engine.VECTOR_MODULE);
    command.add("-D" + ParentWatch.PROPERTY + "=" + ProcessHandle.current().pid());
    Module own = Main.class.getModule();
    if (own.isNamed()) {
      command.add("-p");
      command.add(System.getProperty("jdk.module.path"));
      command.add("-m");
      command.add(own.getName() + "/" + Main.class.getName());
    } else {
      command.add("-cp");
      command.add(System.getProperty("java.class.path", "." + File.pathSeparator));
      command.add(Main.class.getName());
    }
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    forgetOptionVariables(builder.environment());
    return builder;
  }

  /** This JVM's input arguments hold what these variables added; the child must not add it again. */
  private static void forgetOptionVariables(Map<String, String> environment) {
    environment.remove("JDK_JAVA_OPTIONS");
    environment.remove("JAVA_TOOL_OPTIONS");
    environment.remove("_JAVA_OPTIONS");
  }

  /** The child, which a shutdown may have to stop while it is being started. */
  private static final class Child {
    private boolean stopping;
    private Optional<Process> process = Optional.empty();

    synchronized Process start(ProcessBuilder builder) throws IOException {
      if (stopping) {
        ActiveRun.awaitHalt();
      }
      Process started = builder.start();
      process = Optional.of(started);
      return started;
    }

    void stop() {
      Optional<Process> started;
      synchronized (this) {
        stopping = true;
        started = process;
      }
      started.ifPresent(Child::stop);
    }

    private static void stop(Process running) {
      running.destroy();
      long start = System.nanoTime();
      try {
        while (!running.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          if (Interrupts.isRepeated()) {
            running.destroyForcibly();
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
          }
          if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(GRACE)) {
            running.destroyForcibly();
            return;
          }
        }
        int code = running.exitValue();
        if (code < SIGNALS) {
          Runtime.getRuntime().halt(code); // it has more to say than that a signal came
        }
      } catch (InterruptedException e) {
        running.destroyForcibly();
      }
    }
  }
}
