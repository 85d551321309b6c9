// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return List.copyOf(new TreeSet<>(entries.map(e -> e.getFileName().toString()).toList()));
    }
  }

  private static String refusal(Path target) {
    IOException e =
        assertThrows(UnwritableFileException.class, () -> AtomicFiles.write(target, "new"));
    return String.valueOf(e.getMessage());
  }

  @Test
  void aFileIsCreatedAndReplacedAndNothingElseIsLeft(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("status.json");
    AtomicFiles.write(file, "a much longer text than the next: \u00e4\u20ac");
    assertEquals("a much longer text than the next: \u00e4\u20ac", Files.readString(file));
    AtomicFiles.write(file, new byte[] {1, -1});
    assertArrayEquals(new byte[] {1, -1}, Files.readAllBytes(file));
    assertEquals(List.of("status.json"), names(dir));
  }

  @Test
  void theOldFileStandsUntilTheNewOneIsWhole(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("model");
    AtomicFiles.write(file, "old");
    AtomicFiles.write(
        file,
        channel -> {
          AtomicFiles.writeFully(channel, ByteBuffer.wrap(new byte[100_000]));
          assertEquals("old", Files.readString(file));
          assertEquals(2, names(dir).size());
          assertTrue(names(dir).get(0).startsWith(".model.tmp-" + ProcessHandle.current().pid()));
        });
    assertEquals(100_000, Files.size(file));
  }

  @Test
  void aFailureInTheMiddleLeavesTheOldFileAndNoDebris(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("model");
    AtomicFiles.write(file, "old");
    IOException e =
        assertThrows(
            UnwritableFileException.class,
            () ->
                AtomicFiles.write(
                    file,
                    channel -> {
                      AtomicFiles.writeFully(channel, ByteBuffer.allocate(10));
                      throw new IOException("Something broke");
                    }));
    assertEquals(file + ": cannot be written: something broke", e.getMessage());
    assertEquals("old", Files.readString(file));
    IllegalStateException bug = new IllegalStateException();
    assertSame(
        bug,
        assertThrows(
            IllegalStateException.class,
            () ->
                AtomicFiles.write(
                    file,
                    channel -> {
                      throw bug;
                    })));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("model"), names(dir));
  }

  @Test
  void aFullDiskIsSaidInWords(@TempDir Path dir) throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full on this system");
    Path file = dir.resolve("model");
    IOException e =
        assertThrows(
            UnwritableFileException.class,
            () ->
                AtomicFiles.write(
                    file,
                    channel -> {
                      try (OutputStream out = Files.newOutputStream(full)) {
                        out.write(1);
                      }
                    }));
    assertEquals(file + ": cannot be written: no space left on device", e.getMessage());
    assertEquals(List.of(), names(dir));
  }

  @Test
  void anInterruptFailsTheSave(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("model");
    Thread.currentThread().interrupt();
    try {
      assertEquals(file + ": cannot be written: the thread was interrupted", refusal(file));
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals(List.of(), names(dir));
  }

  @Test
  void aTargetThatCannotBeAFileIsRefusedWithTheReason(@TempDir Path dir) throws IOException {
    Path folder = Files.createDirectory(dir.resolve("folder"));
    assertEquals(folder + ": cannot be written: a folder stands there", refusal(folder));
    Path root = dir.getRoot();
    assertEquals(root + ": cannot be written: a folder stands there", refusal(root));
    Path parent = Files.writeString(dir.resolve("file"), "");
    Path below = parent.resolve("x");
    assertEquals(below + ": cannot be written: " + parent + " is not a folder", refusal(below));
    Path missing = dir.resolve("missing/x");
    assertEquals(
        missing + ": cannot be written: " + missing.getParent() + ": no such folder",
        refusal(missing));
    Path longName = dir.resolve("x".repeat(250));
    assertTrue(refusal(longName).startsWith(longName + ": cannot be written: "));
    assertEquals(List.of("file", "folder"), names(dir));
  }

  @Test
  void aDeviceIsRefusedAndStaysADevice(@TempDir Path dir) throws IOException {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "no /dev/null on this system");
    Path link = Files.createSymbolicLink(dir.resolve("link"), device);
    assertEquals(link + ": cannot be written: it is a device or a pipe, not a file", refusal(link));
    assertFalse(Files.isRegularFile(device));
    Files.delete(link);
  }

  @Test
  void aReadOnlyFolderIsSaidInWords(@TempDir Path dir) throws IOException {
    Path locked = Files.createDirectory(dir.resolve("locked"));
    assumeTrue(locked.toFile().setWritable(false), "no read-only folders on this system");
    try {
      assumeTrue(!Files.isWritable(locked), "this user may write everywhere");
      Path file = locked.resolve("x");
      assertEquals(file + ": cannot be written: permission denied", refusal(file));
    } finally {
      assertTrue(locked.toFile().setWritable(true));
    }
  }

  @Test
  void aReadOnlyFileSystemIsSaidInWords() {
    Path file = Path.of("/proc/cifar-engine-test"); // refuses every new file, root's too
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc on this system");
    String message = refusal(file);
    assertTrue(message.startsWith(file + ": cannot be written: "), message);
    assertTrue(message.length() > (file + ": cannot be written: ").length() + 5, message);
  }

  @Test
  void aLinkToAFileStaysALink(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "old");
    Path other = Files.createDirectory(dir.resolve("other"));
    Path link = Files.createSymbolicLink(other.resolve("link"), file);
    AtomicFiles.write(link, "new");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
    assertEquals(List.of("link"), names(other));
  }

  @Test
  void exceptionsThatSayOnlyThePathBecomeWords() {
    assertEquals("permission denied", Reason.of(new AccessDeniedException("x")));
    assertEquals("no such file or folder", Reason.of(new NoSuchFileException("x")));
    assertEquals("not a folder", Reason.of(new NotDirectoryException("x")));
    assertEquals("a folder stands there", Reason.of(new DirectoryNotEmptyException("x")));
    assertEquals("it exists already", Reason.of(new FileAlreadyExistsException("x")));
    assertEquals("the thread was interrupted", Reason.of(new ClosedByInterruptException()));
    assertEquals(
        "read-only file system",
        Reason.of(new FileSystemException("x", null, "Read-only file system")));
    assertEquals("IOException", Reason.of(new IOException()));
  }

  @Test
  void leftoversAreDeletedAndWhatIsBeingWrittenIsNot(@TempDir Path dir) throws Exception {
    Process process = new ProcessBuilder("java", "-version").start();
    process.waitFor();
    long dead = process.pid();
    long own = ProcessHandle.current().pid();
    long parent = ProcessHandle.current().parent().orElseThrow().pid();
    List<String> stale =
        List.of(
            ".model.tmp-" + dead + "-1",
            ".a.tmp-b.tmp-" + dead + "-77",
            ".m.tmp-" + own + "-0",
            ".model.tmp-" + parent + "-1");
    List<String> kept =
        List.of(
            "model.tmp-" + dead + "-1",
            ".model.tmp-" + dead,
            ".model.tmp-x-1",
            ".tmp-" + dead + "-1",
            "model");
    for (String name : stale) {
      Files.writeString(dir.resolve(name), "");
    }
    for (String name : kept) {
      Files.writeString(dir.resolve(name), "");
    }
    Path folder = Files.createDirectory(dir.resolve(".folder.tmp-" + dead + "-1"));
    List<String> expected = new ArrayList<>(kept);
    expected.add(folder.getFileName().toString());
    expected.add("new");
    AtomicFiles.write(
        dir.resolve("new"),
        channel ->
            assertEquals(stale.size(), AtomicFiles.removeLeftovers(dir), "not what is written"));
    assertEquals(List.copyOf(new TreeSet<>(expected)), names(dir));
    IOException e =
        assertThrows(
            UnreadableFileException.class, () -> AtomicFiles.removeLeftovers(dir.resolve("none")));
    assertTrue(String.valueOf(e.getMessage()).contains("no such file or folder"), e.toString());
  }
}
