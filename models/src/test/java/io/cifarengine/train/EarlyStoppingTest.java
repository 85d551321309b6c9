// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
  @Test
  void theBestEpochIsTheOneThatTheNextFiveDoNotBeatAndItFiresFiveLater() {
    var stopping = new EarlyStopping(5);
    assertEquals(List.of(1, 2, 4), bests(stopping, 3.0, 2.0, 2.5, 1.9, 2.0, 2.1, 1.95, 2.2, 2.3));
    assertEquals(OptionalInt.of(4), stopping.bestEpoch());
    assertEquals(OptionalInt.of(9), stopping.stoppedEpoch());
  }

  @Test
  void fourEpochsThatDoNotBeatItAreTooFew() {
    var stopping = new EarlyStopping(5);
    assertEquals(List.of(1, 6), bests(stopping, 2.0, 2.1, 2.1, 2.1, 2.1, 1.9, 2, 2, 2, 2));
    assertEquals(OptionalInt.empty(), stopping.stoppedEpoch());
    assertEquals(OptionalInt.of(6), stopping.bestEpoch());
  }

  @Test
  void nothingCountsAfterItFired() {
    var stopping = new EarlyStopping(5);
    assertEquals(List.of(1), bests(stopping, 2.0, 3, 3, 3, 3, 3, 0.1, 0.0, 5));
    assertEquals(OptionalInt.of(1), stopping.bestEpoch());
    assertEquals(OptionalInt.of(6), stopping.stoppedEpoch());
    assertFalse(stopping.isBest(10, -1));
  }

  @Test
  void itNeverFiresWhileTheLossKeepsFalling() {
    var stopping = new EarlyStopping(5);
    for (int epoch = 1; epoch <= 100; epoch++) {
      stopping.isBest(epoch, 1.0 / epoch);
    }
    assertEquals(OptionalInt.empty(), stopping.stoppedEpoch());
    assertEquals(OptionalInt.of(100), stopping.bestEpoch());
  }

  @Test
  void anEqualLossDoesNotBeatTheFirst() {
    var stopping = new EarlyStopping(2);
    assertEquals(List.of(1), bests(stopping, 2.0, 2.0, 2.0));
    assertEquals(OptionalInt.of(1), stopping.bestEpoch());
    assertEquals(OptionalInt.of(3), stopping.stoppedEpoch());
  }

  @Test
  void aLossThatIsNoNumberBeatsNothing() {
    var stopping = new EarlyStopping(3);
    assertEquals(List.of(1, 3), bests(stopping, 2.0, Double.NaN, 1.0, Double.NaN, 1.5));
    assertEquals(OptionalInt.of(3), stopping.bestEpoch());
  }

  @Test
  void beforeTheFirstEpochThereIsNoBest() {
    var stopping = new EarlyStopping(5);
    assertEquals(OptionalInt.empty(), stopping.bestEpoch());
    assertEquals(OptionalInt.empty(), stopping.stoppedEpoch());
  }

  @Test
  void aPatienceOfOneFiresAtOnceAndOneOfNoneNever() {
    assertEquals(
        "patience: expected at least 0, found -1",
        assertThrows(IllegalArgumentException.class, () -> new EarlyStopping(-1)).getMessage());
    var stopping = new EarlyStopping(1);
    assertEquals(List.of(1), bests(stopping, 2.0, 2.5));
    assertEquals(OptionalInt.of(2), stopping.stoppedEpoch());
    var never = new EarlyStopping(0);
    assertEquals(List.of(1, 5), bests(never, 2.0, 3.0, 3.0, 3.0, 1.0));
    assertEquals(OptionalInt.empty(), never.stoppedEpoch());
    assertEquals(OptionalInt.of(5), never.bestEpoch());
  }

  @Test
  void epochsMayBeCountedFromNone() {
    var stopping = new EarlyStopping(2);
    assertTrue(stopping.isBest(0, 1.0));
    assertFalse(stopping.isBest(1, 2.0));
    assertFalse(stopping.isBest(2, 2.0));
    assertEquals(OptionalInt.of(0), stopping.bestEpoch());
    assertEquals(OptionalInt.of(2), stopping.stoppedEpoch());
  }

  private static List<Integer> bests(EarlyStopping stopping, double... losses) {
    List<Integer> bests = new ArrayList<>();
    for (int i = 0; i < losses.length; i++) {
      if (stopping.isBest(i + 1, losses[i])) {
        bests.add(i + 1);
      }
    }
    return bests;
  }
}
