// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a main class printed in a JVM of its own, started with this test's JDK and class path.
 *
 * @param exit the exit code
 * @param output standard output and standard error together
 */
public record ForkedJvm(int exit, String output) {
  /** Runs main in a JVM with these options, and with the vector module where this JVM has it. */
  public static ForkedJvm run(Class<?> main, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(property("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", property("java.class.path"), "-Xmx256m"));
    if (hasVectorModule()) {
      command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new ForkedJvm(process.waitFor(), output);
  }

  /** Whether the JVM of this test has the vector module. */
  public static boolean hasVectorModule() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  /** The last line printed; warnings of the JVM come before. */
  public String lastLine() {
    return output.substring(output.lastIndexOf('\n') + 1);
  }

  /** Whether the vector width that was asked for is one that the CPU or the JVM lacks. */
  public boolean lacksTheWidth() {
    return output.contains("this CPU and JVM have vectors of at most");
  }

  private static String property(String name) {
    return Objects.requireNonNull(System.getProperty(name), name);
  }
}
