// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileNamesTest {
  @Test
  void plainNamesStayAsTheyAre() {
    assertEquals(
        List.of("airplane", "aquatic_mammals"),
        FileNames.of(List.of("airplane", "aquatic_mammals")));
  }

  @Test
  void noNameLeavesItsFolderOrMeetsADeviceOrAnotherName() {
    List<String> hostile =
        List.of("../../x", "/etc/x", "..", "", "CON", "com1", "Cat", "cat", "a:b", "a/b", "cat-7");
    List<String> names = FileNames.of(hostile);
    assertEquals(hostile.size(), names.size());
    assertEquals(names.size(), Set.copyOf(names).size(), names.toString());
    assertTrue(names.stream().allMatch(name -> name.matches("[a-z0-9_-]+")), names.toString());
    assertEquals("_x", names.get(0));
    assertEquals("-3", names.get(3));
    assertEquals("con-4", names.get(4));
    assertEquals(List.of("cat", "cat-7"), names.subList(6, 8));
    assertEquals("cat-7-10", names.get(10));
  }

  @Test
  void longNamesAreCut() {
    assertEquals(List.of("y".repeat(64)), FileNames.of(List.of("y".repeat(300))));
  }
}
