// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import io.cifarengine.compute.Engine;
import io.cifarengine.files.Json;
import io.cifarengine.files.JsonException;
import io.cifarengine.files.JsonReader;
import io.cifarengine.files.Safetensors;
import io.cifarengine.files.StoredTensor;
import io.cifarengine.files.UnreadableFileException;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Network;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;
import io.cifarengine.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds a network from the texts and tensors of a file. */
final class ModelReader {
  private static final String HINT = "Use a file that this engine saved as a model";

  /** How many tensors an error names. */
  private static final int NAMED = 20;

  private final Path file;
  private final Map<String, String> texts;

  /** What no parameter has taken yet. */
  private final Map<String, StoredTensor> tensors;

  private final List<String> problems = new ArrayList<>();

  ModelReader(Path file, Safetensors content) {
    this.file = file;
    texts = new TreeMap<>(content.metadata());
    tensors = new LinkedHashMap<>(content.tensors());
  }

  ModelFile model(Engine engine) throws UnreadableFileException {
    requireText(ModelFile.FORMAT_KEY, ModelFile.FORMAT);
    requireText(ModelFile.VERSION_KEY, ModelFile.VERSION);
    Map<String, Tensor> normalizationTensors = takeNormalization();
    Network network = network(engine);
    tensors.forEach((name, extra) -> problems.add(name + " " + extra + " is of no layer"));
    if (!problems.isEmpty()) {
      throw wrong("tensors of the layers " + shown(network.toString()) + ": " + inWords(problems));
    }
    List<String> classNames = classNames();
    String normalization = text(ModelFile.NORMALIZATION_KEY);
    int numerics = numerics();
    Map<String, String> metadata = new TreeMap<>(texts);
    metadata.keySet().removeAll(ModelFile.RESERVED);
    try {
      return new ModelFile(
          network, classNames, normalization, normalizationTensors, numerics, metadata);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private void requireText(String key, String expected) throws UnreadableFileException {
    String found = texts.getOrDefault(key, "none");
    if (!found.equals(expected)) {
      throw wrong(key + " (expected " + expected + ", found " + shown(found) + ")");
    }
  }

  private Map<String, Tensor> takeNormalization() {
    Map<String, Tensor> taken = new TreeMap<>();
    String prefix = ModelFile.NORMALIZATION_PREFIX;
    tensors.forEach(
        (name, stored) -> {
          if (name.startsWith(prefix) && stored.type() == StoredTensor.Type.F32) {
            taken.put(name.substring(prefix.length()), stored.tensor());
          }
        });
    taken.keySet().forEach(name -> tensors.remove(prefix + name));
    return taken;
  }

  /** Only this much memory is asked for as the file itself has, since its tensors are the weights. */
  private Network network(Engine engine) throws UnreadableFileException {
    try {
      return Network.build(
          engine,
          inputShape(),
          Randoms.seeded(0), // nothing is drawn
          Layers.parse(text(ModelFile.LAYERS), this::parameter));
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private Tensor parameter(String name, Shape shape) {
    StoredTensor stored = tensors.remove(name);
    if (stored == null) {
      problems.add(name + " " + shape + " is missing");
    } else if (stored.type() != StoredTensor.Type.F32 || !stored.shape().equals(shape)) {
      problems.add(name + " (expected F32 " + shape + ", found " + stored + ")");
    } else {
      return stored.tensor();
    }
    return Tensor.zeros(0); // the network is refused
  }

  Shape inputShape() throws UnreadableFileException {
    List<?> dims = list(ModelFile.INPUT_SHAPE);
    int[] ints = new int[dims.size()];
    for (int i = 0; i < ints.length; i++) {
      if (!(dims.get(i) instanceof Long dim) || dim < 1 || dim > Integer.MAX_VALUE) {
        throw wrong(
            ModelFile.INPUT_SHAPE
                + " (expected whole numbers from 1 on, found "
                + shown(text(ModelFile.INPUT_SHAPE))
                + ")");
      }
      ints[i] = dim.intValue();
    }
    try {
      return Shape.of(ints);
    } catch (ShapeException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  List<String> classNames() throws UnreadableFileException {
    List<String> names = new ArrayList<>();
    for (Object name : list(ModelFile.CLASS_NAMES)) {
      if (!(name instanceof String text)) {
        throw wrong(ModelFile.CLASS_NAMES + " (expected a list of texts)");
      }
      names.add(text);
    }
    return names;
  }

  private int numerics() throws UnreadableFileException {
    String found = text(ModelFile.NUMERICS);
    if (!found.matches("[0-9]{1,9}")) {
      throw wrong(ModelFile.NUMERICS + " (expected a number, found " + shown(found) + ")");
    }
    return Integer.parseInt(found);
  }

  private List<?> list(String key) throws UnreadableFileException {
    try {
      if (JsonReader.read(text(key)) instanceof List<?> list) {
        return list;
      }
    } catch (JsonException e) {
      throw wrong(key + ": " + e.getMessage());
    }
    throw wrong(key + " (expected a JSON list, found " + shown(text(key)) + ")");
  }

  private String text(String key) throws UnreadableFileException {
    String text = texts.get(key);
    if (text == null) {
      throw wrong(
          "expected the text "
              + key
              + " in __metadata__, found "
              + shown(texts.keySet().toString()));
    }
    return text;
  }

  private static String inWords(List<String> problems) {
    List<String> named = problems.subList(0, Math.min(NAMED, problems.size()));
    int more = problems.size() - named.size();
    return String.join("; ", named) + (more > 0 ? "; and " + more + " more" : "");
  }

  private static String shown(String text) {
    String quoted = Json.compact(text.length() <= 64 ? text : text.substring(0, 64) + "...");
    return quoted.substring(
        1, quoted.length() - 1); // without the quotes: on one line, whatever it is
  }

  private UnreadableFileException wrong(String what) {
    return new UnreadableFileException(file, what, HINT);
  }
}
