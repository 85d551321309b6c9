// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

/**
 * How long a {@link SpeedTest} takes.
 *
 * @param kernels for each product and each convolution
 * @param models for each training step, and for its phases
 * @param images rendered for each set; 500 at least, the largest batch
 */
public record Effort(Stopwatch kernels, Stopwatch models, int images) {
  /** About a minute on two cores. */
  public static final Effort QUICK =
      new Effort(new Stopwatch(0.2, 0.4), new Stopwatch(0.8, 1.2), 5_000);

  /** About four minutes: what a busy machine does now and then counts less. */
  public static final Effort STEADY = new Effort(new Stopwatch(0.5, 3), new Stopwatch(2, 8), 5_000);
}
