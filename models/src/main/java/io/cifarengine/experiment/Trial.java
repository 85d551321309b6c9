// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.config.Settings;
import java.util.Optional;

/**
 * One training that a run has to do.
 *
 * @param number from 1, in the order of the run
 * @param label what sets it apart from the others, for a person
 * @param settings what decides it, bit for bit
 * @param tested whether the weights that count are tested
 * @param arm what a paper says of it, where it is of an experiment
 */
public record Trial(
    int number, String label, Settings settings, boolean tested, Optional<Arm> arm) {}
