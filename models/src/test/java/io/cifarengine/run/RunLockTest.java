// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // a lock and a run are held while their blocks last
class RunLockTest {
  private final Path run;

  RunLockTest(@TempDir Path run) {
    this.run = run;
  }

  @Test
  void aSecondRunOfThisProcessIsRefused() throws IOException {
    try (RunLock lock = RunLock.acquire(run)) {
      assertTrue(RunLock.isHeld(run));
      RunInUseException e = assertThrows(RunInUseException.class, () -> RunLock.acquire(run));
      long pid = ProcessHandle.current().pid();
      assertEquals(run + ": in use by this process (pid " + pid + ")", e.getMessage());
    }
  }

  @Test
  void anotherPathToTheSameFolderIsRefusedToo() throws IOException {
    Path folder = Files.createDirectory(run.resolve("a"));
    Path link = Files.createSymbolicLink(run.resolve("b"), folder);
    try (RunLock lock = RunLock.acquire(folder)) {
      assertThrows(RunInUseException.class, () -> RunLock.acquire(link));
      assertThrows(RunInUseException.class, () -> RunLock.acquire(run.resolve("a/../a")));
    }
  }

  @Test
  void aClosedLockCanBeTakenAgainAndClosingTwiceDoesNotFreeTheNextOne() throws IOException {
    RunLock first = RunLock.acquire(run);
    first.close();
    assertFalse(RunLock.isHeld(run));
    try (RunLock second = RunLock.acquire(run)) {
      first.close();
      assertTrue(RunLock.isHeld(run));
    }
    assertFalse(RunLock.isHeld(run));
  }

  @Test
  void anotherProcessIsNamedAndItsEndFreesTheRun() throws Exception {
    LockHolder.Started holder = LockHolder.start(run);
    try {
      assertEquals("held", holder.said());
      assertTrue(RunLock.isHeld(run));
      assertTrue(RunLock.isHeld(run)); // looking has not taken it away
      RunInUseException e = assertThrows(RunInUseException.class, () -> RunLock.acquire(run));
      long pid = holder.process().pid();
      assertEquals(run + ": in use by another process (pid " + pid + ")", e.getMessage());
    } finally {
      holder.kill();
    }
    assertFalse(RunLock.isHeld(run));
    RunLock.acquire(run).close();
  }

  /** POSIX: any channel to the file that this process closes would drop the lock. */
  @Test
  void lookingAndFailingToAcquireKeepTheLockAgainstOtherProcesses() throws Exception {
    try (RunLock lock = RunLock.acquire(run)) {
      assertTrue(RunLock.isHeld(run));
      assertThrows(RunInUseException.class, () -> RunLock.acquire(run));
      LockHolder.Started other = LockHolder.start(run);
      other.kill();
      long pid = ProcessHandle.current().pid();
      assertEquals(run + ": in use by another process (pid " + pid + ")", other.said());
    }
  }

  @Test
  void thoseWhoLookNeverKeepARunFromStarting() throws Exception {
    RunLock.acquire(run).close();
    CountDownLatch looking = new CountDownLatch(1);
    var thread = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> looker =
          thread.submit(
              () -> {
                while (!Thread.currentThread().isInterrupted()) {
                  boolean held = RunLock.isHeld(run);
                  looking.countDown();
                  if (held) {
                    return true;
                  }
                }
                return false;
              });
      looking.await();
      try (RunLock lock = RunLock.acquire(run)) {
        assertTrue(looker.get());
      }
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void lookingAtAFolderThatNeverWasLockedChangesNothing() throws IOException {
    assertFalse(RunLock.isHeld(run));
    assertFalse(RunLock.isHeld(run.resolve("missing")));
    try (Stream<Path> files = Files.list(run)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aMissingFolderAndAFileAreRefused() throws IOException {
    Path missing = run.resolve("missing");
    IOException e = assertThrows(IOException.class, () -> RunLock.acquire(missing));
    assertEquals(missing + ": no run to lock (expected a folder, found nothing)", e.getMessage());
    Path file = Files.writeString(run.resolve("file"), "");
    IOException f = assertThrows(IOException.class, () -> RunLock.acquire(file));
    assertEquals(file + ": no run to lock (expected a folder, found a file)", f.getMessage());
  }

  @Test
  void aLockFileThatCannotBeOpenedIsNamedWithTheReason() throws IOException {
    Path file = Files.createDirectory(run.resolve(RunLock.FILE));
    IOException e = assertThrows(IOException.class, () -> RunLock.acquire(run));
    assertEquals(file + ": cannot be opened: is a directory", e.getMessage());
  }

  @Test
  void aLinkInPlaceOfTheLockFileIsNotFollowed() throws IOException {
    Path precious = Files.writeString(run.resolve("precious"), "data");
    Path folder = Files.createDirectory(run.resolve("run"));
    Files.createSymbolicLink(folder.resolve(RunLock.FILE), precious);
    assertThrows(IOException.class, () -> RunLock.acquire(folder));
    assertEquals("data", Files.readString(precious));
  }
}
