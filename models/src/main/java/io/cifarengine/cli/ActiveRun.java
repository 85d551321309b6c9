// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.train.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A run that SIGINT and SIGTERM end only after it has saved: between {@link #begin} and {@link #close}
 * they request its stop, and the JVM waits for the close. A second SIGINT does not wait.
 *
 * <pre>
 *   try (ActiveRun run = ActiveRun.begin(stop)) {
 *     ... train until stop.isRequested(), save ...
 *   }
 * </pre>
 *
 * <p>HotSpot gives the exit code, 130 or 143, whatever the run's thread does afterwards. What that
 * thread says before its own {@code System.exit} is still printed.
 */
final class ActiveRun implements AutoCloseable {
  /** How long a run may take to save and end, in seconds. */
  static final long LIMIT = 30;

  /** How long the run's thread may take from the close to its {@code System.exit}, in seconds. */
  static final long LAST_WORDS = 2;

  /** How often to look for a second SIGINT: no person sees this delay. */
  private static final long LOOK_MILLIS = 20;

  private final StopSignal signal;
  private final Thread owner = Thread.currentThread();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile int failure = ExitCode.DONE;
  private final Thread hook = new Thread(this::stop, "stop-run");

  private ActiveRun(StopSignal signal) {
    this.signal = signal;
  }

  /** Begins a run on this thread. Where the JVM is ending already, this thread ends here. */
  static ActiveRun begin(StopSignal signal) {
    ActiveRun run = new ActiveRun(signal);
    try {
      Runtime.getRuntime().addShutdownHook(run.hook);
    } catch (IllegalStateException e) {
      awaitHalt();
    }
    return run;
  }

  /** Never returns, to be called where the JVM is ending: an exit within an exit blocks for good. */
  static void awaitHalt() {
    System.exit(ExitCode.INTERRUPTED);
  }

  /** The run could not save: a signal's own exit code would say that it did. */
  void failed(int code) {
    failure = code;
  }

  /** The run has saved and ended: from here on signals end the JVM at once. */
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook runs: it has just been told.
    }
  }

  private void stop() {
    signal.request();
    if (ended.getCount() > 0) {
      String again = Interrupts.isAny() ? "; press Ctrl-C again to exit at once" : "";
      say("stopping: saving a checkpoint" + again);
    }
    try {
      if (!awaitEnd()) {
        say("stopping: not saved within " + LIMIT + " seconds; the last checkpoint stands");
      }
      if (failure != ExitCode.DONE) {
        Runtime.getRuntime().halt(failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** False where the run has not ended in time. */
  private boolean awaitEnd() throws InterruptedException {
    long start = System.nanoTime();
    while (!ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      haltIfRepeated();
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT)) {
        return false;
      }
    }
    long closed = System.nanoTime();
    while (!isExiting() && System.nanoTime() - closed < TimeUnit.SECONDS.toNanos(LAST_WORDS)) {
      haltIfRepeated();
      Thread.sleep(LOOK_MILLIS);
    }
    return true;
  }

  private static void haltIfRepeated() {
    if (Interrupts.isRepeated()) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
  }

  /** Whether the run's thread is done: its exit blocks on the one that is under way. */
  private boolean isExiting() {
    Thread.State state = owner.getState();
    return state == Thread.State.BLOCKED || state == Thread.State.TERMINATED;
  }

  /** On a line of its own: a terminal has shown {@code ^C}, often behind a progress bar. */
  private static void say(String line) {
    System.err.println((Terminal.isInteractive() ? System.lineSeparator() : "") + line);
  }
}
