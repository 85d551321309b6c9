// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KernelCaseTest {
  /** m n k, and batch, places of the output, 3 x 3 places of the kernel, channels, filters. */
  @Test
  void multiplyAddsAreThoseOfTheShape() {
    assertEquals(
        List.of(
            1024L * 1024 * 1024,
            128L * 128 * 3072,
            3072L * 128 * 128,
            500L * 200 * 3072,
            3072L * 200 * 500,
            50L * 64 * 1024,
            50L * 32 * 32 * 9 * 3 * 32,
            50L * 16 * 16 * 9 * 32 * 64,
            50L * 8 * 8 * 9 * 64 * 64),
        KernelCase.all().stream()
            .filter(one -> !one.name().matches("conv . d[WX]"))
            .map(KernelCase::multiplyAdds)
            .toList());
    assertEquals(15, KernelCase.all().size());
    for (KernelCase one : KernelCase.all()) {
      if (one.name().startsWith("conv")) {
        String forward = one.name().substring(0, "conv 1".length()) + " forward";
        assertEquals(named(forward).multiplyAdds(), one.multiplyAdds(), one.name());
      }
    }
  }

  @Test
  void namesAreUnique() {
    assertEquals(
        15, KernelCase.all().stream().map(KernelCase::name).collect(Collectors.toSet()).size());
  }

  @Test
  void operationsASecondAreTwoToAMultiplyAdd() {
    KernelSpeed speed = new KernelSpeed("a", "b", 3, List.of(0.5, 0.25));
    assertEquals(12, speed.flopsPerSecond(0));
    assertEquals(24, speed.flopsPerSecond(1));
  }

  /** Operands of wrong shapes would be refused. */
  @Test
  void everyCaseRuns() {
    try (Engine engine = Engine.withThreads(2)) {
      for (KernelCase one : KernelCase.all()) {
        double seconds = new Stopwatch(0, 0).median(() -> one.operands().get().accept(engine));
        assertTrue(seconds > 0, one.name());
      }
    }
  }

  private static KernelCase named(String name) {
    return KernelCase.all().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
