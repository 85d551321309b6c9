// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A setting that is no longer what it was when files were written, both as they are written. */
public record SettingChange(String setting, String recorded, String now) {
  /** {@code seed: recorded 42, now 43}. */
  public String inWords() {
    return setting + ": recorded " + recorded + ", now " + now;
  }

  /** What differs between recorded words and settings, in the order of {@link Setting#all()}. */
  static List<SettingChange> between(Map<String, String> recorded, Settings now) {
    List<SettingChange> changes = new ArrayList<>();
    now.inWords()
        .forEach(
            (key, words) -> {
              String before = recorded.getOrDefault(key, "nothing");
              if (!before.equals(words)) {
                changes.add(new SettingChange(key, before, words));
              }
            });
    return changes;
  }
}
