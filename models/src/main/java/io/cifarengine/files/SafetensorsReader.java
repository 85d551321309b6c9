// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.ShapeException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a safetensors file and believes nothing: every size is compared with the file's own before
 * anything is allocated.
 */
final class SafetensorsReader {
  private static final int PREFIX = Long.BYTES;

  /** The header is an object of objects of lists. */
  private static final int MAX_DEPTH = 4;

  private static final String DAMAGED =
      "The file is damaged or not a safetensors file; save or copy it again";
  private static final String OTHER = "Save it with the types and limits that this engine reads";

  private final Path file;

  SafetensorsReader(Path file) {
    this.file = file;
  }

  /** Where a tensor lies in the data. */
  private record Place(String name, StoredTensor.Type type, Shape shape, long begin, long end) {}

  Safetensors read() throws UnreadableFileException {
    if (!Files.exists(file)) {
      throw new UnreadableFileException(file, "no such file", "Check the path");
    }
    if (!Files.isRegularFile(file)) {
      throw new UnreadableFileException(file, "it is not a file", "Check the path");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel);
    } catch (UnreadableFileException e) {
      throw e;
    } catch (EOFException e) {
      throw damaged("it became shorter while it was read");
    } catch (IOException e) {
      throw new UnreadableFileException(
          file, "cannot be read: " + Reason.of(e), "Check the file and its permissions");
    }
  }

  private Safetensors read(FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer chunk = Safetensors.chunk();
    Map<?, ?> header = header(channel, size, chunk);
    Map<String, String> metadata = metadata(header);
    long dataStart = channel.position();
    List<Place> places = places(header, size - dataStart);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    MessageDigest sha = Safetensors.sha256();
    for (Place place : places) {
      StoredTensor tensor = StoredTensor.zeros(place.type(), place.shape());
      fill(tensor, channel, chunk, sha);
      tensors.put(place.name(), tensor);
    }
    String data = HexFormat.of().formatHex(sha.digest());
    requireSame("data", Optional.ofNullable(metadata.remove(Safetensors.SHA256)), data);
    Optional<String> ofHeader = Optional.ofNullable(metadata.remove(Safetensors.HEADER_SHA256));
    Safetensors content = new Safetensors(tensors, metadata);
    requireSame("header", ofHeader, content.headerDigest(data));
    for (Map.Entry<String, StoredTensor> entry : tensors.entrySet()) {
      int bad = entry.getValue().firstNotFinite();
      if (bad >= 0) {
        throw new UnreadableFileException(
            file,
            tensor(entry.getKey())
                + "expected finite numbers, found NaN or infinity at index "
                + bad,
            "The model diverged before it was saved; train it again");
      }
    }
    return content;
  }

  /** A file that says nothing is one of another writer. */
  private void requireSame(String part, Optional<String> expected, String found)
      throws UnreadableFileException {
    if (expected.isPresent() && !expected.get().equals(found)) {
      throw damaged(
          "wrong SHA-256 of the "
              + part
              + " (expected "
              + shown(expected.get())
              + ", found "
              + found
              + ")");
    }
  }

  private Map<?, ?> header(FileChannel channel, long size, ByteBuffer chunk) throws IOException {
    if (size < PREFIX) {
      throw damaged("too short for a header (expected at least 8 bytes, found " + size + ")");
    }
    chunk.limit(PREFIX);
    readFully(channel, chunk);
    long length = chunk.getLong();
    if (length < 0 || length > Safetensors.MAX_HEADER) {
      throw damaged(
          "header length (expected at most "
              + Safetensors.MAX_HEADER
              + " bytes, found "
              + Long.toUnsignedString(length)
              + ")");
    }
    if (length > size - PREFIX) {
      throw damaged(
          "the header is cut off (expected " + length + " bytes, found " + (size - PREFIX) + ")");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    readFully(channel, bytes);
    if (length == 0 || bytes.get(0) != '{') {
      throw damaged("the header does not begin with {");
    }
    try {
      String json = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return (Map<?, ?>) JsonReader.read(json, MAX_DEPTH); // it begins with {
    } catch (CharacterCodingException e) {
      throw damaged("the header is not UTF-8");
    } catch (JsonException e) {
      throw damaged("header: " + e.getMessage());
    }
  }

  private Map<String, String> metadata(Map<?, ?> header) throws UnreadableFileException {
    Map<String, String> metadata = new TreeMap<>();
    if (!header.containsKey(Safetensors.METADATA)) {
      return metadata;
    }
    if (!(header.get(Safetensors.METADATA) instanceof Map<?, ?> map)) {
      throw damaged("__metadata__ (expected an object of texts)");
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getValue() instanceof String text)) {
        throw damaged("__metadata__ (expected texts only)");
      }
      metadata.put((String) entry.getKey(), text);
    }
    return metadata;
  }

  /** All tensors in the order of their data, which they cover without a gap. */
  private List<Place> places(Map<?, ?> header, long dataSize) throws UnreadableFileException {
    List<Place> places = new ArrayList<>();
    for (Map.Entry<?, ?> entry : header.entrySet()) {
      String name = (String) entry.getKey();
      if (!name.equals(Safetensors.METADATA)) {
        places.add(place(name, entry.getValue(), dataSize));
      }
    }
    places.sort(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end));
    long at = 0;
    for (Place place : places) {
      if (place.begin() != at) {
        throw damaged(
            tensor(place.name())
                + "its data must follow the tensor before it (expected offset "
                + at
                + ", found "
                + place.begin()
                + ")");
      }
      at = place.end();
    }
    if (at != dataSize) {
      throw damaged(
          "the tensors do not fill the file (expected "
              + at
              + " bytes of data, found "
              + dataSize
              + ")");
    }
    return places;
  }

  private Place place(String name, Object value, long dataSize) throws UnreadableFileException {
    if (!Safetensors.NAME.matcher(name).matches()) {
      throw new UnreadableFileException(
          file, "tensor " + shown(name) + ": expected a name of [A-Za-z0-9._-]{1,128}", OTHER);
    }
    if (!(value instanceof Map<?, ?> about)
        || !about
            .keySet()
            .equals(Set.of(Safetensors.DTYPE, Safetensors.SHAPE, Safetensors.OFFSETS))) {
      throw damaged(tensor(name) + "expected an object of dtype, shape and data_offsets");
    }
    StoredTensor.Type type = type(name, about);
    long[] dims = wholeNumbers(name, about, Safetensors.SHAPE);
    long[] offsets = wholeNumbers(name, about, Safetensors.OFFSETS);
    if (offsets.length != 2 || offsets[0] > offsets[1] || offsets[1] > dataSize) {
      throw damaged(
          tensor(name)
              + "data_offsets (expected [begin, end] within "
              + dataSize
              + " bytes of data, found "
              + Arrays.toString(offsets)
              + ")");
    }
    Shape shape = shape(name, dims);
    long bytes = Math.multiplyExact((long) shape.size(), type.bytes());
    if (bytes != offsets[1] - offsets[0]) {
      throw damaged(
          tensor(name)
              + type
              + " "
              + shape
              + " (expected "
              + bytes
              + " bytes, found "
              + (offsets[1] - offsets[0])
              + ")");
    }
    return new Place(name, type, shape, offsets[0], offsets[1]);
  }

  private StoredTensor.Type type(String name, Map<?, ?> about) throws UnreadableFileException {
    Object dtype = about.get(Safetensors.DTYPE);
    for (StoredTensor.Type type : StoredTensor.Type.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw new UnreadableFileException(
        file,
        tensor(name)
            + "element type (expected F32, F64, I64 or U8, found "
            + (dtype instanceof String text ? shown(text) : "no text")
            + ")",
        OTHER);
  }

  private long[] wholeNumbers(String name, Map<?, ?> about, String key)
      throws UnreadableFileException {
    if (about.get(key) instanceof List<?> list && list.size() <= Safetensors.MAX_RANK) {
      long[] numbers = new long[list.size()];
      boolean whole = true;
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = list.get(i) instanceof Long number ? number : -1;
        whole &= numbers[i] >= 0;
      }
      if (whole) {
        return numbers;
      }
    }
    throw damaged(tensor(name) + key + " (expected a list of at most 8 whole numbers from 0 on)");
  }

  private Shape shape(String name, long[] dims) throws UnreadableFileException {
    int[] ints = new int[dims.length];
    try {
      for (int i = 0; i < dims.length; i++) {
        ints[i] = Math.toIntExact(dims[i]);
      }
      return Shape.of(ints); // which checks the product
    } catch (ArithmeticException | ShapeException e) {
      throw damaged(
          tensor(name)
              + "shape (expected at most "
              + Integer.MAX_VALUE
              + " elements, found "
              + Arrays.toString(dims)
              + ")");
    }
  }

  private static void fill(
      StoredTensor tensor, FileChannel channel, ByteBuffer chunk, MessageDigest sha)
      throws IOException {
    int step = Safetensors.CHUNK / tensor.type().bytes();
    int size = tensor.shape().size();
    int n;
    for (int left = size; left > 0; left -= n) {
      n = Math.min(step, left);
      chunk.clear().limit(n * tensor.type().bytes());
      readFully(channel, chunk);
      tensor.put(size - left, n, chunk);
      sha.update(chunk);
    }
  }

  /** Fills the buffer up to its limit and turns it to be read. */
  private static void readFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException();
      }
    }
    bytes.flip();
  }

  private static String tensor(String name) {
    return "tensor " + name + ": ";
  }

  /** What a file says, safe to print and short. */
  private static String shown(String text) {
    return Json.compact(text.length() <= 64 ? text : text.substring(0, 64) + "...");
  }

  private UnreadableFileException damaged(String what) {
    return new UnreadableFileException(file, what, DAMAGED);
  }
}
