// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.data.MeanImage;
import io.cifarengine.data.Normalization;
import io.cifarengine.files.Safetensors;
import io.cifarengine.files.StoredTensor;
import io.cifarengine.files.UnreadableFileException;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.WeightDigest;
import io.cifarengine.random.Randoms;
import io.cifarengine.reference.Draws;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  private static final String HINT = ". Use a file that this engine saved as a model";

  private final Engine engine = Engine.withThreads(2);

  @TempDir private Path dir = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    file = dir.resolve("model.safetensors");
  }

  @AfterEach
  void closeTheEngine() {
    engine.close();
  }

  private Network network() {
    return Network.build(
        engine,
        Shape.of(2, 3),
        Randoms.seeded(11),
        Layers.parse("flatten(), linear(17), tanh(), linear(3)"));
  }

  private ModelFile model() {
    return ModelFile.of(
        network(),
        List.of("cat", "dog, \"wet\"", "\u00e9l\u00e9phant"),
        "mean image",
        Map.of("mean", Tensor.wrap(new float[] {1, -0f, 3, 4, 5, 6}, 2, 3)),
        Map.of("seed", "11"));
  }

  @Test
  void aLoadedModelIsTheSavedOneBitForBit() throws IOException {
    ModelFile saved = model();
    saved.save(file);
    ModelFile loaded = ModelFile.load(engine, file);
    assertEquals(WeightDigest.of(saved.network()), WeightDigest.of(loaded.network()));
    assertEquals(saved.network().toString(), loaded.network().toString());
    assertEquals(Shape.of(2, 3), loaded.network().inputShape());
    assertEquals(saved.classNames(), loaded.classNames());
    assertEquals("mean image", loaded.normalization());
    assertEquals(Engine.NUMERICS, loaded.numerics());
    assertEquals(Map.of("seed", "11"), loaded.metadata());
    Tensor mean = Objects.requireNonNull(loaded.normalizationTensors().get("mean"));
    assertEquals(Shape.of(2, 3), mean.shape());
    assertEquals(Integer.MIN_VALUE, Float.floatToRawIntBits(mean.data()[1]));
    Tensor x = Tensor.zeros(5, 2, 3);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = Randoms.seeded(3).uniformFloat(i);
    }
    assertArrayEquals(
        saved.network().predict(x).data(), loaded.network().predict(x).data(), "predictions");
    loaded.network().forward(x);
    loaded.network().backward(Tensor.zeros(5, 3)); // it can be trained on
  }

  @Test
  void aConvolutionalModelIsTheSavedOneBitForBit() throws IOException {
    Network network =
        Network.build(
            engine,
            Shape.of(8, 7, 3),
            Randoms.seeded(11),
            Layers.conv(5, 3).same(),
            Layers.maxPool(3, 2),
            Layers.conv(4, 2, 1).stride(2).padding(1),
            Layers.flatten(),
            Layers.linear(3));
    MeanImage mean = MeanImage.of(Shape.of(3, 8, 7), new float[168]);
    List<String> names = List.of("a", "b", "c");
    ModelFile.of(network, names, Normalization.centered(mean, 1), Map.of()).save(file);
    ModelFile loaded = ModelFile.load(engine, file);
    assertEquals(WeightDigest.of(network), WeightDigest.of(loaded.network()));
    assertEquals(
        "conv(5, 3x3, same), maxpool(3x3, stride 2), conv(4, 2x1, stride 2, padding 1), flatten(),"
            + " linear(3)",
        loaded.network().toString());
    assertEquals(Shape.of(8, 7, 3), loaded.network().inputShape());
    assertEquals(Shape.of(3, 3, 3, 5), loaded.network().parameters().get(0).value().shape());
    assertEquals("mean-image x1", loaded.imageNormalization().describe());
    Tensor x = Draws.normal(3, 1, 5, 8, 7, 3);
    assertArrayEquals(network.predict(x).data(), loaded.network().predict(x).data());
    loaded.network().forward(x);
    loaded.network().backward(Tensor.zeros(5, 3)); // it can be trained on
  }

  @Test
  void equalModelsAreEqualBytes() throws IOException {
    model().save(file);
    Path again = dir.resolve("again");
    ModelFile.load(engine, file).save(again);
    assertEquals(-1, Files.mismatch(file, again));
    model().save(again);
    assertEquals(-1, Files.mismatch(file, again));
  }

  private void assertRefused(String message) {
    IOException e =
        assertThrows(UnreadableFileException.class, () -> ModelFile.load(engine, file), message);
    assertEquals(file + ": " + message + HINT, e.getMessage());
  }

  /** The file of the model with other tensors or texts. */
  private void rewrite(Map<String, StoredTensor> tensors, Map<String, String> texts)
      throws IOException {
    new Safetensors(tensors, texts).write(file);
  }

  private Safetensors content() throws IOException {
    model().save(file);
    return Safetensors.read(file);
  }

  private void rewriteText(String key, String value) throws IOException {
    Safetensors content = content();
    Map<String, String> texts = new TreeMap<>(content.metadata());
    texts.put(key, value);
    rewrite(content.tensors(), texts);
  }

  @Test
  void allTensorsThatDoNotFitAreNamedInOneError() throws IOException {
    Safetensors content = content();
    Map<String, StoredTensor> tensors = new LinkedHashMap<>(content.tensors());
    tensors.remove("1.bias");
    tensors.put("3.weight", StoredTensor.of(Tensor.zeros(3, 17)));
    tensors.put("3.bias", StoredTensor.of(new double[3], Shape.of(3)));
    tensors.put("extra", StoredTensor.of(new long[1], Shape.of()));
    tensors.put("normalization.ids", StoredTensor.of(new long[1], Shape.of(1)));
    rewrite(tensors, content.metadata());
    assertRefused(
        "tensors of the layers flatten(), linear(17), tanh(), linear(3): 1.bias [17] is missing; "
            + "3.weight (expected F32 [17, 3], found F32 [3, 17]); "
            + "3.bias (expected F32 [3], found F64 [3]); "
            + "extra I64 [] is of no layer; normalization.ids I64 [1] is of no layer");
  }

  @Test
  void layersThatTheFileDoesNotHoldAskForNoMemory() throws IOException {
    rewriteText("layers", "flatten(), linear(300000000), tanh(), linear(7)");
    assertRefused(
        "tensors of the layers flatten(), linear(300000000), tanh(), linear(7): "
            + "1.weight (expected F32 [6, 300000000], found F32 [6, 17]); "
            + "1.bias (expected F32 [300000000], found F32 [17]); "
            + "3.weight (expected F32 [300000000, 7], found F32 [17, 3]); "
            + "3.bias (expected F32 [7], found F32 [3])");
  }

  @Test
  void convolutionsThatTheFileDoesNotHoldAskForNoMemory() throws IOException {
    rewriteText("input_shape", "[9,9,3]");
    Safetensors content = Safetensors.read(file);
    for (String[] c :
        new String[][] {
          {
            "conv(1000000, 9x9), flatten()",
            "tensors of the layers conv(1000000, 9x9), flatten(): 0.weight [9, 9, 3, 1000000] is"
                + " missing; 0.bias [1000000] is missing; 1.weight F32 [6, 17] is of no layer;"
                + " 1.bias F32 [17] is of no layer; 3.weight F32 [17, 3] is of no layer; 3.bias F32"
                + " [3] is of no layer"
          },
          {
            "conv(1000000000, 9x9)",
            "shape [9, 9, 3, 1000000000]: more than 2147483647 elements do not fit one array"
          },
          {
            "conv(3, 11x3)",
            "conv(3, 11x3): expected images of at least 11 x 3, got examples of shape [9, 9, 3];"
                + " take a smaller kernel, padding or same"
          },
          {
            "conv(3, 3x3, padding 999999999)",
            "convolution: expected padded images of at most 2147483647 elements, found 2000000007 x"
                + " 2000000007 x 3"
          }
        }) {
      Map<String, String> texts = new TreeMap<>(content.metadata());
      texts.put("layers", c[0]);
      rewrite(content.tensors(), texts);
      assertRefused(c[1]);
    }
  }

  @Test
  void textsThatAreNoModelAreRefusedWithTheReason() throws IOException {
    rewriteText("layers", "flatten(), linaer(17), tanh(), linear(3)");
    assertRefused(
        "layers, position 12: unknown layer linaer (did you mean linear?); "
            + "there is conv, flatten, linear, maxpool, relu, sigmoid, tanh");
    rewriteText("layers", "linear(17), tanh(), linear(3)");
    assertRefused(
        "linear(17): expected (n, features), got examples of shape [2, 3]; put flatten() before it");
    rewriteText("input_shape", "[2,-3]");
    assertRefused("input_shape (expected whole numbers from 1 on, found [2,-3])");
    rewriteText("input_shape", "[2147483647,2]");
    assertRefused("shape [2147483647, 2]: more than 2147483647 elements do not fit one array");
    rewriteText("input_shape", "6");
    assertRefused("input_shape (expected a JSON list, found 6)");
    rewriteText("class_names", "[\"a\",\"b\"]");
    assertRefused("class names (expected 3, one for each output, found 2)");
    rewriteText("class_names", "[1,2,3]");
    assertRefused("class_names (expected a list of texts)");
    rewriteText("class_names", "[\n");
    assertRefused("class_names: line 2, column 1: expected a value, found the end of the text");
    rewriteText("numerics", "one");
    assertRefused("numerics (expected a number, found one)");
    rewriteText("format", "a\nb");
    assertRefused("format (expected cifar-engine-model, found a\\nb)");
    rewriteText("version", "2");
    assertRefused("version (expected 1, found 2)");
    Safetensors content = content();
    rewrite(content.tensors(), Map.of("format", "cifar-engine-model", "version", "1"));
    assertRefused("expected the text input_shape in __metadata__, found [format, version]");
    rewrite(content.tensors(), Map.of());
    assertRefused("format (expected cifar-engine-model, found none)");
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    model().save(file);
    byte[] good = Files.readAllBytes(file);
    for (int at = 0; at < good.length; at += 7) {
      byte[] bad = good.clone();
      bad[at] ^= 4;
      Files.delete(file);
      Files.write(file, bad);
      try {
        ModelFile loaded = ModelFile.load(engine, file);
        assertEquals(
            WeightDigest.of(network()), WeightDigest.of(loaded.network()), "at byte " + at);
      } catch (UnreadableFileException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith(file + ": "), e.toString());
      }
    }
  }

  @Test
  void aShapeThatFitsNoArrayIsNoLinearModel() throws IOException {
    rewriteText("input_shape", "[3,40000,40000]");
    IOException e =
        assertThrows(UnreadableFileException.class, () -> LinearWeights.read(file), "too large");
    assertTrue(String.valueOf(e.getMessage()).startsWith(file + ": shape [3, "), e.getMessage());
    Network linear =
        Network.build(
            engine, Shape.of(3, 1, 2), Randoms.seeded(11), Layers.flatten(), Layers.linear(3));
    ModelFile.of(linear, List.of("a", "b", "c"), "unit", Map.of(), Map.of()).save(file);
    assertEquals(Shape.of(3, 1, 2), LinearWeights.read(file).orElseThrow().image());
    Safetensors content = Safetensors.read(file);
    Map<String, String> texts = new TreeMap<>(content.metadata());
    texts.put("input_shape", "[3,20000,20000]"); // it fits, but not with 3 classes
    rewrite(content.tensors(), texts);
    assertEquals(Optional.empty(), LinearWeights.read(file));
  }

  @Test
  void aModelThatCannotBeSavedSaysWhy() {
    Network network = network();
    List<String> names = List.of("a", "b", "c");
    var few =
        assertThrows(
            IllegalArgumentException.class,
            () -> ModelFile.of(network, List.of("a"), "none", Map.of(), Map.of()));
    assertEquals("class names (expected 3, one for each output, found 1)", few.getMessage());
    var taken =
        assertThrows(
            IllegalArgumentException.class,
            () -> ModelFile.of(network, names, "none", Map.of(), Map.of("layers", "x")));
    assertEquals("metadata: the key layers is the model's own", taken.getMessage());
    network.parameters().get(1).value().data()[4] = Float.NaN;
    var diverged =
        assertThrows(
            IllegalArgumentException.class,
            () -> ModelFile.of(network, names, "none", Map.of(), Map.of()).save(file));
    assertEquals(
        "tensor 1.bias: expected finite numbers, found NaN or infinity at index 4",
        diverged.getMessage());
    assertTrue(Files.notExists(file));
  }
}
