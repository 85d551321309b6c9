// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.plot.WeightImages;
import io.cifarengine.tensor.Shape;
import io.cifarengine.train.LinearWeights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights of a linear classifier as images, by the names of their files: what it looks for. */
final class WeightFiles {
  private static final int FACTOR = 4;
  private static final int GAP = 8;

  private WeightFiles() {}

  /** A sheet of all classes in their order, and one image a class. */
  static Map<String, byte[]> of(LinearWeights weights) {
    Shape image = weights.image();
    List<String> names = FileNames.of(weights.classNames());
    WeightImages images =
        WeightImages.of(
            weights.weights().data(), image.dim(0), image.dim(1), image.dim(2), names.size());
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("weights.png", images.sheetPng(names.size() <= 20 ? 5 : 10, FACTOR, GAP));
    for (int i = 0; i < names.size(); i++) {
      files.put("weights/" + names.get(i) + ".png", images.png(i, FACTOR));
    }
    return files;
  }
}
