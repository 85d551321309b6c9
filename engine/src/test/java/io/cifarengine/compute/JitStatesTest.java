// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.testing.ForkedJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In a JVM of its own, where no earlier test has warmed anything. */
class JitStatesTest {
  @Test
  void fiveThousandCallsGiveOneResultInEveryStateOfTheJit()
      throws IOException, InterruptedException {
    ForkedJvm jvm = ForkedJvm.run(JitStates.class, List.of());
    assertEquals("end", jvm.lastLine(), jvm.output());
    List<String> counts = new ArrayList<>();
    for (String line : jvm.output().lines().toList()) {
      if (line.matches("\\w+ \\d+")) {
        counts.add(line);
        assertTrue(line.endsWith(" 1"), jvm.output());
      }
    }
    assertEquals(2 * (Formula.values().length + 27), counts.size(), jvm.output());
  }
}
