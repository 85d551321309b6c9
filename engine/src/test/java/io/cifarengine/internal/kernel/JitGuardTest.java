// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cifarengine.jit.Listing;
import io.cifarengine.jit.Loop;
import io.cifarengine.testing.ForkedJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What C2 makes of the loops of the vector kernels, read from the machine code that a JVM of its own
 * prints: no vector goes to the stack or comes from there, nothing is called, nothing is allocated.
 */
class JitGuardTest {
  /** What the JVM of a group of kernels said, by {@link GuardedKernel#qualified}. */
  private record Group(Map<String, byte[]> code, Map<String, Long> bytes) {}

  /** Those that have run. */
  private static final Map<String, Group> GROUPS = new HashMap<>();

  static List<GuardedKernel> kernels() {
    return GuardedKernel.ALL;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kernels")
  void theLoopOfAKernelKeepsItsVectorsInRegisters(GuardedKernel kernel)
      throws IOException, InterruptedException {
    KernelSet chosen = KernelSet.chosen();
    assumeTrue(chosen.bits() > 0, chosen.reason());
    String arch = System.getProperty("os.arch", "");
    assumeTrue(
        arch.equals("amd64") || arch.equals("x86_64"), "reads code of x86-64, not of " + arch);
    int bits = chosen.bits();
    assumeTrue(bits >= 256, "vectors of " + bits + " bits look like scalars in machine code");
    Group group = group(kernel.group(), bits);
    assumeTrue(
        !group.code.isEmpty(),
        "this JVM printed no machine code in bytes (with hsdis it prints instructions instead)");
    byte[] code = group.code.get(kernel.qualified());
    List<Loop> loops = code == null ? List.of() : Loop.ofVectors(code);
    long bytes = Objects.requireNonNull(group.bytes.get(kernel.qualified()));
    List<String> faults = faults(kernel.toString(), kernel.stackMoves(), loops, bytes, bits);
    assertTrue(faults.isEmpty(), () -> String.join("\n", faults));
    assumeTrue(
        bits == 512, "stack moves are not judged: the tiles need 32 registers, this CPU has 16");
  }

  /** One line a person can act on for each thing that should not be. */
  private static List<String> faults(
      String kernel, int stackMoves, List<Loop> loops, long bytes, int bits) {
    String subject = kernel + " on JDK " + System.getProperty("java.version") + ": ";
    List<String> faults = new ArrayList<>();
    if (loops.isEmpty()) {
      faults.add(subject + "no loop with vector instructions in what C2 compiled (expected one)");
    }
    for (Loop loop : loops) {
      String where = String.format(Locale.ROOT, " in its loop of %,d bytes", loop.bytes());
      if (loop.stackMoves() > stackMoves && bits == 512) {
        String expected =
            stackMoves == 0 ? " (expected none)" : " (expected at most " + stackMoves + ")";
        faults.add(subject + counted(loop.stackMoves(), "vector stack move") + where + expected);
      }
      if (loop.calls() > 0) {
        faults.add(subject + counted(loop.calls(), "call") + where + " (expected none)");
      }
    }
    if (bytes != 0) {
      faults.add(
          String.format(
              Locale.ROOT,
              "%s%,d bytes allocated by %,d calls (expected none)",
              subject,
              bytes,
              KernelCalls.CALLS));
    }
    return faults;
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static Group group(String name, int bits) throws IOException, InterruptedException {
    Group known = GROUPS.get(name);
    if (known != null) {
      return known;
    }
    ForkedJvm jvm = ForkedJvm.run(KernelCalls.class, options(name, bits), name);
    List<String> lines = jvm.output().lines().toList();
    int last = Math.max(0, lines.size() - 20); // of thousands
    assertEquals(0, jvm.exit(), () -> String.join("\n", lines.subList(last, lines.size())));
    Map<String, Long> bytes = new HashMap<>();
    for (GuardedKernel kernel : GuardedKernel.ALL) {
      if (kernel.group().equals(name)) {
        bytes.put(kernel.qualified(), allocated(lines, kernel.toString()));
      }
    }
    Group group = new Group(Listing.lastOfC2(lines), bytes);
    GROUPS.put(name, group);
    return group;
  }

  /** The number in the line {@code KERNEL NUMBER}. */
  private static long allocated(List<String> lines, String kernel) {
    String line = lines.stream().filter(l -> l.startsWith(kernel + " ")).findFirst().orElseThrow();
    return Long.parseLong(line.substring(kernel.length() + 1));
  }

  /** Compiling in the foreground makes the compiler see the same profile in every run. */
  private static List<String> options(String group, int bits) {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("-Xbatch", "-XX:+UseG1GC", "-XX:+UnlockDiagnosticVMOptions"));
    options.add("-XX:CompileCommand=quiet");
    options.add("-D" + SimdWidth.PROPERTY + "=" + bits);
    for (GuardedKernel kernel : GuardedKernel.ALL) {
      if (kernel.group().equals(group)) {
        options.add("-XX:CompileCommand=print," + kernel.qualified());
        options.add("-XX:CompileCommand=dontinline," + kernel.qualified());
      }
    }
    return options;
  }

  @Test
  void aFaultNamesTheKernelTheJdkAndTheNumber() {
    String subject = "Tile.high on JDK " + System.getProperty("java.version") + ": ";
    Loop good = new Loop(357, 62, 24, 38, 0, 0);
    Loop bad = new Loop(1234, 290, 96, 150, 98, 1);
    assertEquals(List.of(), faults("Tile.high", 0, List.of(good), 0, 512));
    assertEquals(
        List.of(
            subject + "98 vector stack moves in its loop of 1,234 bytes (expected none)",
            subject + "1 call in its loop of 1,234 bytes (expected none)",
            subject + "64,000 bytes allocated by 10,000 calls (expected none)"),
        faults("Tile.high", 0, List.of(good, bad), 64_000, 512));
    assertEquals(
        subject + "98 vector stack moves in its loop of 1,234 bytes (expected at most 97)",
        faults("Tile.high", 97, List.of(bad), 0, 512).get(0));
    assertEquals(
        List.of(subject + "1 call in its loop of 1,234 bytes (expected none)"),
        faults("Tile.high", 98, List.of(bad), 0, 512));
    assertEquals(
        List.of(subject + "1 call in its loop of 1,234 bytes (expected none)"),
        faults("Tile.high", 0, List.of(bad), 0, 256));
    assertEquals(
        List.of(subject + "no loop with vector instructions in what C2 compiled (expected one)"),
        faults("Tile.high", 0, List.of(), 0, 512));
  }

  /** Else a kernel that was renamed would be one that is never compiled. */
  @Test
  void everyKernelUnderGuardExistsOnce() throws ClassNotFoundException {
    assumeTrue(ForkedJvm.hasVectorModule(), "this JVM runs without jdk.incubator.vector");
    for (GuardedKernel kernel : GuardedKernel.ALL) {
      Class<?> owner = Class.forName(kernel.ownerName(), false, getClass().getClassLoader());
      long methods =
          Arrays.stream(owner.getDeclaredMethods())
              .filter(method -> method.getName().equals(kernel.method()))
              .count();
      assertEquals(1, methods, kernel + ": methods of this name");
    }
  }
}
