// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import java.util.List;

/**
 * What a {@link SpeedTest} found. Wherever there is a list of times, it is one for each of the machine's
 * limits: one thread, and all of them.
 *
 * @param machine with its limits
 * @param kernels products and convolutions
 * @param models training steps
 * @param steps where the time of a step goes, with all threads
 */
public record SpeedReport(
    Machine machine, List<KernelSpeed> kernels, List<ModelSpeed> models, List<StepPhases> steps) {
  /** Copies the lists. */
  public SpeedReport {
    kernels = List.copyOf(kernels);
    models = List.copyOf(models);
    steps = List.copyOf(steps);
  }
}
