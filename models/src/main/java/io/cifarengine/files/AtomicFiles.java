// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that are the old one or the whole new one, whatever happens: written under a temporary name
 * in the same folder, forced to the disk, moved over the target, and the folder forced too.
 *
 * <p>After a failure the target is what it was, and no temporary file is left. A failed force is a
 * failed save and is not tried again: the system may have dropped the pages that it could not write.
 * A writer that is killed leaves a {@code .NAME.tmp-PID-NUMBER}, which {@link #removeLeftovers} deletes.
 *
 * <p>A target that is a symbolic link to a file stays one: the file that it names is replaced.
 * Devices and pipes are refused, since the move would put a file in their place. An interrupt of the
 * thread fails the save.
 */
public final class AtomicFiles {
  private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.tmp-(\\d{1,18})-(\\d{1,18})");

  private static final AtomicLong COUNTER = new AtomicLong();

  /** The numbers of the files that this process writes at this moment. */
  private static final Set<Long> LIVE = ConcurrentHashMap.newKeySet();

  private AtomicFiles() {}

  /** What a file will hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; a channel may take less of a buffer than it is given. */
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /** Replaces a file by this text in UTF-8. */
  public static void write(Path target, String text) throws IOException {
    write(target, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Replaces a file by these bytes. */
  public static void write(Path target, byte[] bytes) throws IOException {
    write(target, channel -> writeFully(channel, ByteBuffer.wrap(bytes)));
  }

  /**
   * Replaces a file by what the content writes, or creates it.
   *
   * @throws UnwritableFileException where that fails, with the file and the reason; the folder of the
   *     file must exist
   */
  public static void write(Path target, Content content) throws IOException {
    Path file;
    try {
      file = resolved(target);
    } catch (IOException e) {
      throw new UnwritableFileException(target, Reason.of(e), e);
    }
    Path folder = file.getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new UnwritableFileException(target, "a folder stands there");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UnwritableFileException(target, "it is a device or a pipe, not a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new UnwritableFileException(
          target, folder + (Files.exists(folder) ? " is not a folder" : ": no such folder"));
    }
    long number = COUNTER.incrementAndGet();
    String writer = ProcessHandle.current().pid() + "-" + number;
    Path temporary = folder.resolve("." + file.getFileName() + ".tmp-" + writer);
    LIVE.add(number);
    try {
      writeAndMove(temporary, file, content);
    } catch (AtomicMoveNotSupportedException e) {
      throw new UnwritableFileException(
          target, "this file system cannot replace a file in one step", e);
    } catch (IOException e) {
      throw new UnwritableFileException(target, Reason.of(e), e);
    } finally {
      LIVE.remove(number);
    }
    try {
      forceFolder(folder);
    } catch (IOException e) {
      throw new UnwritableFileException(
          target, "the file is complete, but may be lost at a power cut: " + Reason.of(e), e);
    }
  }

  /** The file itself, where the target is a link to one. */
  private static Path resolved(Path target) throws IOException {
    Path absolute = target.toAbsolutePath();
    return Files.isSymbolicLink(absolute) && Files.exists(absolute)
        ? absolute.toRealPath()
        : absolute;
  }

  private static void writeAndMove(Path temporary, Path file, Content content) throws IOException {
    boolean moved = false;
    try {
      Files.deleteIfExists(temporary); // of a dead process that had our id: containers repeat them
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
        content.writeTo(channel);
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      moved = true;
    } finally {
      if (!moved) {
        deleteQuietly(temporary);
      }
    }
  }

  /** The failure that led here says more than that of a clean-up after it. */
  private static void deleteQuietly(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      temporary.toFile().deleteOnExit();
    }
  }

  /** Makes the new name durable; where a folder cannot be opened (Windows), the move alone must do. */
  private static void forceFolder(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      return;
    }
    try (channel) {
      channel.force(true);
    }
  }

  /**
   * Deletes the temporary files that killed writers left in a folder, and returns their number. Only
   * for a folder to which nobody but this process writes; what it writes just now is left alone.
   *
   * @throws UnreadableFileException where the folder is missing or a leftover cannot be deleted
   */
  public static int removeLeftovers(Path folder) throws IOException {
    int removed = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.toAbsolutePath())) {
      for (Path entry : entries) {
        Matcher name = TEMPORARY.matcher(String.valueOf(entry.getFileName()));
        if (name.matches()
            && Files.isRegularFile(entry)
            && !isWritten(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)))) {
          Files.deleteIfExists(entry);
          removed++;
        }
      }
    } catch (DirectoryIteratorException e) {
      throw notCleaned(folder, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw notCleaned(folder, e);
    }
    return removed;
  }

  private static UnreadableFileException notCleaned(Path folder, IOException failure) {
    return new UnreadableFileException(
        folder,
        "leftovers of earlier writers cannot be deleted: " + Reason.of(failure),
        "Check the folder and its permissions");
  }

  private static boolean isWritten(long pid, long number) {
    return pid == ProcessHandle.current().pid() && LIVE.contains(number);
  }

  /** A channel may take less than it is given. */
  static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
