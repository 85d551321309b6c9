// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import io.cifarengine.compute.Engine;
import io.cifarengine.data.MeanImage;
import io.cifarengine.data.Normalization;
import io.cifarengine.files.Json;
import io.cifarengine.files.Safetensors;
import io.cifarengine.files.StoredTensor;
import io.cifarengine.files.UnreadableFileException;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.Parameter;
import io.cifarengine.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A network with all that a prediction needs, as one safetensors file. Equal models are equal bytes.
 *
 * <p>The file's tensors are the parameters by their names, then those of the normalization behind
 * {@code normalization.}; its texts say the layers, the input shape, the classes and the rest.
 *
 * @param network the layers and their weights
 * @param classNames one for each output
 * @param normalization what was done to images before they reached the network, by its name
 * @param normalizationTensors what that needs, by names, sorted
 * @param numerics the version of the engine's bits that the weights were made with
 * @param metadata further texts, sorted
 */
public record ModelFile(
    Network network,
    List<String> classNames,
    String normalization,
    Map<String, Tensor> normalizationTensors,
    int numerics,
    Map<String, String> metadata) {
  static final String FORMAT_KEY = "format";
  static final String FORMAT = "cifar-engine-model";
  static final String VERSION_KEY = "version";
  static final String VERSION = "1";
  static final String INPUT_SHAPE = "input_shape";
  static final String LAYERS = "layers";
  static final String CLASS_NAMES = "class_names";
  static final String NORMALIZATION_KEY = "normalization";
  static final String NUMERICS = "numerics";

  /** In front of the names of the normalization's tensors; no parameter's name begins so. */
  static final String NORMALIZATION_PREFIX = "normalization.";

  /** The name of the mean image among the normalization's tensors. */
  private static final String MEAN = "mean";

  /** The texts that every model has; others are the caller's. */
  static final List<String> RESERVED =
      List.of(
          FORMAT_KEY, VERSION_KEY, INPUT_SHAPE, LAYERS, CLASS_NAMES, NORMALIZATION_KEY, NUMERICS);

  /**
   * Checks that there is a name for each class, and that further texts have keys of their own.
   *
   * @throws IllegalArgumentException where not
   */
  public ModelFile {
    classNames = List.copyOf(classNames);
    normalizationTensors = Collections.unmodifiableMap(new TreeMap<>(normalizationTensors));
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    if (classNames.size() != network.outputShape().size()) {
      throw new IllegalArgumentException(
          "class names (expected "
              + network.outputShape().size()
              + ", one for each output, found "
              + classNames.size()
              + ")");
    }
    for (String key : RESERVED) {
      if (metadata.containsKey(key)) {
        throw new IllegalArgumentException("metadata: the key " + key + " is the model's own");
      }
    }
  }

  /** A network that this engine trained. */
  public static ModelFile of(
      Network network,
      List<String> classNames,
      String normalization,
      Map<String, Tensor> normalizationTensors,
      Map<String, String> metadata) {
    return new ModelFile(
        network, classNames, normalization, normalizationTensors, Engine.NUMERICS, metadata);
  }

  /** A network that this engine trained, with what its images went through. */
  public static ModelFile of(
      Network network,
      List<String> classNames,
      Normalization normalization,
      Map<String, String> metadata) {
    Map<String, Tensor> tensors = new TreeMap<>();
    normalization.mean().ifPresent(m -> tensors.put(MEAN, Tensor.wrap(m.levels(), m.shape())));
    return of(network, classNames, normalization.describe(), tensors, metadata);
  }

  /**
   * What images must go through before they reach the network.
   *
   * @throws IllegalArgumentException where this version does not know it
   */
  public Normalization imageNormalization() {
    Optional<MeanImage> mean =
        Optional.ofNullable(normalizationTensors.get(MEAN))
            .map(tensor -> MeanImage.of(tensor.shape(), tensor.data()));
    return Normalization.named(normalization, mean);
  }

  /**
   * Replaces a file by this model, in one step.
   *
   * @throws IllegalArgumentException where a weight is NaN or infinite
   * @throws io.cifarengine.files.UnwritableFileException where the file cannot be written
   */
  public void save(Path file) throws IOException {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      tensors.put(parameter.name(), StoredTensor.of(parameter.value()));
    }
    normalizationTensors.forEach(
        (name, tensor) -> tensors.put(NORMALIZATION_PREFIX + name, StoredTensor.of(tensor)));
    Map<String, String> texts = new TreeMap<>(metadata);
    texts.put(FORMAT_KEY, FORMAT);
    texts.put(VERSION_KEY, VERSION);
    texts.put(INPUT_SHAPE, network.inputShape().toString());
    texts.put(LAYERS, network.toString());
    texts.put(CLASS_NAMES, Json.compact(classNames));
    texts.put(NORMALIZATION_KEY, normalization);
    texts.put(NUMERICS, Integer.toString(numerics));
    new Safetensors(tensors, texts).write(file);
  }

  /**
   * Reads a model and builds its network; the weights are bit for bit those that were saved.
   *
   * @throws UnreadableFileException where the file is missing, damaged, no model, or its tensors are
   *     not those of its layers
   */
  public static ModelFile load(Engine engine, Path file) throws IOException {
    return new ModelReader(file, Safetensors.read(file)).model(engine);
  }
}
