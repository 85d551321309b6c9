// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The second JVM, which has the vector module. */
class RelaunchTest {
  @Test
  void doctorComputesWithVectorsThoughItsJvmHadNone() throws Exception {
    assertTrue(Cli.of("doctor").run().out().contains("kernels: vector"));
  }

  @Test
  void withoutASecondJvmTheScalarKernelsServeAndSaySo() throws Exception {
    Cli.Outcome outcome = Cli.of("doctor", "--no-relaunch").run();
    assertEquals(0, outcome.code());
    assertTrue(outcome.out().contains("kernels: scalar"), outcome.out());
    assertTrue(outcome.err().contains("--add-modules jdk.incubator.vector"), outcome.err());
  }

  @Test
  void optionsOfTheJvmReachTheSecondOneOnce() throws Exception {
    Cli.Outcome outcome =
        Cli.of("doctor")
            .jvm("-Xmx300m")
            .with(Map.of("JAVA_TOOL_OPTIONS", "-Xmx200m", "JDK_JAVA_OPTIONS", "-Xss2m"))
            .run();
    // The command line wins over JAVA_TOOL_OPTIONS in the first JVM, so it must in the second.
    assertTrue(outcome.out().matches("(?s).*memory: (29|30)\\d MiB.*"), outcome.out());
    long picked = outcome.err().lines().filter(line -> line.startsWith("Picked up")).count();
    assertEquals(1, picked, outcome.err());
  }

  @Test
  void aWidthThatTheCpuLacksIsAUsageError() throws Exception {
    Cli.Outcome outcome =
        Cli.of("doctor", "--simd", "512")
            .jvm("-XX:UseAVX=2", "-XX:+IgnoreUnrecognizedVMOptions")
            .run();
    if (System.getProperty("os.arch", "").equals("amd64")) {
      assertEquals(2, outcome.code(), outcome.out());
      assertEquals(
          "error: usage: simd 512: this CPU and JVM have vectors of at most 256 bits; use --simd auto",
          outcome.err());
    }
  }

  @Test
  void theModulesRunFromAModulePathToo() throws Exception {
    List<String> own =
        Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
            .filter(RelaunchTest::isOwnModule)
            .toList();
    assertEquals(3, own.size(), own.toString());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-p",
                own.stream().collect(Collectors.joining(File.pathSeparator)),
                "-m",
                "io.cifarengine.models/io.cifarengine.cli.Main",
                "doctor")
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    assertTrue(out.contains("kernels: vector"), out);
    assertFalse(out.contains("rror"), out);
  }

  /** Class folders of this build in a reactor, or its jars where modules are tested alone. */
  private static boolean isOwnModule(String entry) {
    String path = entry.replace(File.separatorChar, '/');
    return path.matches(".*/(engine|datasets|models)/target/classes/?")
        || path.matches(".*/(engine|datasets)/target/(engine|datasets)-[^/]*\\.jar")
        || path.matches(".*/io/cifarengine/(engine|datasets)/[^/]*/[^/]*\\.jar");
  }
}
