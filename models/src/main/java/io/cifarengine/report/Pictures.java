// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import io.cifarengine.experiment.ArmResult;
import io.cifarengine.experiment.ComparisonResult;
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
   * weights or first filters. Names are paths with slashes.
   *
   * @param bestModel the tested network; not read where nothing was tested
   */
  public static Map<String, byte[]> of(ExperimentResult result, Path bestModel) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    ExperimentFigures.of(result).forEach((name, svg) -> files.put(name, bytes(svg)));
    Optional<ArmResult> arm = result.tested();
    Optional<TestResult> test = arm.flatMap(tested -> tested.first().test());
    if (arm.isPresent() && test.isPresent()) {
      files.putAll(confusion(result, arm.get(), test.get(), ""));
      LinearWeights.read(bestModel).ifPresent(weights -> files.putAll(WeightFiles.of(weights)));
      files.putAll(FilterFiles.of(arm.get().first().trial().settings(), bestModel));
    }
    return files;
  }

  /**
   * Those of a comparison: the curves of the perceptrons and of all classifiers over each other, each
   * one's confusion matrix, and the filters of the paper's best.
   *
   * @param bestModel the network of the paper's best; not read where it was not tested
   */
  public static Map<String, byte[]> of(ComparisonResult result, Path bestModel) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    ComparisonFigures.of(result).forEach((name, svg) -> files.put(name, bytes(svg)));
    for (ExperimentResult member : result.members()) {
      String name = member.experiment().name();
      Optional<ArmResult> arm = member.tested();
      Optional<TestResult> test = arm.flatMap(tested -> tested.first().test());
      if (arm.isPresent() && test.isPresent()) {
        files.putAll(confusion(member, arm.get(), test.get(), "-" + name));
        if (member.experiment().equals(result.experiment().best())) {
          files.putAll(FilterFiles.of(arm.get().first().trial().settings(), bestModel));
        }
      }
    }
    return files;
  }

  private static Map<String, byte[]> confusion(
      ExperimentResult result, ArmResult arm, TestResult test, String suffix) {
    String title =
        String.format(
            Locale.ROOT,
            "%s: test accuracy %.2f %%",
            FigureTitle.of(result, arm),
            100 * test.accuracy());
    Map<String, byte[]> files = new LinkedHashMap<>();
    String svg = ConfusionFiles.svg(title, test.confusion());
    files.put("plots/confusion" + suffix + ".svg", bytes(svg));
    files.put("confusion" + suffix + ".csv", bytes(ConfusionFiles.csv(test.confusion())));
    return files;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
