// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How far a training has come, and what it measured on the way. */
final class TrainingProgress {
  /** The longest array that every JVM makes. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  /** The finished epochs. */
  final List<EpochReport> reports = new ArrayList<>();

  /** The loss of each update so far, and room for the rest of the epoch. */
  double[] losses = {};

  /** Updates so far. */
  int updates;

  // The epoch that is being trained.
  int updatesOfEpoch;
  double lossSum;
  int correct;
  int examples;
  long epochNanos;

  boolean diverged;

  /** Makes room for an epoch's losses, so that its updates allocate nothing. */
  void reserve(int updatesPerEpoch) {
    int needed = Math.addExact(updates - updatesOfEpoch, updatesPerEpoch);
    if (losses.length < needed) {
      losses = Arrays.copyOf(losses, Math.max(needed, (int) Math.min(2L * losses.length, MOST)));
    }
  }

  /** Takes note of an update. */
  void count(double meanLoss, int correctOfUpdate, int examplesOfUpdate) {
    losses[updates] = meanLoss;
    updates++;
    updatesOfEpoch++;
    lossSum += meanLoss * examplesOfUpdate;
    correct += correctOfUpdate;
    examples += examplesOfUpdate;
  }

  /** Loss and accuracy of the epoch's batches, each before its update. */
  Evaluation measured() {
    return new Evaluation(lossSum / examples, (double) correct / examples, examples);
  }

  /** Takes note of a finished epoch. */
  void endEpoch(EpochReport report) {
    reports.add(report);
    updatesOfEpoch = 0;
    lossSum = 0;
    correct = 0;
    examples = 0;
    epochNanos = 0;
  }

  List<Double> lossesSoFar() {
    return Arrays.stream(losses, 0, updates).boxed().toList();
  }
}
