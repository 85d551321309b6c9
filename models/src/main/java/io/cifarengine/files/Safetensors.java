// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import io.cifarengine.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Named tensors and texts about them, in the safetensors format: 8 bytes of little-endian header
 * length, a JSON header padded with spaces to a multiple of 8, the tensors without gaps. Equal content
 * gives equal bytes.
 *
 * <p>Narrower than the format: a header of at most 1 MiB, names of {@code [A-Za-z0-9._-]{1,128}}, at
 * most 8 dimensions, F32, F64, I64 and U8 only, no NaN and no infinity. The texts carry the SHA-256 of
 * the data under {@code sha256}, and under {@code header_sha256} that of the header's JSON without this
 * text and without the padding. Each is verified where a file has it.
 *
 * <p>Source of the format: https://github.com/huggingface/safetensors, "Format".
 */
public final class Safetensors {
  static final int MAX_HEADER = 1 << 20;
  static final int MAX_RANK = 8;
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  static final String METADATA = "__metadata__";
  static final String SHA256 = "sha256";
  static final String HEADER_SHA256 = "header_sha256";
  static final String DTYPE = "dtype";
  static final String SHAPE = "shape";
  static final String OFFSETS = "data_offsets";

  /** The bytes that are between arrays and a file at a time: a multiple of every element's size. */
  static final int CHUNK = 1 << 16;

  private final Map<String, StoredTensor> tensors;
  private final Map<String, String> metadata;

  /**
   * The content of a file.
   *
   * @param tensors in the order of the file
   * @param metadata what is known about them, sorted in the file
   * @throws IllegalArgumentException for a name or a rank beyond the limits, or a key that is a digest's
   */
  public Safetensors(Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    tensors.forEach(
        (name, tensor) -> {
          if (!NAME.matcher(name).matches() || name.equals(METADATA)) {
            throw new IllegalArgumentException(
                "tensor " + name + ": expected a name of [A-Za-z0-9._-]{1,128}");
          }
          if (tensor.shape().rank() > MAX_RANK) {
            throw new IllegalArgumentException(
                "tensor " + name + ": expected at most 8 dimensions, found " + tensor.shape());
          }
        });
    for (String key : List.of(SHA256, HEADER_SHA256)) {
      if (metadata.containsKey(key)) {
        throw new IllegalArgumentException("metadata: the key " + key + " is taken by a digest");
      }
    }
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    this.metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /**
   * Reads a whole file, and allocates no more than its size.
   *
   * @throws UnreadableFileException where it is missing, or not of this format or these limits
   */
  public static Safetensors read(Path file) throws IOException {
    return new SafetensorsReader(file).read();
  }

  /** The tensors in the order of the file. */
  public Map<String, StoredTensor> tensors() {
    return tensors;
  }

  /** The texts about them, sorted, without the digest. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * Replaces a file by this content, in one step.
   *
   * @throws IllegalArgumentException where a number is NaN or infinite, or the header too long
   * @throws UnwritableFileException where the file cannot be written
   */
  public void write(Path file) throws IOException {
    tensors.forEach(Safetensors::requireFinite);
    byte[] header = header();
    AtomicFiles.write(
        file,
        channel -> {
          ByteBuffer chunk = chunk();
          chunk.putLong(header.length).flip();
          AtomicFiles.writeFully(channel, chunk);
          AtomicFiles.writeFully(channel, ByteBuffer.wrap(header));
          for (StoredTensor tensor : tensors.values()) {
            write(tensor, channel, chunk);
          }
        });
  }

  private static void requireFinite(String name, StoredTensor tensor) {
    int bad = tensor.firstNotFinite();
    if (bad >= 0) {
      throw new IllegalArgumentException(
          "tensor " + name + ": expected finite numbers, found NaN or infinity at index " + bad);
    }
  }

  private byte[] header() {
    String data = digest();
    String json = json(Map.of(SHA256, data, HEADER_SHA256, headerDigest(data)));
    String padded = json + " ".repeat(-json.length() & 7); // the writer's JSON is ASCII
    if (padded.length() > MAX_HEADER) {
      throw new IllegalArgumentException(
          "header: expected at most " + MAX_HEADER + " bytes, found " + padded.length());
    }
    return padded.getBytes(StandardCharsets.US_ASCII);
  }

  /** What {@link #HEADER_SHA256} is, of a file whose {@link #SHA256} is this. */
  String headerDigest(String data) {
    MessageDigest sha = sha256();
    sha.update(json(Map.of(SHA256, data)).getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(sha.digest());
  }

  /** The header with these texts besides. */
  private String json(Map<String, String> digests) {
    Map<String, String> texts = new TreeMap<>(metadata);
    texts.putAll(digests);
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put(METADATA, texts);
    long offset = 0;
    for (Map.Entry<String, StoredTensor> entry : tensors.entrySet()) {
      StoredTensor tensor = entry.getValue();
      long end = offset + (long) tensor.shape().size() * tensor.type().bytes();
      Map<String, Object> about = new LinkedHashMap<>();
      about.put(DTYPE, tensor.type().name());
      about.put(SHAPE, dims(tensor.shape()));
      about.put(OFFSETS, List.of(offset, end));
      entries.put(entry.getKey(), about);
      offset = end;
    }
    return Json.compact(entries);
  }

  private static List<Integer> dims(Shape shape) {
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      dims.add(shape.dim(axis));
    }
    return dims;
  }

  private String digest() {
    MessageDigest sha = sha256();
    ByteBuffer chunk = chunk();
    for (StoredTensor tensor : tensors.values()) {
      int step = CHUNK / tensor.type().bytes();
      int size = tensor.shape().size();
      for (int left = size; left > 0; left -= Math.min(step, left)) {
        tensor.get(size - left, Math.min(step, left), chunk);
        sha.update(chunk);
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static void write(StoredTensor tensor, WritableByteChannel channel, ByteBuffer chunk)
      throws IOException {
    int step = CHUNK / tensor.type().bytes();
    int size = tensor.shape().size();
    for (int left = size; left > 0; left -= Math.min(step, left)) {
      tensor.get(size - left, Math.min(step, left), chunk);
      AtomicFiles.writeFully(channel, chunk);
    }
  }

  static ByteBuffer chunk() {
    return ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
