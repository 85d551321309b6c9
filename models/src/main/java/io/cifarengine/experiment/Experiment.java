// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.data.Cifar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table of a paper as a grid of trainings.
 *
 * @param name as the command line calls it
 * @param title one line for lists
 * @param source where the paper shows it
 * @param description what is trained and what is compared, for a person
 * @param labels which of CIFAR-100's labels it learns
 * @param epochs how long each arm trains
 * @param batchSize examples an update
 * @param varied the settings in which the arms differ
 * @param arms the grid, in the paper's order
 * @param chosen the settings that the paper tests at the end
 * @param paperTestAccuracy the paper's test accuracy of those, a fraction
 * @param tolerance how far the test accuracy may lie from the paper's, a fraction
 * @param toleranceReason why that far, and why an arm may have its own
 */
public record Experiment(
    String name,
    String title,
    String source,
    String description,
    Cifar.Labels labels,
    int epochs,
    int batchSize,
    List<Setting> varied,
    List<Arm> arms,
    Settings chosen,
    double paperTestAccuracy,
    double tolerance,
    String toleranceReason) {

  /** The varied settings of one arm, by their names, in the table's order. */
  public Map<String, Object> shown(Settings settings) {
    Map<String, Object> shown = new LinkedHashMap<>();
    for (Setting setting : varied) {
      shown.put(setting.key(), setting.of(settings));
    }
    return shown;
  }

  /** The varied settings of one arm in a line: {@code momentum 0.8, learning_rate 0.001}. */
  public String inWords(Settings settings) {
    return shown(settings).entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
