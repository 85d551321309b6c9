// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cifarengine.testing.ForkedJvm;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One golden digest from every width, number of threads, JIT state and collector. */
class KernelDigestTest {
  /** A change of these bits is a change of {@link Engine#NUMERICS}. */
  private static final String GOLDEN =
      "d994c8c4c2199f3634e87367e668b94a1ba6fe5f68dcdb992d9d37e150b32c3a";

  /** The same of what a training does besides. */
  private static final String GOLDEN_TRAINING =
      "db7c7ff1a27b9e9fbdad980649a7240c5d969c554a747703a0cc38f1fe3c5d3c";

  private static final String SIMD = "-Dcifarengine.simd=";

  private static ForkedJvm run(List<String> options, String... arguments)
      throws IOException, InterruptedException {
    return ForkedJvm.run(KernelDigest.class, options, arguments);
  }

  private static void assertGolden(String kernels, ForkedJvm jvm) {
    String both = " " + GOLDEN + " " + GOLDEN_TRAINING;
    assertEquals(kernels + both.repeat(3), jvm.lastLine(), jvm.output());
    assertEquals(0, jvm.exit());
  }

  private static void needsVectors() {
    assumeTrue(ForkedJvm.hasVectorModule(), "this JVM runs without jdk.incubator.vector");
    assumeTrue(
        System.getProperty("os.arch", "").toLowerCase(Locale.ROOT).equals("amd64"),
        "the option that narrows the CPU is one of x86");
  }

  @Test
  void theKernelsOfThisJvmGiveTheGoldenBits() {
    try (Engine chosen = Engine.withThreads(2);
        Engine scalar = Engine.scalar(2)) {
      assertEquals(GOLDEN, KernelDigest.digest(scalar));
      assertEquals(GOLDEN, KernelDigest.digest(chosen));
      assertEquals(GOLDEN_TRAINING, KernelDigest.trainingDigest(scalar));
      assertEquals(GOLDEN_TRAINING, KernelDigest.trainingDigest(chosen));
    }
  }

  /** Each width under another collector. */
  @ParameterizedTest
  @CsvSource({"128, Serial", "256, Parallel", "512, G1"})
  void aVectorWidthKeepsTheContractsAndGivesTheGoldenBits(int bits, String collector)
      throws IOException, InterruptedException {
    assumeTrue(ForkedJvm.hasVectorModule(), "this JVM runs without jdk.incubator.vector");
    ForkedJvm jvm = run(List.of(SIMD + bits, "-XX:+Use" + collector + "GC"), "contracts");
    assumeTrue(!jvm.lacksTheWidth(), "this CPU has no " + bits + "-bit vectors");
    assertGolden("vector" + bits, jvm);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Serial", "Parallel", "G1"})
  void theScalarKernelsGiveTheGoldenBits(String collector)
      throws IOException, InterruptedException {
    assertGolden("scalar", run(List.of(SIMD + "scalar", "-XX:+Use" + collector + "GC")));
  }

  /** Without C2 the library falls back to the scalar kernels by itself. */
  @ParameterizedTest
  @ValueSource(strings = {"-XX:TieredStopAtLevel=1", "-Xint"})
  void aJvmWithoutItsOptimizingCompilerGivesTheGoldenBits(String option)
      throws IOException, InterruptedException {
    assertGolden("scalar", run(List.of(option)));
  }

  @Test
  void aCpuWithoutFmaGivesTheGoldenBits() throws IOException, InterruptedException {
    ForkedJvm jvm = run(List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:-UseFMA"));
    assertGolden("scalar", jvm);
  }

  @Test
  void aWidthThatTheCpuLacksIsRefused() throws IOException, InterruptedException {
    needsVectors();
    ForkedJvm jvm = run(List.of("-XX:UseAVX=2", SIMD + "512"));
    assertNotEquals(0, jvm.exit());
    assertTrue(
        jvm.output()
            .contains(
                "java.lang.UnsupportedOperationException: simd 512: this CPU and JVM have vectors of"
                    + " at most 256 bits"),
        jvm.output());
  }

  /** Who catches that and asks for any width gets the vectors that the CPU has. */
  @Test
  void afterAWidthThatTheCpuLacksAnotherCanBeAskedFor() throws IOException, InterruptedException {
    needsVectors();
    ForkedJvm jvm = run(List.of("-XX:UseAVX=2", SIMD + "512"), "again");
    assertGolden("vector256", jvm);
  }

  @Test
  void aWordThatIsNoWidthIsRefused() throws IOException, InterruptedException {
    ForkedJvm jvm = run(List.of(SIMD + "avx"));
    assertNotEquals(0, jvm.exit());
    assertTrue(
        jvm.output()
            .contains(
                "java.lang.IllegalArgumentException: simd: expected auto, scalar, 128, 256 or 512,"
                    + " found avx"),
        jvm.output());
  }
}
