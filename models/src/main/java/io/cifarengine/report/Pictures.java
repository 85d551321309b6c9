// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.experiment.ArmResult;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.TestResult;
import io.cifarengine.train.LinearWeights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The figures of a result, by the names of their files. */
public final class Pictures {
  private Pictures() {}

  /**
   * All of them: curves, and of a tested network its confusion matrix and, where they are images, its
   * weights. Names are paths with slashes.
   *
   * @param bestModel the tested network; not read where nothing was tested
   */
  public static Map<String, byte[]> of(ExperimentResult result, Path bestModel) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    ExperimentFigures.of(result).forEach((name, svg) -> files.put(name, bytes(svg)));
    Optional<ArmResult> arm = result.tested();
    Optional<TestResult> test = arm.flatMap(tested -> tested.first().test());
    if (arm.isPresent() && test.isPresent()) {
      String title =
          String.format(
              Locale.ROOT,
              "%s: test accuracy %.2f %%",
              FigureTitle.of(result, arm.get()),
              100 * test.get().accuracy());
      files.put("plots/confusion.svg", bytes(ConfusionFiles.svg(title, test.get().confusion())));
      files.put("confusion.csv", bytes(ConfusionFiles.csv(test.get().confusion())));
      LinearWeights.read(bestModel).ifPresent(weights -> files.putAll(WeightFiles.of(weights)));
    }
    return files;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
