// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.experiment.ComparisonResult;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.Outcome;
import io.cifarengine.experiment.TrialResult;
import io.cifarengine.files.AtomicFiles;
import io.cifarengine.files.Folders;
import io.cifarengine.report.Overlay;
import io.cifarengine.report.Pictures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a run shows of its result: figures, the confusion matrix, weights as images. */
final class RunFiles {
  /** The experiment that the paper draws over another one (Figure 8). */
  private static final Map<String, String> DRAWN_OVER = Map.of("nn-sgd", "nn");

  private RunFiles() {}

  /** Writes them into the run's folder. */
  static void write(RunDirectory run, Outcome outcome) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    if (outcome instanceof ExperimentResult result) {
      files.putAll(Pictures.of(result, run.bestModel()));
      overlay(run, result).ifPresent(svg -> files.put("plots/overlay-nn.svg", svg));
    } else if (outcome instanceof ComparisonResult result) {
      files.putAll(Pictures.of(result, run.bestModel()));
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = run.folder().resolve(file.getKey());
      Folders.create(Objects.requireNonNull(target.getParent()));
      AtomicFiles.write(target, file.getValue());
    }
  }

  /** The same curves of the other experiment beside its own, where that was run on its images. */
  private static Optional<byte[]> overlay(RunDirectory run, ExperimentResult result)
      throws IOException {
    String name = result.experiment().name();
    String other = DRAWN_OVER.get(name);
    if (other == null) {
      return Optional.empty();
    }
    Optional<TrialResult> compared = ComparedRun.beside(run, other);
    if (compared.isEmpty()) {
      return Optional.empty();
    }
    Map<String, TrialResult> trainings = new LinkedHashMap<>();
    trainings.put(other, compared.get());
    trainings.put(name, result.trials().get(0));
    return Overlay.svg(other + " and " + name + ", " + result.data(), trainings)
        .map(svg -> svg.getBytes(StandardCharsets.UTF_8));
  }
}
