// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an experiment came to.
 *
 * @param data the name of the data
 * @param synthetic whether the images were rendered
 * @param threads how many computed
 * @param simdBits vector width, 0 for the scalar kernels
 * @param trials every training, in the order of the run
 */
public record ExperimentResult(
    GridExperiment experiment,
    String data,
    boolean synthetic,
    int threads,
    int simdBits,
    List<TrialResult> trials)
    implements Outcome {

  /** The trainings by arm, in the paper's order. */
  public List<ArmResult> arms() {
    List<ArmResult> arms = new ArrayList<>();
    for (Arm arm : experiment.arms()) {
      List<TrialResult> own =
          trials.stream().filter(t -> t.trial().arm().filter(arm::equals).isPresent()).toList();
      if (!own.isEmpty()) {
        arms.add(new ArmResult(arm, own));
      }
    }
    return List.copyOf(arms);
  }

  /** The arm that the paper tests, where it was run. */
  public Optional<ArmResult> tested() {
    return arms().stream().filter(arm -> arm.arm().tested()).findFirst();
  }

  /** How many trainings went on side by side, where none was finished before. */
  public int atOnce() {
    return Math.min(threads, trials.size());
  }

  /** What the trainings took, added up: those side by side count each for itself. */
  @Override
  public double seconds() {
    return trials.stream().mapToDouble(TrialResult::seconds).sum();
  }

  @Override
  public boolean failed() {
    return trials.stream().allMatch(trial -> trial.training().failed());
  }

  @Override
  public Verdict verdict() {
    return Verdict.of(this);
  }
}
