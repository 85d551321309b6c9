// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.Settings;

/** A table that takes no training. */
public abstract non-sealed class TableExperiment implements Experiment {
  TableExperiment() {}

  /** Measures on the training images. */
  public abstract TableResult run(Engine engine, SplitData data, Settings settings);
}
