// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cifarengine.testing.ForkedJvm;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The contracts on the kernels of this JVM; KernelDigestTest runs them at every other width. */
class KernelContractTest {
  private static final KernelSet SCALAR = KernelSet.scalar("for the contract");

  private static KernelSet vector() {
    assumeTrue(ForkedJvm.hasVectorModule(), "this JVM runs without jdk.incubator.vector");
    KernelSet chosen = KernelSet.chosen();
    assumeTrue(chosen.bits() > 0, chosen.reason());
    return chosen;
  }

  @Test
  void theScalarTileIsThePlainChain() {
    GemmKernelContract.check(SCALAR.gemm().get());
  }

  @Test
  void theVectorTileIsThePlainChain() {
    GemmKernelContract.check(vector().gemm().get());
  }

  @Test
  void theScalarElementwiseKernelIsTheFormula() {
    ElementwiseKernelContract.check(SCALAR.elementwise());
  }

  @Test
  void theVectorElementwiseKernelIsTheFormula() {
    ElementwiseKernelContract.check(vector().elementwise());
  }

  @Test
  void theScalarPoolingKernelIsTheFormula() {
    PoolingKernelContract.check(SCALAR.pooling());
  }

  @Test
  void theVectorPoolingKernelIsTheFormula() {
    PoolingKernelContract.check(vector().pooling());
  }

  @Test
  void theScalarTransformsAreTheirMatrices() {
    WinogradKernelContract.check(SCALAR.winograd());
  }

  @Test
  void theVectorTransformsAreTheirMatrices() {
    WinogradKernelContract.check(vector().winograd());
  }

  @Test
  void theScalarPixelKernelIsTheFormula() {
    PixelKernelContract.check(SCALAR.pixels());
  }

  @Test
  void theVectorPixelKernelIsTheFormula() {
    PixelKernelContract.check(vector().pixels());
  }

  @Test
  void theScalarPeakKernelIsItsChains() {
    PeakKernelContract.check(SCALAR.peak());
  }

  @Test
  void theVectorPeakKernelIsItsChains() {
    PeakKernelContract.check(vector().peak());
  }

  @Test
  void withoutTheVectorModuleTheScalarKernelsServeAndSayWhy() {
    assumeTrue(!ForkedJvm.hasVectorModule(), "this JVM runs with jdk.incubator.vector");
    KernelSet chosen = KernelSet.chosen();
    assertEquals("scalar", chosen.name());
    assertEquals(
        "start Java with --add-modules jdk.incubator.vector for vector kernels", chosen.reason());
  }

  @Test
  void vectorKernelsAreNamedAfterTheirWidth() {
    KernelSet chosen = vector();
    assertEquals("vector" + chosen.bits(), chosen.name());
    assertEquals(2 * chosen.bits() / Float.SIZE, chosen.gemm().get().columns());
  }

  @Test
  void eachWorkerGetsAGemmKernelOfItsOwn() {
    for (KernelSet kernels : new KernelSet[] {SCALAR, KernelSet.chosen()}) {
      assertNotEquals(kernels.gemm().get(), kernels.gemm().get());
    }
  }

  @Test
  void reluGivesPlusZeroForMinusZeroAndKeepsNaN() {
    for (KernelSet kernels : new KernelSet[] {SCALAR, KernelSet.chosen()}) {
      float[] x = new float[37];
      for (int i = 0; i < x.length; i++) {
        x[i] = i % 2 == 0 ? -0f : Float.NaN;
      }
      float[] y = new float[37];
      kernels.elementwise().relu(x, 0, y, 0, 37);
      for (int i = 0; i < x.length; i++) {
        if (i % 2 == 0) {
          assertEquals(0, Float.floatToRawIntBits(y[i]), kernels.name());
        } else {
          assertTrue(Float.isNaN(y[i]), kernels.name());
        }
      }
      float[] dy = new float[37];
      Arrays.fill(dy, 1f);
      float[] dx = new float[37];
      Arrays.fill(dx, Float.NaN);
      kernels.elementwise().reluBackward(x, dy, dx, 0, 37);
      for (float stopped : dx) { // y > 0 is false where y is NaN, as it is at -0
        assertEquals(0, Float.floatToRawIntBits(stopped), kernels.name());
      }
    }
  }
}
