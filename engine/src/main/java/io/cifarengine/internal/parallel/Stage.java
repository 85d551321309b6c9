// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.parallel;

/** One step of one stage of a {@link Pipeline}. */
@FunctionalInterface
public interface Stage {
  /** Does the step, on the thread of this participant. */
  void run(int stage, int step, int participant);
}
