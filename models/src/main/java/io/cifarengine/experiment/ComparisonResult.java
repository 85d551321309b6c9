// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import java.util.List;
import java.util.Map;

/**
 * What a {@link ComparisonExperiment} came to.
 *
 * @param data the name of the data
 * @param synthetic whether the images were rendered
 * @param threads how many computed
 * @param simdBits vector width, 0 for the scalar kernels
 * @param trials every training, in the order of the run
 * @param taken the run that each training was taken over from, by its trial's number; a training that
 *     is not among them was made here
 */
public record ComparisonResult(
    ComparisonExperiment experiment,
    String data,
    boolean synthetic,
    int threads,
    int simdBits,
    List<TrialResult> trials,
    Map<Integer, String> taken)
    implements Outcome {

  /** Each member with its own trainings, as if it had been run alone. */
  public List<ExperimentResult> members() {
    return experiment.members().stream().map(this::member).toList();
  }

  private ExperimentResult member(GridExperiment member) {
    List<TrialResult> own =
        trials.stream()
            .filter(t -> t.trial().arm().filter(member.tested()::equals).isPresent())
            .toList();
    return new ExperimentResult(member, data, synthetic, threads, simdBits, own);
  }

  @Override
  public double seconds() {
    return trials.stream()
        .filter(trial -> !taken.containsKey(trial.trial().number()))
        .mapToDouble(TrialResult::seconds)
        .sum();
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
