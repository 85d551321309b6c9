// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cifarengine.config.ImageSet;
import io.cifarengine.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSourceTest {
  @Test
  void trainingFilesAreRequiredBesideTheTestFile(@TempDir Path dir) throws IOException {
    Path folder = Files.createDirectories(dir.resolve("cifar-10-batches-bin"));
    Files.write(folder.resolve("test_batch.bin"), new byte[30_730_000]);
    assertEquals(
        folder.resolve("data_batch_1.bin") + ": no such file. Unpack the official archive again",
        assertThrows(
                DataException.class, () -> new DataSource.Folder(dir).require(ImageSet.CIFAR10))
            .getMessage());
  }
}
