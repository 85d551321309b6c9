// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.nn.Network;
import io.cifarengine.train.TrainingListener;

/** Is told how an experiment goes, on the thread that runs it. */
public interface ExperimentListener extends TrainingListener {
  /** Before the first arm: the data, and the network of the first arm. */
  default void onStart(ExperimentData data, Network network, int arms) {}

  /** Before each arm, counted from 1. */
  default void onArm(int number, Arm arm) {}

  /** After the last arm, and after a failure. */
  default void onEnd() {}
}
