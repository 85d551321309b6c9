// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void aChangeLeavesTheOriginalAlone() {
    Settings changed = Settings.defaults().with(Setting.EPOCHS, 3);
    assertEquals(3, changed.value(Setting.EPOCHS));
    assertEquals(100, Settings.defaults().value(Setting.EPOCHS));
    assertNotEquals(Settings.defaults(), changed);
  }

  @Test
  void settingsWithEqualValuesAreEqualHoweverTheyCameAbout() {
    Settings there = Settings.defaults().with(Setting.EPOCHS, 3).with(Setting.MOMENTUM, 0.5);
    Settings back = there.with(Setting.EPOCHS, 100).with(Setting.MOMENTUM, 0.0);
    assertEquals(Settings.defaults(), back);
    assertEquals(Settings.defaults().hashCode(), back.hashCode());
  }

  @Test
  void keysAreUniqueAndInSnakeCase() {
    List<String> keys = new ArrayList<>();
    Setting.all().forEach(setting -> keys.add(setting.key()));
    assertEquals(keys.size(), keys.stream().distinct().count());
    keys.forEach(key -> assertTrue(key.matches("[a-z][a-z0-9_]*"), key));
  }

  @Test
  void numbersMatchHoweverTheyAreWritten() {
    Settings settings = Settings.defaults().with(Setting.MOMENTUM, 0.8);
    assertTrue(Setting.MOMENTUM.matches(settings, "0.80"));
    assertTrue(Setting.MOMENTUM.matches(settings, "8e-1"));
    assertEquals(false, Setting.MOMENTUM.matches(settings, "0.81"));
    assertEquals(false, Setting.MOMENTUM.matches(settings, "eight"));
  }

  @Test
  void listsMatchWithOrWithoutBrackets() {
    Settings settings = Settings.defaults().with(Setting.HIDDEN, List.of(120, 120));
    assertTrue(Setting.HIDDEN.matches(settings, "[120,120]"));
    assertTrue(Setting.HIDDEN.matches(settings, "[120, 120]"));
    assertEquals(false, Setting.HIDDEN.matches(settings, "120"));
    assertTrue(Setting.CONVOLUTIONS.matches(settings, "[]"));
    assertTrue(
        Setting.CONVOLUTIONS.matches(settings.with(Setting.CONVOLUTIONS, List.of(32)), "[32]"));
  }

  @Test
  void aValueThatIsNoneIsRefusedInWords() {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> Settings.defaults().parse(Setting.EPOCHS, List.of("many")));
    assertEquals("epochs: expected a whole number of at least 1, found many", failure.getMessage());
  }

  @Test
  void smallNumbersAreWrittenWithoutAnExponent() {
    Settings settings = Settings.defaults().with(Setting.L2_PENALTY, 1e-6);
    assertEquals("0.000001", Setting.L2_PENALTY.inWords(settings));
  }
}
