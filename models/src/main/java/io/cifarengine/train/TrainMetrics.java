// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

/** When an epoch's loss and accuracy of the training set are taken. */
public enum TrainMetrics {
  /** After the epoch's last update, over the whole set: one more pass. */
  AFTER_EPOCH,
  /** From the batches as they come, each before its update: the mean over the epoch. */
  DURING_EPOCH
}
