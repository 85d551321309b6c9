// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cifarengine.config.ImageSet;
import io.cifarengine.experiment.DataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLookupTest {
  private static final String NO_PATH = "no\0path";

  @Test
  void aDefaultPlaceThatIsNoPathIsSkipped() throws IOException {
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", NO_PATH, "LOCALAPPDATA", NO_PATH);
    List<Path> home = List.of(Path.of("home", ".cache", "cifar-engine"));
    assertEquals(home, new DataLookup(environment, "Linux", "home").defaultFolders());
    assertEquals(home, new DataLookup(environment, "Windows 11", "home").defaultFolders());
    DataLookup nowhere = new DataLookup(environment, "Mac OS X", NO_PATH);
    assertEquals(List.of(), nowhere.defaultFolders());
    assertEquals(new DataSource.Synthetic(), nowhere.find(Optional.empty(), ImageSet.CIFAR10));
  }

  /** The reader says that it cannot be read. */
  @Test
  void aDefaultPlaceThatCannotBeLookedAtIsNotTakenForMissing(@TempDir Path dir) throws IOException {
    Path place = Files.createDirectories(dir.resolve("cifar-engine"));
    DataLookup lookup = new DataLookup(Map.of("XDG_CACHE_HOME", dir.toString()), "Linux", "home");
    assertEquals(new DataSource.Synthetic(), lookup.find(Optional.empty(), ImageSet.CIFAR10));
    assumeTrue(
        Files.getFileStore(place).supportsFileAttributeView("posix"), "no permissions to take");
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("---------"));
    try {
      assumeTrue(!Files.isExecutable(place), "this user may look everywhere");
      assertEquals(new DataSource.Folder(place), lookup.find(Optional.empty(), ImageSet.CIFAR10));
    } finally {
      Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx------"));
    }
  }
}
