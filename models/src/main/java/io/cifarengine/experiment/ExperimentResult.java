// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import java.util.List;
import java.util.Optional;

/**
 * What an experiment came to.
 *
 * @param threads how many computed
 * @param simdBits vector width, 0 for the scalar kernels
 * @param seconds of all arms
 */
public record ExperimentResult(
    Experiment experiment,
    ExperimentOptions options,
    String data,
    boolean synthetic,
    int threads,
    int simdBits,
    double seconds,
    List<ArmResult> arms) {

  /** The arm that the paper tests, where it was run. */
  public Optional<ArmResult> chosen() {
    return arms.stream().filter(a -> a.arm().settings().equals(experiment.chosen())).findFirst();
  }

  /** What this says about the paper. */
  public Verdict verdict() {
    return Verdict.of(this);
  }
}
