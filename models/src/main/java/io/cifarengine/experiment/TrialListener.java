// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.train.Trainer;
import io.cifarengine.train.TrainingListener;

/**
 * Is told how the trials of a run go. Some may train side by side, on threads of their own; only one of them calls at
 * a time.
 */
public interface TrialListener extends TrainingListener {
  /** Before the first trial that is not finished: how many train side by side. */
  default void onBegin(int atOnce) {}

  /** After images were loaded. */
  default void onData(SplitData data) {}

  /**
   * Before a trial trains, from its first update or from where it was saved.
   *
   * @return who is told how this training goes
   */
  default TrainingListener onTrial(Trial trial, int trials, Trainer trainer) {
    return this;
  }

  /** Where a trial need not train, since it was finished before. */
  default void onFinishedBefore(TrialResult result, int trials) {}

  /** Where a trial need not train, since another run has the same one. */
  default void onTaken(TrialResult result, String from, int trials) {}

  /** After a trial was finished. */
  default void onResult(TrialResult result) {}

  /** After the last trial, and after a failure. */
  default void onEnd() {}

  /** Hears nothing. */
  static TrialListener none() {
    return new TrialListener() {};
  }
}
