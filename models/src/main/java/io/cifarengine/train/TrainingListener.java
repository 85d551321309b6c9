// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

/** Is told how training goes, on the training thread. */
public interface TrainingListener {
  /**
   * After each update, counted from 1 in its epoch.
   *
   * @param loss the mean over the update's examples, before the update
   * @param correct how many of the examples were right
   */
  default void onUpdate(
      int epoch, int update, int updates, double loss, int correct, int examples) {}

  /** After each epoch. */
  default void onEpoch(EpochReport report) {}

  /** Hears nothing. */
  static TrainingListener none() {
    return new TrainingListener() {};
  }
}
