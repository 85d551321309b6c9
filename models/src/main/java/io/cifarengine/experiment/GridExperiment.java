// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Trainings that differ in a few settings.
 *
 * @param varied the settings in which the arms differ; none where there is one arm
 * @param arms the grid, in the paper's order
 * @param toleranceReason why measured values may lie as far from the paper's as they may
 * @param paperTime how long the paper's training took and on what, where it says so
 * @param shorter the same with fewer epochs, where the paper has that too
 */
public record GridExperiment(
    String name,
    String title,
    String source,
    String description,
    List<Setting<?>> varied,
    List<Arm> arms,
    String toleranceReason,
    Optional<String> paperTime,
    List<GridExperiment> shorter)
    implements Experiment {

  /** An experiment that the paper has in one length alone. */
  public GridExperiment(
      String name,
      String title,
      String source,
      String description,
      List<Setting<?>> varied,
      List<Arm> arms,
      String toleranceReason,
      Optional<String> paperTime) {
    this(name, title, source, description, varied, arms, toleranceReason, paperTime, List.of());
  }

  /** The same, with another length that the paper has too. */
  GridExperiment orShorter(GridExperiment other) {
    return new GridExperiment(
        name, title, source, description, varied, arms, toleranceReason, paperTime, List.of(other));
  }

  @Override
  public Experiment lasting(OptionalInt epochs) {
    return shorter.stream()
        .filter(other -> epochs.equals(OptionalInt.of(other.settings().value(Setting.EPOCHS))))
        .findFirst()
        .orElse(this);
  }

  @Override
  public Settings settings() {
    return arms.get(0).settings();
  }

  /** The arm that the paper tests. */
  public Arm tested() {
    return arms.stream().filter(Arm::tested).findFirst().orElseThrow();
  }

  /** The varied settings of one arm as they are written, in the table's order. */
  public Map<Setting<?>, String> shown(Settings settings) {
    Map<Setting<?>, String> shown = new LinkedHashMap<>();
    varied.forEach(setting -> shown.put(setting, setting.inWords(settings)));
    return shown;
  }

  /** The varied settings of one arm in a line: {@code momentum 0.8, learning_rate 0.001}. */
  public String inWords(Settings settings) {
    return varied.isEmpty()
        ? name
        : shown(settings).entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
  }
}
