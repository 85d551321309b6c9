// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

/**
 * What one epoch came to.
 *
 * @param epoch its number
 * @param train over the training set, taken when the plan says
 * @param validation over the whole validation set after the last update
 * @param seconds training and evaluation together
 * @param digest of the weights after the epoch
 */
public record EpochReport(
    int epoch, Evaluation train, Evaluation validation, double seconds, String digest) {}
