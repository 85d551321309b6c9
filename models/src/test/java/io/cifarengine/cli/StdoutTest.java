// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StdoutTest {
  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "pipe:[4711], Relais brise, true",
    "socket:[4711], Relais brise, true",
    "full, Plus de place, false",
    "fifo, Broken pipe, true",
  })
  void aPipeIsKnownByItsLinkInAnyLanguage(String target, String why, boolean gone)
      throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("1"), Path.of(target));
    assertEquals(gone, Stdout.readerWentAway(link, why));
  }

  @Test
  void whereThereIsNoLinkTheReasonSaysIt() {
    Path nothing = folder.resolve("nothing");
    assertEquals(true, Stdout.readerWentAway(nothing, "Broken pipe"));
    assertEquals(true, Stdout.readerWentAway(nothing, "The pipe is being closed"));
    assertEquals(false, Stdout.readerWentAway(nothing, "No space left on device"));
  }
}
