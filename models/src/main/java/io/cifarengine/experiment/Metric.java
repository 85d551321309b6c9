// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.train.EpochReport;
import java.util.Locale;
import java.util.Optional;

/** What the papers measure. Accuracies are fractions. */
public enum Metric {
  /** Mean loss over the training set. */
  TRAIN_LOSS(false),
  /** Accuracy over the training set. */
  TRAIN_ACCURACY(true),
  /** Mean loss over the validation set. */
  VALIDATION_LOSS(false),
  /** Accuracy over the validation set. */
  VALIDATION_ACCURACY(true),
  /** Mean loss over the test set, with the weights that count. */
  TEST_LOSS(false),
  /** Accuracy over the test set, with the weights that count. */
  TEST_ACCURACY(true);

  private final boolean accuracy;

  Metric(boolean accuracy) {
    this.accuracy = accuracy;
  }

  /** Whether it is an accuracy, shown in percent. */
  public boolean isAccuracy() {
    return accuracy;
  }

  /** As a JSON key: {@code train_loss}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In words: {@code train loss}. */
  public String inWords() {
    return key().replace('_', ' ');
  }

  /** Its value in a report of an epoch; empty for the test set's. */
  public Optional<Double> of(EpochReport report) {
    return switch (this) {
      case TRAIN_LOSS -> Optional.of(report.train().loss());
      case TRAIN_ACCURACY -> Optional.of(report.train().accuracy());
      case VALIDATION_LOSS -> Optional.of(report.validation().loss());
      case VALIDATION_ACCURACY -> Optional.of(report.validation().accuracy());
      case TEST_LOSS, TEST_ACCURACY -> Optional.empty();
    };
  }

  /** Its value in a test; empty for the other sets'. */
  Optional<Double> of(TestResult test) {
    return switch (this) {
      case TEST_LOSS -> Optional.of(test.loss());
      case TEST_ACCURACY -> Optional.of(test.accuracy());
      default -> Optional.empty();
    };
  }
}
