// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

/** One hyper-parameter as people write it: in {@code --only}, in tables and in JSON. */
public enum Setting {
  /** gamma. */
  MOMENTUM("momentum") {
    @Override
    public Object of(Settings settings) {
      return settings.momentum();
    }
  },
  /** alpha. */
  LEARNING_RATE("learning_rate") {
    @Override
    public Object of(Settings settings) {
      return settings.learningRate();
    }
  };

  private final String key;

  Setting(String key) {
    this.key = key;
  }

  /** The name people write. */
  public String key() {
    return key;
  }

  /** Its value: a number or a word. */
  public abstract Object of(Settings settings);

  /** Whether the settings have the value that a person wrote; {@code 0.80} is {@code 0.8}. */
  boolean matches(Settings settings, String written) {
    Object own = of(settings);
    if (own instanceof Number number) {
      try {
        return number.doubleValue() == Double.parseDouble(written);
      } catch (NumberFormatException e) {
        return false;
      }
    }
    return own.toString().equals(written);
  }
}
