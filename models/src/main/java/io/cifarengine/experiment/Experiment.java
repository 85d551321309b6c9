// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.config.Settings;
import java.util.OptionalInt;

/** A table or figure of a paper that one command repeats. */
public sealed interface Experiment
    permits ComparisonExperiment, EveryExperiment, GridExperiment, TableExperiment {
  /** As the command line calls it. */
  String name();

  /** One line for lists. */
  String title();

  /** Where the paper shows it. */
  String source();

  /** What is done and what is compared, for a person. */
  String description();

  /** The settings of its data and, where it trains, of its first arm. */
  Settings settings();

  /** The same as the paper has it with so many epochs, where it has that; else this one. */
  default Experiment lasting(OptionalInt epochs) {
    return this;
  }
}
