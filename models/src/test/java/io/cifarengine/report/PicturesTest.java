// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.GridExperiment;
import io.cifarengine.experiment.Training;
import io.cifarengine.files.UnreadableFileException;
import io.cifarengine.nn.LayerFactory;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Network;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import io.cifarengine.train.ConfusionMatrix;
import io.cifarengine.train.ModelFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
  private static final GridExperiment LINEAR = Results.grid("linear");

  private final Path folder;

  PicturesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path model(Shape input, LayerFactory... layers) throws IOException {
    Path file = folder.resolve("best.safetensors");
    try (Engine engine = Engine.withThreads(1)) {
      Network network = Network.build(engine, input, Randoms.seeded(1), layers);
      ModelFile.of(network, List.of("cat", "a dog"), "unit", Map.of(), Map.of()).save(file);
    }
    return file;
  }

  private static ExperimentResult tested() {
    return Results.allArms(LINEAR, Results.training(0, 2, OptionalInt.empty()));
  }

  private static boolean isPng(byte[] bytes) {
    return new String(bytes, 0, 4, StandardCharsets.ISO_8859_1).equals("\u0089PNG");
  }

  @Test
  void aTestedLinearClassifierHasItsConfusionAndItsWeightsAsImages() throws IOException {
    Path model = model(Shape.of(3, 4, 5), Layers.flatten(), Layers.linear(2));
    Map<String, byte[]> files = Pictures.of(tested(), model);
    assertEquals(
        List.of(
            "plots/accuracy.svg",
            "plots/loss.svg",
            "plots/confusion.svg",
            "confusion.csv",
            "weights.png",
            "weights/cat.png",
            "weights/a_dog.png"),
        List.copyOf(files.keySet()));
    assertTrue(isPng(Objects.requireNonNull(files.get("weights.png"))));
    assertTrue(isPng(Objects.requireNonNull(files.get("weights/a_dog.png"))));
    byte[] confusion = Objects.requireNonNull(files.get("plots/confusion.svg"));
    assertTrue(
        new String(confusion, StandardCharsets.UTF_8)
            .contains(">linear classifier, CIFAR-10: test accuracy 70.00 %<"));
  }

  @Test
  void otherNetworksHaveNoWeightsAsImages() throws IOException {
    Path perceptron =
        model(
            Shape.of(3, 4, 5), Layers.flatten(), Layers.linear(2), Layers.tanh(), Layers.linear(2));
    assertFalse(Pictures.of(tested(), perceptron).containsKey("weights.png"));
    Path vectors = model(Shape.of(60), Layers.linear(2));
    assertFalse(Pictures.of(tested(), vectors).containsKey("weights.png"));
    Path twoChannels = model(Shape.of(2, 4, 5), Layers.flatten(), Layers.linear(2));
    assertFalse(Pictures.of(tested(), twoChannels).containsKey("weights.png"));
  }

  private static int[] pixel(byte[] png, int x, int y) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    int rgb = image.getRGB(x, y);
    return new int[] {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255};
  }

  @Test
  void filtersAreTilesOfColoursOnOneScale() throws IOException {
    // (2 rows, 1 column, 3 channels, 2 filters): 0..11 before, 11 less after
    float[] values = new float[12];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Tensor before = Tensor.wrap(values, Shape.of(2, 1, 3, 2));
    float[] less = new float[12];
    for (int i = 0; i < less.length; i++) {
      less[i] = i - 11;
    }
    Map<String, byte[]> files = FilterFiles.of(before, Tensor.wrap(less, Shape.of(2, 1, 3, 2)));
    assertEquals(List.of("filters-before.png", "filters-after.png"), List.copyOf(files.keySet()));
    byte[] first = Objects.requireNonNull(files.get("filters-before.png"));
    byte[] second = Objects.requireNonNull(files.get("filters-after.png"));
    // level = round(255 (w + 11) / 22); a tile is 16 pixels, the gap 8
    assertArrayEquals(new int[] {128, 151, 174}, pixel(first, 0, 0), "0, 2, 4");
    assertArrayEquals(new int[] {139, 162, 185}, pixel(first, 24, 15), "1, 3, 5");
    assertArrayEquals(new int[] {209, 232, 255}, pixel(first, 39, 31), "7, 9, 11");
    assertArrayEquals(new int[] {255, 255, 255}, pixel(first, 20, 3), "the gap");
    assertArrayEquals(new int[] {0, 23, 46}, pixel(second, 0, 0), "-11, -9, -7");
  }

  @Test
  void aNetworkThatBeginsWithAConvolutionHasItsFiltersAndOthersHaveNone() throws IOException {
    GridExperiment cnn = Results.grid("cnn");
    ExperimentResult result = Results.allArms(cnn, Results.training(1, 2, OptionalInt.empty()));
    Path file = folder.resolve("cnn.safetensors");
    try (Engine engine = Engine.withThreads(1)) {
      Network network = Training.network(engine, cnn.tested().settings(), Shape.of(32, 32, 3), 10);
      List<String> names = Stream.iterate(0, i -> i + 1).limit(10).map(i -> "class " + i).toList();
      ModelFile.of(network, names, "unit", Map.of(), Map.of()).save(file);
    }
    Map<String, byte[]> files = Pictures.of(result, file);
    byte[] before = Objects.requireNonNull(files.get("filters-before.png"));
    byte[] after = Objects.requireNonNull(files.get("filters-after.png"));
    assertArrayEquals(before, after, "these are the weights that the settings begin with");
    BufferedImage sheet = ImageIO.read(new ByteArrayInputStream(before));
    assertEquals(8 * 48 + 7 * 8, sheet.getWidth());
    assertEquals(4 * 48 + 3 * 8, sheet.getHeight());
    Path model = model(Shape.of(3, 4, 5), Layers.flatten(), Layers.linear(2));
    assertFalse(Pictures.of(tested(), model).containsKey("filters-after.png"));
  }

  @Test
  void whereNothingWasTestedNoModelIsRead() throws IOException {
    ExperimentResult diverged = Results.allArms(LINEAR, Results.diverged(0, 2));
    assertEquals(
        List.of("plots/accuracy.svg", "plots/loss.svg"),
        List.copyOf(Pictures.of(diverged, folder.resolve("none")).keySet()));
  }

  @Test
  void aModelThatIsNoneIsAnError() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.safetensors"), "nothing of that kind");
    assertThrows(UnreadableFileException.class, () -> Pictures.of(tested(), broken));
  }

  @Test
  void theTableOfConfusionsIsQuotedWhereItMustBe() {
    List<String> names = List.of("cat", "dog, large", "the \"frog\"");
    long[] counts = {3, 1, 0, 2, 4, 5, 6, 7, 8};
    assertEquals(
        """
        true\\predicted,cat,"dog, large","the ""frog\"""
        cat,3,1,0
        "dog, large",2,4,5
        "the ""frog\""",6,7,8
        """,
        ConfusionFiles.csv(ConfusionMatrix.of(names, counts)));
  }
}
