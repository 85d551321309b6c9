// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.files.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The right to write to a run's folder, which one run of one process holds at a time. The system takes
 * it back from a process that ends, however it ends.
 *
 * <p>The file {@code run.lock} stays behind, for if it were removed, one run could lock the removed
 * file and another a new one. Nothing but this class may open it: on POSIX systems a process loses its
 * lock as soon as it closes any channel to that file.
 */
public final class RunLock implements AutoCloseable {
  /** The file in the run's folder, which holds the process id of the last holder. */
  public static final String FILE = "run.lock";

  /** Behind the content, so that the process id can be read where locks are mandatory (Windows). */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /** {@link #isHeld} of another process holds a lock for an instant, which is not a run. */
  private static final int ATTEMPTS = 10;

  private static final long PAUSE_MILLIS = 20;

  /**
   * The folders that this process holds, by identity; also the monitor of all work on lock files. A
   * file lock belongs to the whole process, and so must this.
   */
  private static final Set<Object> HELD = new HashSet<>();

  private final Object folder;
  private final FileChannel channel;
  private boolean closed;

  private RunLock(Object folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock of an existing folder.
   *
   * @throws RunInUseException where another process or this one holds it
   * @throws IOException where the folder is missing or cannot be written
   */
  public static RunLock acquire(Path run) throws IOException {
    if (!Files.isDirectory(run)) {
      String found = Files.exists(run) ? "a file" : "nothing";
      throw new IOException(run + ": no run to lock (expected a folder, found " + found + ")");
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return tryAcquire(run);
      } catch (RunInUseException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(run + ": interrupted while waiting for its lock", e);
      }
    }
  }

  private static RunLock tryAcquire(Path run) throws IOException {
    synchronized (HELD) {
      Object folder = identity(run);
      if (HELD.contains(folder)) {
        throw new RunInUseException(
            run, "this process (pid " + ProcessHandle.current().pid() + ")");
      }
      FileChannel channel =
          open(
              run.resolve(FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
        if (lock == null) {
          throw new RunInUseException(run, "another process" + holder(channel));
        }
        writeHolder(channel);
        HELD.add(folder);
        return new RunLock(folder, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
  }

  /**
   * Whether a run of any process holds the lock of this folder. It takes none itself, and a folder
   * that never was locked is not changed.
   */
  public static boolean isHeld(Path run) throws IOException {
    synchronized (HELD) {
      Path file = run.resolve(FILE);
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      if (HELD.contains(identity(run))) {
        return true;
      }
      try (FileChannel channel = open(file, StandardOpenOption.READ);
          FileLock probe = channel.tryLock(LOCKED_BYTE, 1, true)) { // shared with other probes
        return probe == null;
      }
    }
  }

  private static FileChannel open(Path file, StandardOpenOption... how) throws IOException {
    Set<OpenOption> options = new HashSet<>(List.of(how));
    options.add(LinkOption.NOFOLLOW_LINKS); // a link could name a file that somebody needs
    try {
      return FileChannel.open(file, options);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be opened: " + Reason.of(e), e);
    }
  }

  /** The same for every path to a folder; where the system numbers no folders, its real path. */
  private static Object identity(Path run) throws IOException {
    Object key = Files.readAttributes(run, BasicFileAttributes.class).fileKey();
    return key != null ? key : run.toRealPath();
  }

  private static void writeHolder(FileChannel channel) throws IOException {
    String pid = ProcessHandle.current().pid() + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII));
    channel.truncate(0);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** {@code " (pid N)"}; nothing where the holder has not written it yet. */
  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(24);
    channel.read(bytes, 0);
    String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
    return pid.matches("\\d+\n") ? " (pid " + pid.strip() + ")" : "";
  }

  /** Gives the folder free; a second call does nothing. */
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      if (!closed) {
        closed = true;
        HELD.remove(folder);
        channel.close();
      }
    }
  }
}
