// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value for every {@link Setting}: together they decide a training, bit for bit. Immutable. */
public final class Settings {
  private static final Settings DEFAULTS = new Settings(Map.of());

  /** What differs from the defaults. */
  private final Map<Setting<?>, Object> values;

  private Settings(Map<Setting<?>, Object> values) {
    this.values = values;
  }

  /** Every setting with its default. */
  public static Settings defaults() {
    return DEFAULTS;
  }

  /** The value of a setting. */
  @SuppressWarnings("unchecked") // with() puts a value of the setting's own type
  public <T> T value(Setting<T> setting) {
    return (T) values.getOrDefault(setting, setting.defaultValue());
  }

  /** The same with another value of one setting. */
  public <T> Settings with(Setting<T> setting, T value) {
    Map<Setting<?>, Object> changed = new LinkedHashMap<>(values);
    if (value.equals(setting.defaultValue())) {
      changed.remove(setting);
    } else {
      changed.put(setting, value);
    }
    return new Settings(changed);
  }

  /**
   * The same with the value that these words are.
   *
   * @throws IllegalArgumentException where they are none: {@code momentum: expected a number..., found x}
   */
  public <T> Settings parse(Setting<T> setting, List<String> words) {
    return setting
        .read(words)
        .map(value -> with(setting, value))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    setting.key()
                        + ": expected "
                        + setting.expected()
                        + ", found "
                        + (words.size() == 1 ? words.get(0) : words)));
  }

  /** One word, or those of {@code [a, b]}. */
  public static List<String> words(String text) {
    String stripped = text.strip();
    if (!stripped.startsWith("[") || !stripped.endsWith("]")) {
      return List.of(stripped);
    }
    String inside = stripped.substring(1, stripped.length() - 1).strip();
    return inside.isEmpty()
        ? List.of()
        : Arrays.stream(inside.split(",", -1)).map(String::strip).toList();
  }

  /** Every setting and its value as it is written, in the order of {@link Setting#all()}. */
  public Map<String, String> inWords() {
    Map<String, String> all = new LinkedHashMap<>();
    Setting.all().forEach(setting -> all.put(setting.key(), setting.inWords(this)));
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return inWords().toString();
  }
}
