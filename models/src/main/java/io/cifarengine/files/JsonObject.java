// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A JSON object by its keys; every error names the place, the key, what was expected and what found. */
public final class JsonObject {
  private static final int MAX_BYTES = 64 << 20;

  private final String where;
  private final Map<String, Object> values;

  private JsonObject(String where, Map<String, Object> values) {
    this.where = where;
    this.values = values;
  }

  /**
   * The object that is the whole of a text.
   *
   * @param where what errors begin with, such as a path
   * @throws JsonException where the text is no JSON object
   */
  public static JsonObject read(String where, String text) throws JsonException {
    Object value;
    try {
      value = JsonReader.read(text);
    } catch (JsonException e) {
      throw new JsonException(where + ": " + e.getMessage());
    }
    return new JsonObject(where, entries(where, value));
  }

  /**
   * The object in a file of at most 64 MiB in UTF-8.
   *
   * @throws UnreadableFileException where the file cannot be read
   * @throws JsonException where it holds no JSON object
   */
  public static JsonObject read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new UnreadableFileException(file, "no such file", "Check the path");
    }
    if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
      throw new UnreadableFileException(
          file, "expected a file of at most " + MAX_BYTES + " bytes", "Check the path");
    }
    String text;
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableFileException(file, "the text is not UTF-8", "Check the path");
    } catch (IOException e) {
      throw new UnreadableFileException(
          file, "cannot be read: " + Reason.of(e), "Check the file and its permissions");
    }
    return read(file.toString(), text);
  }

  /** The keys in the order of the text. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** Whether the key is there with a value other than null. */
  public boolean has(String key) {
    Object value = values.get(key);
    return value != null && !value.equals(Optional.empty());
  }

  /** The string under a key. */
  public String text(String key) throws JsonException {
    return text(at(key), value(key));
  }

  /** The number under a key. */
  public double number(String key) throws JsonException {
    Object value = value(key);
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(at(key), "a number", value);
  }

  /** The whole number under a key. */
  public long whole(String key) throws JsonException {
    Object value = value(key);
    if (value instanceof Long number) {
      return number;
    }
    throw wrong(at(key), "a whole number", value);
  }

  /** The boolean under a key. */
  public boolean flag(String key) throws JsonException {
    Object value = value(key);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(at(key), "true or false", value);
  }

  /** The object under a key. */
  public JsonObject object(String key) throws JsonException {
    return new JsonObject(at(key), entries(at(key), value(key)));
  }

  /** The objects in the list under a key. */
  public List<JsonObject> objects(String key) throws JsonException {
    List<JsonObject> objects = new ArrayList<>();
    for (Object element : list(key)) {
      String place = at(key) + "[" + objects.size() + "]";
      objects.add(new JsonObject(place, entries(place, element)));
    }
    return objects;
  }

  /** The strings in the list under a key. */
  public List<String> texts(String key) throws JsonException {
    List<String> texts = new ArrayList<>();
    for (Object element : list(key)) {
      texts.add(text(at(key) + "[" + texts.size() + "]", element));
    }
    return texts;
  }

  /** The list under a key, of whatever {@link JsonReader} makes. */
  public List<Object> list(String key) throws JsonException {
    Object value = value(key);
    if (value instanceof List<?> list) {
      return List.copyOf(list);
    }
    throw wrong(at(key), "a list", value);
  }

  /** The value under a key, whatever {@link JsonReader} makes of it. */
  public Object value(String key) throws JsonException {
    Object value = values.get(key);
    if (value == null) {
      throw new JsonException(
          where
              + ": expected the key "
              + key
              + ", found "
              + Json.compact(List.copyOf(values.keySet())));
    }
    return value;
  }

  private String at(String key) {
    return where + ": " + key;
  }

  private static String text(String place, Object value) throws JsonException {
    if (value instanceof String text) {
      return text;
    }
    throw wrong(place, "text", value);
  }

  private static Map<String, Object> entries(String place, Object value) throws JsonException {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(place, "an object", value);
    }
    Map<String, Object> entries = new LinkedHashMap<>();
    map.forEach((key, entry) -> entries.put((String) key, entry));
    return entries;
  }

  private static JsonException wrong(String place, String expected, Object found) {
    return new JsonException(place + ": expected " + expected + ", found " + inWords(found));
  }

  private static String inWords(Object value) {
    if (value instanceof Map) {
      return "an object";
    }
    if (value instanceof List) {
      return "a list";
    }
    if (value instanceof String) {
      return "text";
    }
    return value instanceof Optional ? "null" : value.toString(); // a number, true or false
  }
}
