// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.config.Settings;
import java.util.List;
import java.util.OptionalInt;

/**
 * One training of a grid, and what the paper says of it.
 *
 * @param settings what is trained
 * @param paper the paper's numbers
 * @param paperEarlyStopEpoch the paper's best epoch, empty where its table has a dash: early stopping
 *     never fired
 * @param tested whether this is the arm that the paper tests: its own choice, which is not always its
 *     best
 */
public record Arm(
    Settings settings, List<PaperValue> paper, OptionalInt paperEarlyStopEpoch, boolean tested) {}
