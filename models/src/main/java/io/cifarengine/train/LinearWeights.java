// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import io.cifarengine.files.Safetensors;
import io.cifarengine.files.StoredTensor;
import io.cifarengine.files.UnreadableFileException;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * W of y = x W + b, where that is a whole network and x an image: a column for each class, which is an
 * image too.
 *
 * @param weights (channels height width, classes)
 * @param image (channels, height, width), with 1 or 3 channels
 * @param classNames one for each column
 */
public record LinearWeights(Tensor weights, Shape image, List<String> classNames) {
  /**
   * Those of a stored model; empty where it is another network.
   *
   * @throws UnreadableFileException where the file is missing, damaged or no model
   */
  public static Optional<LinearWeights> read(Path file) throws IOException {
    Safetensors content = Safetensors.read(file);
    ModelReader model = new ModelReader(file, content);
    Shape image = model.inputShape();
    List<String> classNames = model.classNames();
    List<StoredTensor> weights =
        content.tensors().entrySet().stream()
            .filter(entry -> !entry.getKey().startsWith(ModelFile.NORMALIZATION_PREFIX))
            .map(entry -> entry.getValue())
            .filter(tensor -> tensor.shape().rank() > 1) // a bias has one dimension
            .toList();
    boolean picture = image.rank() == 3 && (image.dim(0) == 1 || image.dim(0) == 3);
    boolean linear =
        weights.size() == 1
            && weights.get(0).type() == StoredTensor.Type.F32
            && weights.get(0).shape().rank() == 2
            && weights.get(0).shape().dim(0) == image.size()
            && weights.get(0).shape().dim(1) == classNames.size();
    return picture && linear
        ? Optional.of(new LinearWeights(weights.get(0).tensor(), image, classNames))
        : Optional.empty();
  }
}
