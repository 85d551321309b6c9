// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.internal.kernel.GemmKernel;
import io.cifarengine.internal.kernel.KernelSet;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** Of the layers of the studies: which products pack what. */
class BlockingTest {
  private static final GemmKernel KERNEL = KernelSet.chosen().gemm().get();

  private static Blocking cut(int threads, int m, int n, int k, int aColumnStep) {
    Blocking blocking = new Blocking(threads, KERNEL);
    blocking.cut(m, n, k, aColumnStep, n, 1);
    return blocking;
  }

  @Test
  void oneThreadPacksABlockOfWeightsThatTwoReadWhereTheyLie() {
    Blocking one = cut(1, 128, 128, 3072, 1);
    assertTrue(one.byRows && one.packsB);
    assertEquals(512, one.kc);
    assertEquals(512, one.kGroup);
    Blocking two = cut(2, 128, 128, 3072, 1);
    assertTrue(two.byRows && !two.packsB);
    assertEquals(512, two.kc);
  }

  @Test
  void allWeightsArePackedAtOnceWhereCIsLargerThanL2() {
    Blocking blocking = cut(1, 45_000, 256, 3072, 1);
    assertTrue(blocking.byRows && blocking.packsB);
    assertTrue(blocking.kGroup >= 3072);
  }

  @Test
  void aBlockOfPanelsHasAtMostAMebibyte() {
    Blocking blocking = cut(1, 1024, 1024, 1024, 1);
    assertTrue(blocking.byRows);
    assertEquals(512, blocking.kc);
    assertEquals(512, blocking.nc);
  }

  @Test
  void columnsOfAArePackedAndFewColumnsOfCReadAInPlace() {
    Blocking transposed = cut(1, 3072, 128, 128, 3072);
    assertFalse(transposed.byRows || transposed.thin);
    assertEquals(Blocking.MC, transposed.mc);
    assertTrue(cut(1, 500, 10, 3072, 1).thin);
  }

  @Test
  void aSmallProductIsForOneThread() {
    assertTrue(cut(2, 128, 20, 128, 1).oneThread);
    assertFalse(cut(2, 128, 128, 128, 1).oneThread);
  }

  @Test
  void aTileThatPackingDoesNotFitIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Blocking(1, tile(12, 32)));
    assertThrows(IllegalArgumentException.class, () -> new Blocking(1, tile(Packing.MR, 48)));
    new Blocking(1, tile(Packing.MR, 32));
  }

  /** A kernel of which only the size of its tile is known. */
  private static GemmKernel tile(int rows, int columns) {
    return (GemmKernel)
        Proxy.newProxyInstance(
            GemmKernel.class.getClassLoader(),
            new Class<?>[] {GemmKernel.class},
            (proxy, method, arguments) -> method.getName().equals("rows") ? rows : columns);
  }
}
