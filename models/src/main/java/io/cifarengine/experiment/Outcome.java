// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

/** What an experiment came to. */
public sealed interface Outcome permits ComparisonResult, ExperimentResult, TableResult {
  /** Which one. */
  Experiment experiment();

  /** The name of the data. */
  String data();

  /** Whether the images were rendered. */
  boolean synthetic();

  /** What this says about the paper. */
  Verdict verdict();

  /** The whole time of the trainings that it took. */
  double seconds();

  /** Whether no training gave weights that count. */
  boolean failed();
}
