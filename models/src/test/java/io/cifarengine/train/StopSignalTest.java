// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StopSignalTest {
  @Test
  void aRequestStays() {
    StopSignal signal = new StopSignal();
    assertFalse(signal.isRequested());
    signal.request();
    signal.request();
    assertTrue(signal.isRequested());
  }

  @Test
  void theOneThatNeverStopsCannotBeRequestedByMistake() {
    assertThrows(IllegalStateException.class, () -> StopSignal.never().request());
    assertFalse(StopSignal.never().isRequested());
  }
}
