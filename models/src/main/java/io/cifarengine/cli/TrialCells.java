// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.config.Setting;
import io.cifarengine.experiment.TestResult;
import io.cifarengine.report.Numbers;
import io.cifarengine.run.TrialRecord;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.TrainingResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is recorded of a trial, as the cells of a table; a dash where there is nothing. */
record TrialCells(TrialRecord record) {
  private static final String NONE = "-";
  private static final int DIGITS = 12;

  /** Done of planned ones: {@code 75/100}. */
  String epochs() {
    String planned = record.trial().settings().value(Setting.EPOCHS).toString();
    boolean diverged = record.training().filter(TrainingResult::diverged).isPresent();
    return record.epochs().size() + "/" + planned + (diverged ? " diverged" : "");
  }

  String bestEpoch() {
    return best().map(report -> Integer.toString(report.epoch())).orElse(NONE);
  }

  String bestAccuracy() {
    return best().map(report -> Numbers.percent(report.validation().accuracy())).orElse(NONE);
  }

  String lastAccuracy() {
    return last().map(report -> Numbers.percent(report.validation().accuracy())).orElse(NONE);
  }

  String testAccuracy() {
    return record.test().map(test -> Numbers.percent(test.accuracy())).orElse(NONE);
  }

  String testLoss() {
    return record.test().map(test -> Numbers.loss(test.loss())).orElse(NONE);
  }

  String time() {
    return Numbers.seconds(seconds());
  }

  /** Of the weights that count. */
  String digest() {
    return record.chosen().map(report -> report.digest().substring(0, DIGITS)).orElse(NONE);
  }

  /** The same for a program, with fractions and whole digests. */
  Map<String, Object> json() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("label", record.trial().label());
    map.put("state", record.progress().toString().toLowerCase(Locale.ROOT));
    map.put("epochs", record.epochs().size());
    map.put("planned_epochs", record.trial().settings().value(Setting.EPOCHS));
    map.put("diverged", record.training().map(TrainingResult::diverged));
    map.put("best_epoch", best().map(EpochReport::epoch));
    map.put("best_validation_accuracy", best().map(report -> report.validation().accuracy()));
    map.put("last_validation_accuracy", last().map(report -> report.validation().accuracy()));
    map.put("last_validation_loss", last().map(report -> report.validation().loss()));
    map.put("test_accuracy", record.test().map(TestResult::accuracy));
    map.put("seconds", seconds());
    map.put("digest", record.chosen().map(EpochReport::digest));
    return map;
  }

  /** The epoch of the lowest validation loss. */
  private Optional<EpochReport> best() {
    return record
        .training()
        .filter(training -> training.bestEpoch().isPresent())
        .flatMap(training -> training.report(training.bestEpoch().getAsInt()));
  }

  private Optional<EpochReport> last() {
    List<EpochReport> epochs = record.epochs();
    return epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.get(epochs.size() - 1));
  }

  private double seconds() {
    return record.training().map(TrainingResult::seconds).orElse(0.0);
  }
}
