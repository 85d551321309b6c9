// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

/** Asks a training to stop after the batch it is at, from any thread; once asked, for good. */
public final class StopSignal {
  private static final StopSignal NEVER = new StopSignal(false);

  private final boolean stoppable;
  private volatile boolean requested;

  /** Not requested yet. */
  public StopSignal() {
    this(true);
  }

  private StopSignal(boolean stoppable) {
    this.stoppable = stoppable;
  }

  /** For a training that nobody stops. */
  public static StopSignal never() {
    return NEVER;
  }

  /**
   * Asks to stop.
   *
   * @throws IllegalStateException for {@link #never}, which all share
   */
  public void request() {
    if (!stoppable) {
      throw new IllegalStateException("StopSignal.never() cannot stop; pass a new StopSignal()");
    }
    requested = true;
  }

  /** Whether somebody has asked. */
  public boolean isRequested() {
    return requested;
  }
}
