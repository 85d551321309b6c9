// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cifarengine.testing.ForkedJvm;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One golden digest of convolutions and poolings from every JVM that {@link KernelDigestTest} forks. */
class ConvolutionDigestTest {
  /** A change of these bits is a change of {@link Engine#NUMERICS}. */
  private static final String GOLDEN =
      "60089e967aebc3db2ad1e26984e6be96296c73411e7ab7d0a9544ba00b07d357";

  /** The same of minimal filtering. */
  private static final String GOLDEN_MINIMAL =
      "3a36d5b308c64f234827f8331f2d9c3ab3ef325ee84189146aaec8029e181503";

  /** The same of convolutions with pooling in one pass. */
  private static final String GOLDEN_POOLED =
      "49819dc51f1f8536a94624bffe86a2f4f0087b38657d52ec82e09d09df3fb4af";

  private static final String SIMD = "-Dcifarengine.simd=";

  private static ForkedJvm run(String... options) throws IOException, InterruptedException {
    return ForkedJvm.run(ConvolutionDigest.class, List.of(options));
  }

  private static void assertGolden(String kernels, ForkedJvm jvm) {
    String all = " " + GOLDEN + " " + GOLDEN_MINIMAL + " " + GOLDEN_POOLED;
    assertEquals(kernels + all.repeat(3), jvm.lastLine(), jvm.output());
    assertEquals(0, jvm.exit());
  }

  @Test
  void theKernelsOfThisJvmGiveTheGoldenBits() {
    try (Engine chosen = Engine.withThreads(2);
        Engine scalar = Engine.scalar(2)) {
      assertEquals(GOLDEN, ConvolutionDigest.digest(scalar));
      assertEquals(GOLDEN, ConvolutionDigest.digest(chosen));
      assertEquals(GOLDEN_MINIMAL, ConvolutionDigest.minimalDigest(scalar));
      assertEquals(GOLDEN_MINIMAL, ConvolutionDigest.minimalDigest(chosen));
      assertEquals(GOLDEN_POOLED, ConvolutionDigest.pooledDigest(scalar));
      assertEquals(GOLDEN_POOLED, ConvolutionDigest.pooledDigest(chosen));
    }
  }

  /** Each width under another collector. */
  @ParameterizedTest
  @CsvSource({"128, Serial", "256, Parallel", "512, G1"})
  void everyVectorWidthGivesTheGoldenBits(int bits, String collector)
      throws IOException, InterruptedException {
    assumeTrue(ForkedJvm.hasVectorModule(), "this JVM runs without jdk.incubator.vector");
    ForkedJvm jvm = run(SIMD + bits, "-XX:+Use" + collector + "GC");
    assumeTrue(!jvm.lacksTheWidth(), "this CPU has no " + bits + "-bit vectors");
    assertGolden("vector" + bits, jvm);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Serial", "Parallel", "G1"})
  void theScalarKernelsGiveTheGoldenBits(String collector)
      throws IOException, InterruptedException {
    assertGolden("scalar", run(SIMD + "scalar", "-XX:+Use" + collector + "GC"));
  }

  /** Without C2 the library falls back to the scalar kernels by itself. */
  @ParameterizedTest
  @ValueSource(strings = {"-XX:TieredStopAtLevel=1", "-Xint"})
  void aJvmWithoutItsOptimizingCompilerGivesTheGoldenBits(String option)
      throws IOException, InterruptedException {
    assertGolden("scalar", run(option));
  }

  @Test
  void aCpuWithoutFmaGivesTheGoldenBits() throws IOException, InterruptedException {
    assertGolden("scalar", run("-XX:+IgnoreUnrecognizedVMOptions", "-XX:-UseFMA"));
  }
}
