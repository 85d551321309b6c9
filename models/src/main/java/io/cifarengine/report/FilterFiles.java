// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.experiment.Training;
import io.cifarengine.nn.Network;
import io.cifarengine.plot.WeightImages;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import io.cifarengine.train.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The filters of a first convolution as images before and after training, by the names of their files:
 * what it looks for. One scale holds for all of them, so that they compare.
 */
final class FilterFiles {
  private static final int CHANNELS = 3;
  private static final int FACTOR = 16;
  private static final int GAP = 8;

  private FilterFiles() {}

  /**
   * Two sheets of all filters in their order; none where the layer that sees the image is another one.
   *
   * @param settings of the training, which decide the weights before it
   * @param model the weights after it; not read where the settings have no convolution
   */
  static Map<String, byte[]> of(Settings settings, Path model) throws IOException {
    if (settings.value(Setting.CONVOLUTIONS).isEmpty()) {
      return Map.of();
    }
    try (Engine engine = Engine.withThreads(1)) {
      ModelFile trained = ModelFile.load(engine, model);
      Shape image = trained.network().inputShape();
      Network untrained = Training.network(engine, settings, image, trained.classNames().size());
      return filters(untrained)
          .flatMap(before -> filters(trained.network()).map(after -> of(before, after)))
          .orElse(Map.of());
    }
  }

  /** The first weights, where they are (height, width, red green blue, filters). */
  private static Optional<Tensor> filters(Network network) {
    Tensor first = network.parameters().get(0).value();
    boolean colours = first.shape().rank() == 4 && first.shape().dim(2) == CHANNELS;
    return colours ? Optional.of(first) : Optional.empty();
  }

  /** The two sheets; both tensors are of one shape. */
  static Map<String, byte[]> of(Tensor before, Tensor after) {
    Shape shape = before.shape();
    int filters = shape.dim(3);
    float[] columns = new float[2 * before.size()];
    copy(before, columns, 0);
    copy(after, columns, filters);
    WeightImages images =
        WeightImages.of(columns, CHANNELS, shape.dim(0), shape.dim(1), 2 * filters);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("filters-before.png", sheet(images.range(0, filters)));
    files.put("filters-after.png", sheet(images.range(filters, 2 * filters)));
    return files;
  }

  private static byte[] sheet(WeightImages images) {
    return images.sheetPng(images.count() <= 64 ? 8 : 16, FACTOR, GAP);
  }

  /** From (pixel, channel, filter) to (channel, pixel, column), from a column on. */
  private static void copy(Tensor weights, float[] columns, int first) {
    int filters = weights.shape().dim(3);
    int pixels = weights.shape().dim(0) * weights.shape().dim(1);
    float[] data = weights.data();
    for (int p = 0; p < pixels; p++) {
      for (int c = 0; c < CHANNELS; c++) {
        int from = (p * CHANNELS + c) * filters;
        int to = (c * pixels + p) * 2 * filters + first;
        System.arraycopy(data, from, columns, to, filters);
      }
    }
  }
}
