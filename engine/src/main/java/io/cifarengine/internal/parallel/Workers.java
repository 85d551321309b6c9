// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.parallel;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Fixed threads that share out the parts of one task at a time; the caller works with them.
 *
 * <p>Each participant has an even share of the parts, always the same one, so that it finds in its cache what it wrote in
 * the task before; when its own is done it helps with the others'. Parts are claimed one by one from a counter, so a thread
 * that the operating system holds back delays at most the part it holds; which thread runs a part never shows in a result,
 * because parts write disjoint outputs. An idle worker spins for some tens of microseconds, about the pause
 * between two products of a training step, and then parks. Where there are more threads than
 * processors nobody spins, since the spinner would take the worker's place.
 *
 * <p>A call from a second thread, or from inside a part, finds the workers taken and runs all its
 * parts itself: same bits, no deadlock.
 */
public final class Workers implements AutoCloseable {
  private static final long SPIN_NANOS = 50_000;
  private static final int SPINS_PER_CLOCK_READ = 64;

  /** Next part of a generation that is over: no count of parts is above it. */
  private static final int NOTHING_LEFT = Integer.MAX_VALUE;

  /** Longs from one participant's counter to the next: two cache lines, which some CPUs fetch together. */
  private static final int APART = 16;

  private static final Task NOTHING = (part, participant) -> {};

  /**
   * For each participant (generation &lt;&lt; 32) | next part of its share: one word, so that a claim
   * cannot mix two generations.
   */
  private final AtomicLongArray next;

  private final AtomicInteger finished = new AtomicInteger();
  private final AtomicBoolean taken = new AtomicBoolean();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Worker[] workers;
  private final boolean spins;

  // Written by the caller before it opens a generation, read by workers after they saw it open.
  private Task task = NOTHING;
  private int parts;

  private volatile boolean closed;

  /**
   * Starts threads - 1 daemon threads; the caller is the last participant.
   *
   * @throws IllegalArgumentException where threads is not positive
   */
  public Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
    }
    spins = threads <= Runtime.getRuntime().availableProcessors();
    workers = new Worker[threads - 1];
    next = new AtomicLongArray(threads * APART);
    endGeneration(0);
    Arrays.setAll(workers, i -> new Worker(i + 1));
    try {
      for (Worker worker : workers) {
        worker.start();
      }
    } catch (Throwable t) { // no memory for one more thread: those that run would never end
      close();
      throw t;
    }
  }

  /** How many participants there are, the caller included. */
  public int threads() {
    return workers.length + 1;
  }

  /**
   * Runs every part of the task and returns when all are done.
   *
   * <p>The first exception or error of a part reaches the caller as it is; the other parts still run.
   */
  public void run(int parts, Task task) {
    if (closed) {
      throw new IllegalStateException("the engine is closed");
    }
    if (parts <= 1 || workers.length == 0 || !taken.compareAndSet(false, true)) {
      runAlone(parts, task);
      return;
    }
    Throwable thrown;
    try {
      share(parts, task);
      thrown = failure.getAndSet(null);
    } finally {
      taken.set(false);
    }
    if (thrown != null) {
      Workers.<RuntimeException>rethrow(thrown);
    }
  }

  /** How many parts of this size n things make: n / size, rounded up; n + size could overflow. */
  public static int parts(int n, int size) {
    return Math.floorDiv(n - 1, size) + 1;
  }

  /** Runs every part, on the calling thread alone where the work is too small to share. */
  public void run(int parts, Task task, boolean alone) {
    if (alone) {
      runAlone(parts, task);
    } else {
      run(parts, task);
    }
  }

  /** {@link #run} on the calling thread alone; a failed part does not keep the others from running. */
  public static void runAlone(int parts, Task task) {
    Throwable thrown = null;
    for (int part = 0; part < parts; part++) {
      try {
        task.run(part, 0);
      } catch (Throwable t) { // what a failure leaves behind must not depend on the threads
        thrown = thrown == null ? t : thrown;
      }
    }
    if (thrown != null) {
      Workers.<RuntimeException>rethrow(thrown);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a held-back worker may need this very processor
  private void share(int parts, Task task) {
    this.task = task;
    this.parts = parts;
    finished.set(0);
    long generation = (next.get(0) >>> 32) + 1;
    // Opens it: the fields above are visible to who sees its share.
    for (int i = workers.length; i >= 0; i--) {
      next.set(i * APART, generation << 32 | shareOf(i));
    }
    for (Worker worker : workers) {
      worker.wake();
    }
    claimParts(0);
    long deadline = System.nanoTime() + SPIN_NANOS;
    for (int i = 1; finished.get() < parts; i++) {
      if (spins && (i % SPINS_PER_CLOCK_READ != 0 || System.nanoTime() < deadline)) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    endGeneration(generation);
    this.task = NOTHING; // what it holds may be large, and a closed engine may live long
  }

  private void endGeneration(long generation) {
    for (int i = 0; i <= workers.length; i++) {
      next.set(i * APART, generation << 32 | NOTHING_LEFT);
    }
  }

  /** The first part of a participant's share, and behind the last of the one before. */
  private int shareOf(int participant) {
    return (int) ((long) parts * participant / threads());
  }

  /** First its own share, then what is left of the others'. */
  private void claimParts(int participant) {
    for (int i = 0; i < threads(); i++) {
      claimShare((participant + i) % threads(), participant);
    }
  }

  private void claimShare(int owner, int participant) {
    for (; ; ) {
      long seen = next.get(owner * APART);
      int part = (int) seen;
      if (part >= shareOf(owner + 1)) {
        return;
      }
      if (!next.compareAndSet(owner * APART, seen, seen + 1)) {
        continue;
      }
      // The claim held, so this generation cannot end before the part is counted as finished.
      try {
        task.run(part, participant);
      } catch (Throwable t) { // an OutOfMemoryError must reach the caller like any other failure
        failure.compareAndSet(null, t);
      } finally {
        finished.incrementAndGet();
      }
    }
  }

  /** Stops the threads; a closed engine's next parallel call fails. */
  @Override
  public void close() {
    closed = true;
    for (Worker worker : workers) {
      LockSupport.unpark(worker);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void rethrow(Throwable t) throws T {
    throw (T) t;
  }

  private final class Worker extends Thread {
    private final int participant;
    private volatile boolean parked;

    Worker(int participant) {
      super("cifar-engine-worker-" + participant);
      this.participant = participant;
      setDaemon(true);
    }

    void wake() {
      if (parked) {
        LockSupport.unpark(this);
      }
    }

    @Override
    public void run() {
      long seen = 0;
      while (!closed) {
        seen = awaitGenerationAfter(seen);
        claimParts(participant);
      }
    }

    private long awaitGenerationAfter(long seen) {
      long deadline = System.nanoTime() + SPIN_NANOS;
      for (int i = 1; spins; i++) {
        long generation = next.get(participant * APART) >>> 32;
        if (generation != seen || closed) {
          return generation;
        }
        if (i % SPINS_PER_CLOCK_READ == 0 && System.nanoTime() >= deadline) {
          break;
        }
        Thread.onSpinWait();
      }
      parked = true;
      try {
        for (; ; ) {
          // Read after `parked` was written: a generation opened since then is either seen here or
          // finds the flag and unparks.
          long generation = next.get(participant * APART) >>> 32;
          if (generation != seen || closed) {
            return generation;
          }
          LockSupport.park(this);
        }
      } finally {
        parked = false;
      }
    }
  }
}
