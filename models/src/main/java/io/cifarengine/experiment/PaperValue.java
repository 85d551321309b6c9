// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A number that a paper prints or its program logged.
 *
 * @param metric what was measured
 * @param epoch after which epoch; empty for the weights that count
 * @param value as the paper has it
 * @param tolerance how far a measured value may lie from it; empty where it is only shown
 */
public record PaperValue(Metric metric, OptionalInt epoch, double value, OptionalDouble tolerance) {

  /** Of the weights that count. */
  static PaperValue chosen(Metric metric, double value, double tolerance) {
    return new PaperValue(metric, OptionalInt.empty(), value, OptionalDouble.of(tolerance));
  }

  /** After an epoch. */
  static PaperValue at(int epoch, Metric metric, double value, double tolerance) {
    return new PaperValue(metric, OptionalInt.of(epoch), value, OptionalDouble.of(tolerance));
  }

  /** The same, to be shown and not judged. */
  PaperValue shownOnly() {
    return new PaperValue(metric, epoch, value, OptionalDouble.empty());
  }

  /** In words: {@code train loss, epoch 20}. */
  public String inWords() {
    return metric.inWords() + (epoch.isPresent() ? ", epoch " + epoch.getAsInt() : "");
  }
}
