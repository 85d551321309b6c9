// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lost part or wake-up would hang: the timeout turns that into a failure. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkersTest {
  private static final int[] THREADS = {1, 2, 3, 5, 8};

  /** Lets every participant of a region of as many parts as threads take exactly one part. */
  private static void meet(CountDownLatch everyone) {
    everyone.countDown();
    try {
      everyone.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Thread[] threadsOf(Workers workers) {
    Thread[] threads = new Thread[workers.threads()];
    CountDownLatch everyone = new CountDownLatch(threads.length);
    workers.run(
        threads.length,
        (part, participant) -> {
          meet(everyone);
          threads[participant] = Thread.currentThread();
        });
    return threads;
  }

  /** Plain increments: that run() sees them also shows that a part happens before its return. */
  @Test
  void everyPartOfTwentyThousandRegionsRunsExactlyOnce() {
    for (int threads : THREADS) {
      try (Workers workers = new Workers(threads)) {
        int[] runs = new int[20];
        int[] expected = new int[20];
        AtomicInteger strangers = new AtomicInteger();
        Task task =
            (part, participant) -> {
              runs[part]++;
              if (participant < 0 || participant >= threads) {
                strangers.incrementAndGet();
              }
            };
        for (int region = 0; region < 20_000; region++) {
          int parts = region % 20;
          Arrays.fill(runs, 0);
          Arrays.fill(expected, 0);
          Arrays.fill(expected, 0, parts, 1);
          workers.run(parts, task);
          if (!Arrays.equals(expected, runs)) {
            assertArrayEquals(expected, runs, "region " + region + " on " + threads + " threads");
          }
        }
        assertEquals(0, strangers.get());
      }
    }
  }

  @Test
  void everyThreadTakesPartUnderANumberOfItsOwn() {
    for (int threads : THREADS) {
      try (Workers workers = new Workers(threads)) {
        assertEquals(threads, workers.threads());
        Thread[] found = threadsOf(workers);
        assertEquals(threads, Arrays.stream(found).distinct().count());
        assertSame(Thread.currentThread(), found[0], "the caller is participant 0");
        for (int i = 1; i < threads; i++) {
          assertTrue(found[i].isDaemon());
          assertEquals("cifar-engine-worker-" + i, found[i].getName());
        }
      }
    }
  }

  /** So that a thread finds in its cache what it wrote in the task before. */
  @Test
  void eachParticipantBeginsWithItsOwnShareOfTheParts() {
    for (int threads : THREADS) {
      try (Workers workers = new Workers(threads)) {
        for (int parts : new int[] {threads, 3 * threads - 1, 100}) {
          int[] first = new int[threads];
          Arrays.fill(first, -1);
          CountDownLatch everyone = new CountDownLatch(threads);
          workers.run(
              parts,
              (part, participant) -> {
                if (first[participant] < 0) {
                  first[participant] = part;
                  meet(everyone);
                }
              });
          int[] expected = new int[threads];
          Arrays.setAll(expected, participant -> parts * participant / threads);
          assertArrayEquals(expected, first, parts + " parts on " + threads + " threads");
        }
      }
    }
  }

  @Test
  void noThreadsAreRefused() {
    for (int threads : new int[] {0, -3}) {
      assertEquals(
          "threads: expected at least 1, found " + threads,
          assertThrows(IllegalArgumentException.class, () -> new Workers(threads)).getMessage());
    }
  }

  @Test
  void anExceptionOrErrorReachesTheCallerAfterTheOtherPartsRan() {
    Throwable[] failures = {
      new IllegalStateException("a part failed"),
      new AssertionError("a part failed"),
      new OutOfMemoryError("a part failed"),
      new StackOverflowError("a part failed")
    };
    for (int threads : THREADS) {
      try (Workers workers = new Workers(threads)) {
        for (Throwable failure : failures) {
          for (int parts : new int[] {1, 2, 9}) {
            AtomicIntegerArray runs = new AtomicIntegerArray(parts);
            Throwable caught =
                assertThrows(
                    Throwable.class,
                    () ->
                        workers.run(
                            parts,
                            (part, participant) -> {
                              runs.incrementAndGet(part);
                              if (part == parts / 2) {
                                throwAsItIs(failure);
                              }
                            }));
            assertSame(failure, caught);
            for (int part = 0; part < parts; part++) {
              assertEquals(1, runs.get(part), "part " + part + " on " + threads + " threads");
            }
          }
        }
        assertAllRun(workers);
      }
    }
  }

  @Test
  void aFailureOnAWorkerThreadReachesTheCallerAndTheThreadGoesOn() {
    try (Workers workers = new Workers(3)) {
      Thread[] before = threadsOf(workers);
      for (int round = 0; round < 100; round++) {
        CountDownLatch everyone = new CountDownLatch(3);
        Error error = new OutOfMemoryError("on a worker");
        Throwable caught =
            assertThrows(
                OutOfMemoryError.class,
                () ->
                    workers.run(
                        3,
                        (part, participant) -> {
                          meet(everyone);
                          if (participant == 2) {
                            throw error;
                          }
                        }));
        assertSame(error, caught);
      }
      assertArrayEquals(before, threadsOf(workers), "the same threads are still there");
    }
  }

  @Test
  void aFailureBelongsToItsOwnRegion() {
    try (Workers workers = new Workers(2)) {
      assertThrows(
          IllegalStateException.class,
          () ->
              workers.run(
                  4,
                  (part, participant) -> {
                    throw new IllegalStateException();
                  }));
      assertDoesNotThrow(() -> workers.run(4, (part, participant) -> {}));
    }
  }

  @Test
  void aRegionInsideAPartRunsOnItsOwnThread() {
    for (int threads : THREADS) {
      try (Workers workers = new Workers(threads)) {
        AtomicIntegerArray runs = new AtomicIntegerArray(6 * 5);
        workers.run(
            6,
            (part, participant) -> {
              Thread outer = Thread.currentThread();
              workers.run(
                  5,
                  (inner, innerParticipant) -> {
                    if (threads > 1) {
                      assertSame(outer, Thread.currentThread());
                    }
                    runs.incrementAndGet(part * 5 + inner);
                  });
            });
        for (int i = 0; i < runs.length(); i++) {
          assertEquals(1, runs.get(i));
        }
      }
    }
  }

  @Test
  void severalCallersShareTheWorkersAndLoseNothing() {
    int callers = 4;
    ExecutorService executor = Executors.newFixedThreadPool(callers);
    try (Workers workers = new Workers(3)) {
      Future<?>[] calls = new Future<?>[callers];
      for (int caller = 0; caller < callers; caller++) {
        int own = caller;
        calls[caller] = executor.submit(() -> manyRegions(workers, own));
      }
      for (Future<?> call : calls) {
        assertDoesNotThrow(() -> call.get(), "a caller failed");
      }
    } finally {
      executor.shutdownNow();
    }
  }

  /** Every tenth region fails; the exception must be this caller's own. */
  private static void manyRegions(Workers workers, int caller) {
    int[] runs = new int[7];
    for (int region = 1; region <= 2_000; region++) {
      boolean fails = region % 10 == 0;
      String message = caller + ": " + region;
      Task task =
          (part, participant) -> {
            runs[part]++;
            if (fails && part == 3) {
              throw new IllegalStateException(message);
            }
          };
      if (fails) {
        assertEquals(
            message,
            assertThrows(IllegalStateException.class, () -> workers.run(7, task)).getMessage());
      } else {
        workers.run(7, task);
      }
      for (int part = 0; part < 7; part++) {
        assertEquals(region, runs[part], message);
      }
    }
  }

  @Test
  void closeStopsTheThreadsSpinningOrParked() throws InterruptedException {
    for (int threads : THREADS) {
      for (int pause : new int[] {0, 20}) {
        Workers workers = new Workers(threads);
        Thread[] found = threadsOf(workers);
        Thread.sleep(pause); // after some milliseconds every idle worker is parked
        workers.close();
        for (int i = 1; i < threads; i++) {
          found[i].join(60_000);
          assertFalse(found[i].isAlive(), "worker " + i + " of " + threads);
        }
        workers.close();
      }
    }
  }

  @Test
  void closedWorkersRefuseASharedRegionEachTime() {
    Workers workers = new Workers(2);
    workers.close();
    for (int i = 0; i < 2; i++) {
      assertEquals(
          "the engine is closed",
          assertThrows(IllegalStateException.class, () -> workers.run(2, (part, who) -> {}))
              .getMessage());
    }
  }

  @Test
  void aParkedWorkerWakesForTheNextRegion() throws InterruptedException {
    try (Workers workers = new Workers(3)) {
      for (int i = 0; i < 30; i++) {
        Thread.sleep(i % 3); // before, around and after the moment in which an idle worker parks
        threadsOf(workers);
      }
    }
  }

  @Test
  void aPoolMakesOneObjectForEachBorrowerAndUsesItAgainUntilItIsClosed() {
    AtomicInteger made = new AtomicInteger();
    Pool<Object> pool =
        new Pool<>(
            () -> {
              made.incrementAndGet();
              return new Object();
            });
    Object first = pool.borrow();
    Object second = pool.borrow();
    assertNotSame(first, second);
    pool.giveBack(first);
    assertSame(first, pool.borrow());
    assertEquals(2, made.get());
    pool.giveBack(first);
    pool.close();
    Object third = pool.borrow();
    assertNotSame(first, third);
    pool.giveBack(third);
    assertNotSame(third, pool.borrow());
    assertEquals(4, made.get());
  }

  private static void assertAllRun(Workers workers) {
    AtomicInteger sum = new AtomicInteger();
    workers.run(100, (part, participant) -> sum.addAndGet(part));
    assertEquals(4950, sum.get());
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwAsItIs(Throwable t) throws T {
    throw (T) t;
  }
}
