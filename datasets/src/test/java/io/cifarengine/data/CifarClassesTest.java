// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CifarClassesTest {
  @Test
  void namesStandInTheOfficialAlphabeticalOrderWithoutRepetition() {
    for (List<String> names : List.of(CifarClasses.TEN, CifarClasses.COARSE, CifarClasses.FINE)) {
      assertEquals(names.stream().sorted().distinct().toList(), names);
    }
    assertEquals(10, CifarClasses.TEN.size());
    assertEquals(20, CifarClasses.COARSE.size());
    assertEquals(100, CifarClasses.FINE.size());
  }

  @Test
  void everySuperclassHoldsFiveClasses() {
    int[] counts = new int[20];
    for (int fine = 0; fine < 100; fine++) {
      counts[CifarClasses.coarseOf(fine)]++;
    }
    int[] five = new int[20];
    Arrays.fill(five, 5);
    assertArrayEquals(five, counts);
  }

  /** As Krizhevsky's page lists them. */
  @Test
  void superclassesHoldTheClassesThatTheirPublicationLists() {
    assertEquals(List.of("beaver", "dolphin", "otter", "seal", "whale"), within("aquatic_mammals"));
    assertEquals(List.of("baby", "boy", "girl", "man", "woman"), within("people"));
    assertEquals(
        List.of("bicycle", "bus", "motorcycle", "pickup_truck", "train"), within("vehicles_1"));
    assertEquals(
        List.of("lawn_mower", "rocket", "streetcar", "tank", "tractor"), within("vehicles_2"));
    assertEquals(
        List.of("crab", "lobster", "snail", "spider", "worm"), within("non-insect_invertebrates"));
  }

  private static List<String> within(String superclass) {
    int coarse = CifarClasses.COARSE.indexOf(superclass);
    return IntStream.range(0, 100)
        .filter(fine -> CifarClasses.coarseOf(fine) == coarse)
        .mapToObj(CifarClasses.FINE::get)
        .toList();
  }
}
