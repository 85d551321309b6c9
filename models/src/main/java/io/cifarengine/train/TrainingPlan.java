// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import io.cifarengine.optim.LearningRate;
import io.cifarengine.random.Randoms;
import java.util.Optional;

/**
 * How a {@link Trainer} trains.
 *
 * @param epochs passes over the training set
 * @param firstEpoch the number of the first one in reports: 1, or 0 in studies that count so
 * @param batchSize examples an update, {@link #FULL_BATCH} for all of them
 * @param learningRate alpha of each update
 * @param shuffle where the order of each epoch comes from; empty for the order of the dataset
 * @param patience epochs without a lower validation loss until early stopping fires, 0 for never
 * @param penalty added to the reported losses
 * @param trainMetrics when the training set is measured
 */
public record TrainingPlan(
    int epochs,
    int firstEpoch,
    int batchSize,
    LearningRate learningRate,
    Optional<Randoms> shuffle,
    int patience,
    Penalty penalty,
    TrainMetrics trainMetrics) {
  /** As a batch size: one update an epoch, from all examples. */
  public static final int FULL_BATCH = 0;

  /** Checks the numbers. */
  public TrainingPlan {
    requireAtLeast("epochs", 1, epochs);
    requireAtLeast("first epoch", 0, firstEpoch);
    requireAtLeast("batch size", 0, batchSize);
    requireAtLeast("patience", 0, patience);
  }

  /** A fixed order, a constant learning rate, epochs from 1, and no early stop. */
  public static TrainingPlan of(int epochs, int batchSize, double learningRate) {
    return new TrainingPlan(
        epochs,
        1,
        batchSize,
        LearningRate.constant(learningRate),
        Optional.empty(),
        0,
        Penalty.none(),
        TrainMetrics.AFTER_EPOCH);
  }

  /** The same with early stopping. */
  public TrainingPlan withPatience(int epochsWithoutBetter) {
    return new TrainingPlan(
        epochs,
        firstEpoch,
        batchSize,
        learningRate,
        shuffle,
        epochsWithoutBetter,
        penalty,
        trainMetrics);
  }

  private static void requireAtLeast(String name, int least, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + ": expected at least " + least + ", found " + value);
    }
  }
}
