// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import java.util.OptionalInt;

/**
 * One training of a grid, and the row that the paper prints for it.
 *
 * @param settings what is trained
 * @param paperValidationAccuracy the paper's validation accuracy, a fraction
 * @param paperEarlyStopEpoch the paper's best epoch, empty where its table has a dash: early stopping
 *     never fired
 * @param tolerance how far, as a fraction, the measured accuracy may lie from the paper's
 */
public record Arm(
    Settings settings,
    double paperValidationAccuracy,
    OptionalInt paperEarlyStopEpoch,
    double tolerance) {}
