// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  private static final float[] FLOATS = {
    0f, -0f, 1f, Float.MIN_VALUE, -Float.MIN_NORMAL, Float.MAX_VALUE, 0x1.234568p-3f
  };
  private static final double[] DOUBLES = {-0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1.0 / 3};
  private static final long[] LONGS = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1};

  private static byte[] bytes(int n) {
    byte[] bytes = new byte[n];
    for (int i = 0; i < n; i++) {
      bytes[i] = (byte) (i * 37);
    }
    return bytes;
  }

  /** More than one chunk of each type, odd sizes, a scalar and an empty tensor. */
  private static Safetensors everything() {
    float[] floats = Arrays.copyOf(FLOATS, Safetensors.CHUNK / 4 * 2 + 3);
    floats[floats.length - 1] = 5;
    long[] longs = Arrays.copyOf(LONGS, Safetensors.CHUNK / 8 + 1);
    longs[longs.length - 1] = -3;
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    tensors.put(
        "z.bytes", StoredTensor.of(bytes(Safetensors.CHUNK + 5), Shape.of(Safetensors.CHUNK + 5)));
    tensors.put("0.weight", StoredTensor.of(Tensor.wrap(floats, floats.length, 1)));
    tensors.put("doubles", StoredTensor.of(DOUBLES, Shape.of(2, 1, 2)));
    tensors.put("empty", StoredTensor.of(new double[0], Shape.of(3, 0)));
    tensors.put("A_b-c", StoredTensor.of(longs, Shape.of(longs.length)));
    tensors.put("scalar", StoredTensor.of(new long[] {7}, Shape.of()));
    return new Safetensors(tensors, Map.of("b", "\u20ac \"x\"\n", "a", ""));
  }

  private static Safetensors small() {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    tensors.put("w", StoredTensor.of(Tensor.wrap(new float[] {1, 2, 3, 4, 5, 6}, 2, 3)));
    tensors.put("n", StoredTensor.of(new long[] {1, 2}, Shape.of(2)));
    tensors.put("b", StoredTensor.of(new byte[] {1, 2, 3}, Shape.of(3)));
    tensors.put("d", StoredTensor.of(new double[] {0.5}, Shape.of(1)));
    return new Safetensors(tensors, Map.of("format", "test"));
  }

  @Test
  void whatIsWrittenIsReadBitForBit(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("all.safetensors");
    Safetensors written = everything();
    written.write(file);
    Safetensors read = Safetensors.read(file);
    assertEquals(List.copyOf(written.tensors().keySet()), List.copyOf(read.tensors().keySet()));
    assertEquals(Map.of("a", "", "b", "\u20ac \"x\"\n"), read.metadata());
    assertEquals(List.of("a", "b"), List.copyOf(read.metadata().keySet()));
    written
        .tensors()
        .forEach(
            (name, tensor) -> {
              StoredTensor again = Objects.requireNonNull(read.tensors().get(name));
              assertEquals(tensor.type(), again.type(), name);
              assertEquals(tensor.shape(), again.shape(), name);
              assertArrayEquals(data(tensor), data(again), name);
            });
  }

  /** The elements as bits, so that -0 is not 0. */
  private static long[] data(StoredTensor tensor) {
    long[] bits = new long[tensor.shape().size()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] =
          switch (tensor.type()) {
            case F32 -> Float.floatToRawIntBits(tensor.tensor().data()[i]);
            case F64 -> Double.doubleToRawLongBits(tensor.doubles()[i]);
            case I64 -> tensor.longs()[i];
            case U8 -> tensor.bytes()[i];
          };
    }
    return bits;
  }

  @Test
  void theBytesAreThoseOfTheFormat(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("small.safetensors");
    small().write(file);
    ByteBuffer data = ByteBuffer.allocate(24 + 16 + 3 + 8).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 1; i <= 6; i++) {
      data.putFloat(i);
    }
    data.putLong(1).putLong(2).put((byte) 1).put((byte) 2).put((byte) 3).putDouble(0.5);
    String texts = "\"format\":\"test\",\"sha256\":\"" + sha(data.array()) + "\"";
    String entries =
        "},\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}"
            + ",\"n\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[24,40]}"
            + ",\"b\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[40,43]}"
            + ",\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[43,51]}}";
    String header = "{\"__metadata__\":{" + texts + entries;
    String sha = sha(header.getBytes(StandardCharsets.US_ASCII));
    header = header.replace("\"sha256\"", "\"header_sha256\":\"" + sha + "\",\"sha256\"");
    header += " ".repeat((8 - header.length() % 8) % 8);
    assertArrayEquals(file(header, data.array()), Files.readAllBytes(file));
    Path again = dir.resolve("again.safetensors");
    Safetensors.read(file).write(again);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
  }

  private static String sha(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] file(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }

  @Test
  void filesOfOthersLoad(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("other.safetensors");
    String header =
        " {\"b\":{\"shape\":[2],\"data_offsets\":[1,3],\"dtype\":\"U8\"},".trim()
            + "\"a\" : {\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]} }  ";
    put(file, file(header, new byte[] {5, 6, 7}));
    Safetensors read = Safetensors.read(file);
    assertEquals(List.of("a", "b"), List.copyOf(read.tensors().keySet()), "in the data's order");
    assertArrayEquals(new byte[] {6, 7}, Objects.requireNonNull(read.tensors().get("b")).bytes());
    assertEquals(Map.of(), read.metadata());
    put(file, file("{}", new byte[0]));
    assertEquals(Map.of(), Safetensors.read(file).tensors());
  }

  private static void assertRefused(String message, Path file, String header, int dataBytes)
      throws IOException {
    put(file, file(header, new byte[dataBytes]));
    assertRefused(message, file);
  }

  /** A new file: to cut one short and write it again makes some file systems wait for the disk. */
  private static void put(Path file, byte[] bytes) throws IOException {
    Files.deleteIfExists(file);
    Files.write(file, bytes);
  }

  private static void assertRefused(String message, Path file) {
    IOException e = assertThrows(UnreadableFileException.class, () -> Safetensors.read(file));
    String found = String.valueOf(e.getMessage());
    assertTrue(found.startsWith(file + ": " + message), found);
  }

  private static String tensor(String dtype, String shape, String offsets) {
    return "{\"t\":{\"dtype\":\""
        + dtype
        + "\",\"shape\":"
        + shape
        + ",\"data_offsets\":"
        + offsets
        + "}}";
  }

  @Test
  void headersThatLieAreRefusedWithTheReason(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("x");
    assertRefused(
        "tensor t: element type (expected F32, F64, I64 or U8, found \"BF16\")",
        file,
        tensor("BF16", "[2]", "[0,4]"),
        4);
    assertRefused(
        "tensor t: element type (expected F32, F64, I64 or U8, found \"F16\")",
        file,
        tensor("F16", "[2]", "[0,4]"),
        4);
    assertRefused(
        "tensor t: F32 [2] (expected 8 bytes, found 4)", file, tensor("F32", "[2]", "[0,4]"), 4);
    assertRefused(
        "tensor t: shape (expected at most 2147483647 elements",
        file,
        tensor("U8", "[2147483647,2147483647,2147483647,2]", "[0,4]"),
        4);
    assertRefused(
        "tensor t: shape (expected at most 2147483647 elements",
        file,
        tensor("U8", "[4294967296,4294967296]", "[0,0]"),
        0);
    assertRefused(
        "tensor t: F64 [2147483647] (expected 17179869176 bytes, found 4)",
        file,
        tensor("F64", "[2147483647]", "[0,4]"),
        4);
    String whole = "(expected a list of at most 8 whole numbers from 0 on)";
    assertRefused("tensor t: shape " + whole, file, tensor("U8", "[-1]", "[0,4]"), 4);
    assertRefused("tensor t: shape " + whole, file, tensor("U8", "[4.0]", "[0,4]"), 4);
    assertRefused("tensor t: shape " + whole, file, tensor("U8", "4", "[0,4]"), 4);
    assertRefused(
        "tensor t: shape " + whole, file, tensor("U8", "[4,1,1,1,1,1,1,1,1]", "[0,4]"), 4);
    assertRefused(
        "tensor t: shape " + whole, file, tensor("U8", "[99999999999999999999]", "[0,4]"), 4);
    String within = "tensor t: data_offsets (expected [begin, end] within 4 bytes of data, found ";
    assertRefused(within + "[0, 5])", file, tensor("U8", "[5]", "[0,5]"), 4);
    assertRefused(within + "[3, 2])", file, tensor("U8", "[1]", "[3,2]"), 4);
    assertRefused(within + "[0])", file, tensor("U8", "[1]", "[0]"), 4);
    assertRefused(
        "tensor t: its data must follow the tensor before it (expected offset 0, found 1)",
        file,
        tensor("U8", "[3]", "[1,4]"),
        4);
    assertRefused(
        "the tensors do not fill the file (expected 3 bytes of data, found 4)",
        file,
        tensor("U8", "[3]", "[0,3]"),
        4);
    assertRefused(
        "tensor b: its data must follow the tensor before it (expected offset 3, found 2)",
        file,
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,4]}}",
        4);
    assertRefused(
        "header: line 1, column 56: the key \"t\" stands here a second time",
        file,
        tensor("U8", "[4]", "[0,4]").replaceFirst("}}$", "},")
            + "  \"t\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[4,4]}}",
        4);
    assertRefused(
        "tensor \"../x\": expected a name of",
        file,
        tensor("U8", "[4]", "[0,4]").replace("\"t\"", "\"../x\""),
        4);
    assertRefused(
        "tensor t: expected an object of dtype, shape and data_offsets",
        file,
        "{\"t\":{\"dtype\":\"U8\",\"shape\":[4]}}",
        4);
    assertRefused("tensor t: expected an object of dtype", file, "{\"t\":5}", 4);
    assertRefused("__metadata__ (expected texts only)", file, "{\"__metadata__\":{\"a\":1}}", 0);
    assertRefused("__metadata__ (expected an object of texts)", file, "{\"__metadata__\":[]}", 0);
    assertRefused("the header does not begin with {", file, " {}", 0);
    assertRefused("the header does not begin with {", file, "", 0);
    assertRefused("the header does not begin with {", file, "[]", 0);
    assertRefused("header: line 1, column 2: expected a key", file, "{", 0);
    assertRefused(
        "header: line 1, column 21: nested deeper than 4", file, "{\"a\":".repeat(4) + "{", 0);
    assertRefused(
        "wrong SHA-256 of the data (expected \"0\", found e3b0c442",
        file,
        "{\"__metadata__\":{\"sha256\":\"0\"}}",
        0);
    assertRefused(
        "wrong SHA-256 of the header (expected \"0\", found ",
        file,
        "{\"__metadata__\":{\"header_sha256\":\"0\"}}",
        0);
  }

  @Test
  void filesThatAreNoneAreRefusedWithTheReason(@TempDir Path dir) throws IOException {
    assertRefused("no such file", dir.resolve("none"));
    assertRefused("it is not a file", dir);
    Path file = dir.resolve("x");
    put(file, new byte[7]);
    assertRefused("too short for a header (expected at least 8 bytes, found 7)", file);
    put(file, new byte[] {9, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
    assertRefused("the header is cut off (expected 9 bytes, found 2)", file);
    put(file, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, '{', '}'});
    assertRefused(
        "header length (expected at most 1048576 bytes, found 18446744073709551615)", file);
    put(file, new byte[] {1, 0, 16, 0, 0, 0, 0, 0, '{', '}'});
    assertRefused("header length (expected at most 1048576 bytes, found 1048577)", file);
    put(file, new byte[] {3, 0, 0, 0, 0, 0, 0, 0, '{', (byte) 0xC3, '}'});
    assertRefused("the header is not UTF-8", file);
  }

  @Test
  void whatIsNotFiniteIsNeitherWrittenNorRead(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("x");
    float[] floats = {1, Float.NaN};
    var bad = new Safetensors(Map.of("w", StoredTensor.of(Tensor.wrap(floats, 2))), Map.of());
    String message =
        assertThrows(IllegalArgumentException.class, () -> bad.write(file)).getMessage();
    assertEquals("tensor w: expected finite numbers, found NaN or infinity at index 1", message);
    double[] doubles = {Double.NEGATIVE_INFINITY};
    var worse = new Safetensors(Map.of("d", StoredTensor.of(doubles, Shape.of(1))), Map.of());
    assertThrows(IllegalArgumentException.class, () -> worse.write(file));
    assertFalse(Files.exists(file));
    byte[] infinity = {0, 0, (byte) 0x80, 0x7F};
    put(file, file(tensor("F32", "[1]", "[0,4]"), infinity));
    assertRefused("tensor t: expected finite numbers, found NaN or infinity at index 0", file);
  }

  @Test
  void contentBeyondTheLimitsIsRefusedBeforeItIsWritten(@TempDir Path dir) throws IOException {
    StoredTensor one = StoredTensor.of(new long[] {1}, Shape.of(1));
    for (String name : List.of("", "a b", "a/b", "x".repeat(129), "\u00e4", "__metadata__")) {
      assertThrows(
          IllegalArgumentException.class, () -> new Safetensors(Map.of(name, one), Map.of()), name);
    }
    StoredTensor deep = StoredTensor.of(new long[] {1}, Shape.of(1, 1, 1, 1, 1, 1, 1, 1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new Safetensors(Map.of("a", deep), Map.of()));
    for (String key : List.of("sha256", "header_sha256")) {
      assertThrows(
          IllegalArgumentException.class, () -> new Safetensors(Map.of(), Map.of(key, "")), key);
    }
    var huge = new Safetensors(Map.of(), Map.of("a", "x".repeat(1 << 20)));
    assertThrows(IllegalArgumentException.class, () -> huge.write(dir.resolve("x")));
    assertFalse(Files.exists(dir.resolve("x")));
    assertThrows(IllegalArgumentException.class, () -> StoredTensor.of(new long[2], Shape.of(3)));
    assertThrows(IllegalStateException.class, one::tensor);
    assertThrows(IllegalStateException.class, one::doubles);
    assertThrows(IllegalStateException.class, one::bytes);
    assertEquals(1, one.longs().length);
  }

  @Test
  void everyByteMatters(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("x");
    small().write(file);
    byte[] good = Files.readAllBytes(file);
    int dataStart = good.length - 51;
    for (int at = dataStart; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      put(file, bad);
      assertRefused("wrong SHA-256 of the data", file);
    }
    for (int length = 0; length < good.length; length++) {
      put(file, Arrays.copyOf(good, length));
      assertThrows(UnreadableFileException.class, () -> Safetensors.read(file), "cut at " + length);
    }
    put(file, Arrays.copyOf(good, good.length + 1));
    assertRefused("the tensors do not fill the file", file);
  }

  /** Headers of valid files with numbers, tokens, bits and lengths exchanged. */
  @Test
  void damagedFilesAreReadOrRefusedWithinTheirOwnSize(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("x");
    small().write(file);
    byte[] good = Files.readAllBytes(file);
    ThreadMXBean meter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    String[] tokens = {
      "0",
      "-1",
      "2147483647",
      "2147483648",
      "9223372036854775807",
      "9223372036854775808",
      "1e9",
      "[",
      "]",
      "{",
      "}",
      ",",
      "\"F16\"",
      "\"F64\"",
      "\"U8\"",
      "\"w\"",
      "\"shape\"",
      "[0,24]",
      "[]",
      "null",
      "[2147483647,2147483647,4]",
      "\\ud800",
      "\u20ac",
      " "
    };
    int refused = 0;
    int rounds = 4_000;
    for (int round = 0; round < rounds; round++) {
      byte[] bytes = damaged(good, Randoms.seeded(round), tokens);
      put(file, bytes);
      long before = meter.getCurrentThreadAllocatedBytes();
      try {
        Safetensors.read(file);
      } catch (UnreadableFileException e) {
        refused++;
        String found = String.valueOf(e.getMessage());
        assertTrue(found.startsWith(file + ": "), found);
        assertTrue(found.chars().allMatch(c -> c >= ' ' && c <= '~'), found);
      }
      long allocated = meter.getCurrentThreadAllocatedBytes() - before;
      // the chunk, and for a header of less than 2 KiB its text and values with room to spare
      assertTrue(allocated < Safetensors.CHUNK + (1 << 20), "round " + round + ": " + allocated);
    }
    assertTrue(refused > rounds / 2 && refused < rounds, refused + " refused");
  }

  private static byte[] damaged(byte[] good, Randoms randoms, String[] tokens) {
    int dataStart = good.length - 51;
    byte[] data = Arrays.copyOfRange(good, dataStart, good.length);
    StringBuilder header =
        new StringBuilder(new String(good, 8, dataStart - 8, StandardCharsets.US_ASCII));
    if (randoms.below(2, 0) == 0) { // without the digest, so that the data is reached
      int at = header.indexOf("\"__metadata__\"");
      header.delete(at, header.indexOf("},") + 2);
    }
    int changes = 1 + randoms.below(3, 1);
    for (int i = 1; i <= changes; i++) {
      int at = randoms.below(header.length(), 10L * i);
      int end = Math.min(header.length(), at + randoms.below(40, 10L * i + 1));
      String token = tokens[randoms.below(tokens.length, 10L * i + 2)];
      switch (randoms.below(6, 10L * i + 3)) {
        case 0 ->
            header.setCharAt(at, (char) (header.charAt(at) ^ 1 << randoms.below(7, 10L * i + 4)));
        case 1 -> header.replace(at, end, token);
        case 2 -> header.insert(at, header.substring(at, end));
        case 3 -> data = Arrays.copyOf(data, randoms.below(100, 10L * i + 4));
        case 4 -> header.append(" ");
        default -> replaceNumber(header, at, token);
      }
    }
    byte[] bytes = file(header.toString(), data);
    if (randoms.below(8, 2) == 0) {
      bytes[randoms.below(8, 3)] ^= (byte) (1 << randoms.below(8, 4));
    }
    return bytes;
  }

  private static void replaceNumber(StringBuilder header, int from, String token) {
    int at = from;
    while (at < header.length() && !Character.isDigit(header.charAt(at))) {
      at++;
    }
    int end = at;
    while (end < header.length() && Character.isDigit(header.charAt(end))) {
      end++;
    }
    header.replace(at, end, token);
  }
}
