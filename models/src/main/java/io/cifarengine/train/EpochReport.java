// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

/**
 * What one epoch came to, measured after its last update over both whole sets.
 *
 * @param epoch from 1
 * @param seconds training and evaluation together
 * @param digest of the weights after the epoch
 */
public record EpochReport(
    int epoch, Evaluation train, Evaluation validation, double seconds, String digest) {}
