// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostTest {
  @Test
  void aCpuIsNamedByItsModel() {
    assertEquals(Optional.of("A: B 3.0"), Host.model("model name\t: A: B 3.0 "));
    for (String other : List.of("model\t\t: 207", "flags\t: model name", "model name", "")) {
      assertEquals(Optional.empty(), Host.model(other));
    }
    assertFalse(Host.cpu().isBlank());
  }

  @Test
  void flagsAreThoseThatBearOnSpeed() {
    assertEquals(
        List.of("-Xmx1g", "-XX:+UseSerialGC", "--add-modules=m", "-Dcifarengine.simd=256"),
        Host.flags(
            List.of(
                "-Xmx1g",
                "-Dcifarengine.parent=17",
                "-XX:+UseSerialGC",
                "-javaagent:agent.jar",
                "--add-modules=m",
                "-Dcifarengine.simd=256")));
  }
}
