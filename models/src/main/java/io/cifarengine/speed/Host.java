// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the operating system and Java tell about the machine. */
public final class Host {
  private static final Path LINUX = Path.of("/proc/cpuinfo");
  private static final String WINDOWS = "PROCESSOR_IDENTIFIER";

  /** Beginnings of the options that bear on speed; others may hold paths. */
  private static final List<String> SPEED = List.of("-X", "--add-modules", "-Dcifarengine.simd");

  private Host() {}

  /** The name of the CPU as the system has it, else its architecture. */
  public static String cpu() {
    return linuxName()
        .or(() -> Optional.ofNullable(System.getenv(WINDOWS)))
        .orElse(System.getProperty("os.arch"));
  }

  private static Optional<String> linuxName() {
    try (Stream<String> lines = Files.lines(LINUX)) {
      return lines.flatMap(line -> model(line).stream()).findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty(); // another system, or one that hides it
    }
  }

  /** The name in a line such as {@code model name : Intel(R) Xeon(R)}. */
  static Optional<String> model(String line) {
    int colon = line.indexOf(':');
    boolean names = colon > 0 && line.substring(0, colon).strip().equals("model name");
    return names ? Optional.of(line.substring(colon + 1).strip()) : Optional.empty();
  }

  /** Version and name of the virtual machine. */
  public static String java() {
    return Runtime.version() + " (" + System.getProperty("java.vm.name") + ")";
  }

  /** Name and architecture of the system. */
  public static String system() {
    return System.getProperty("os.name") + " " + System.getProperty("os.arch");
  }

  /** The options of this virtual machine that bear on speed, as they were given. */
  public static List<String> flags() {
    return flags(ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  static List<String> flags(List<String> arguments) {
    return arguments.stream().filter(a -> SPEED.stream().anyMatch(a::startsWith)).toList();
  }
}
