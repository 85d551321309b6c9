// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.config.Setting;
import io.cifarengine.experiment.Trial;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.Trainer;
import io.cifarengine.train.TrainingListener;
import java.util.Locale;

/** How one training goes, for the {@link Progress} that shows it. */
final class TrialProgress implements TrainingListener {
  /** With it a line stays below 80 characters: a longer one would wrap and could not be rewritten. */
  private static final int BAR_WIDTH = 6;

  private final Progress shown;
  private final int number;
  private final String heading;
  private final int epochs;
  private final int firstEpoch;

  /** Epochs that were trained before this process. */
  private final double epochsBefore;

  private int epoch;
  private double epochsDone;
  private long epochStarted;
  private double lossSum;
  private long seen;
  private long correct;

  TrialProgress(Trial trial, int trials, Trainer trainer, Progress shown) {
    this.shown = shown;
    number = trial.number();
    heading = String.format(Locale.ROOT, "[%d/%d] %s", number, trials, trial.label());
    epochs = trial.settings().value(Setting.EPOCHS);
    firstEpoch = trial.settings().value(Setting.FIRST_EPOCH);
    epochsBefore = (double) trainer.updates() / trainer.updatesPerEpoch();
    epochsDone = epochsBefore;
    epoch = firstEpoch + (int) epochsBefore;
    startEpoch();
  }

  private void startEpoch() {
    epochStarted = System.nanoTime();
    lossSum = 0;
    seen = 0;
    correct = 0;
  }

  @Override
  public void onUpdate(
      int epoch, int update, int updates, double loss, int correctOfUpdate, int examples) {
    this.epoch = epoch;
    epochsDone = epoch - firstEpoch + (double) update / updates;
    lossSum += loss * examples;
    seen += examples;
    correct += correctOfUpdate;
    shown.draw();
  }

  @Override
  public void onEpoch(EpochReport report) {
    epochsDone = report.epoch() - firstEpoch + 1;
    shown.endEpoch(this, report);
    startEpoch();
  }

  /** The trial's number, counted from 1. */
  int number() {
    return number;
  }

  /** {@code [2/6] momentum 0.8}. */
  String heading() {
    return heading;
  }

  /** The epoch it is in, as the paper counts. */
  int epoch() {
    return epoch;
  }

  /** How many epochs it has. */
  int epochs() {
    return epochs;
  }

  double epochsBefore() {
    return epochsBefore;
  }

  /** Those before this process among them, and the part of the one in progress. */
  double epochsDone() {
    return epochsDone;
  }

  /** Whether its epoch has had an update. */
  boolean hasSeen() {
    return seen > 0;
  }

  /** The mean over the epoch so far. */
  double loss() {
    return lossSum / seen;
  }

  double imagesPerSecond(long now) {
    return seen / ((now - epochStarted) * 1e-9);
  }

  /** The bar of a trial that trains alone. */
  String line(long now, String timeLeft) {
    return String.format(
        Locale.ROOT,
        "epoch %d/%d [%s] loss %.4f, acc %.2f %%, %,.0f img/s, %s left",
        epoch,
        lastEpoch(),
        bar(epochsDone / epochs),
        loss(),
        100.0 * correct / seen,
        imagesPerSecond(now),
        timeLeft);
  }

  static String bar(double fraction) {
    int filled = (int) (fraction * BAR_WIDTH);
    return "=".repeat(filled) + " ".repeat(BAR_WIDTH - filled);
  }

  /** What an epoch came to. */
  String measured(EpochReport report) {
    return String.format(
        Locale.ROOT,
        "epoch %d/%d  loss %.4f (validation %.4f), accuracy %.2f %% (%.2f %%)",
        report.epoch(),
        lastEpoch(),
        report.train().loss(),
        report.validation().loss(),
        100 * report.train().accuracy(),
        100 * report.validation().accuracy());
  }

  boolean isLast(EpochReport report) {
    return report.epoch() == lastEpoch();
  }

  private int lastEpoch() {
    return firstEpoch + epochs - 1;
  }
}
