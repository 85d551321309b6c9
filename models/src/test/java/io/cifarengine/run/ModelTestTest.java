// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.ImageSet;
import io.cifarengine.data.ImageDataset;
import io.cifarengine.data.MeanImage;
import io.cifarengine.data.Normalization;
import io.cifarengine.experiment.DataSource;
import io.cifarengine.files.UnreadableFileException;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Network;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.train.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTestTest {
  private static final DataSource SOURCE = new DataSource.Synthetic();
  private static final String HINT = ". Use a model that this engine saved";

  private final Path file;

  ModelTestTest(@TempDir Path folder) {
    file = folder.resolve("model.safetensors");
  }

  private void assertRefused(String layers, Shape mean, String message) throws IOException {
    ImageDataset images = SOURCE.test(ImageSet.CIFAR10);
    try (Engine engine = Engine.scalar(1)) {
      Network network =
          Network.build(engine, Shape.of(32, 32, 3), Randoms.seeded(1), Layers.parse(layers));
      Normalization centered =
          Normalization.centered(MeanImage.of(mean, new float[mean.size()]), 1);
      ModelFile.of(network, images.classNames(), centered, Map.of("dataset", "cifar10")).save(file);
      ModelTest.Loaded loaded = ModelTest.Loaded.of(engine, file);
      IOException failure =
          assertThrows(UnreadableFileException.class, () -> ModelTest.alone(loaded, SOURCE));
      assertEquals(file + ": " + message + HINT, failure.getMessage());
    }
  }

  @Test
  void aMeanImageOfOtherImagesIsRefused() throws IOException {
    assertRefused(
        "flatten(), linear(10)",
        Shape.of(3, 16, 64),
        "normalization: expected a mean image of shape [3, 32, 32], found [3, 16, 64]; take it from"
            + " images of the same size");
  }

  @Test
  void anOutputThatIsNoListOfClassesIsRefused() throws IOException {
    assertRefused(
        "conv(10, 32x32)",
        Shape.of(3, 32, 32),
        "its output is no list of classes (expected [10], found [1, 1, 10])");
  }
}
