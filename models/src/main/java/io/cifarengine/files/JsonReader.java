// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one JSON document (RFC 8259) into what {@link Json} writes: a map in the order of the text, a
 * list, a {@code String}, a {@code Boolean}, an empty {@code Optional} for null, a {@code Long} for a
 * number without fraction and exponent that fits one, else a {@code Double}.
 *
 * <p>Strict: no comments, no comma before a bracket, nothing after the document, no key twice, no half
 * of a surrogate pair, no number beyond the range of a double, no deeper nesting than 64.
 */
public final class JsonReader {
  private static final int MAX_DEPTH = 64;

  /** What an error shows of the text. */
  private static final int SHOWN = 20;

  private final String text;
  private final int maxDepth;
  private int at;

  private JsonReader(String text, int maxDepth) {
    this.text = text;
    this.maxDepth = maxDepth;
  }

  /**
   * The value of a whole document.
   *
   * @throws JsonException with line and column, both from 1, of the first thing that is wrong
   */
  public static Object read(String text) throws JsonException {
    return read(text, MAX_DEPTH);
  }

  /** The value of a document that nests no deeper than this. */
  static Object read(String text, int maxDepth) throws JsonException {
    JsonReader reader = new JsonReader(text, maxDepth);
    reader.skipSpace();
    Object value = reader.value(0);
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.expected("the end of the text");
    }
    return value;
  }

  private Object value(int depth) throws JsonException {
    return switch (peek()) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", Optional.empty());
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw expected("a value");
    };
  }

  private Map<String, Object> object(int depth) throws JsonException {
    requireDepth(depth);
    Map<String, Object> map = new LinkedHashMap<>();
    at++;
    skipSpace();
    if (peek() == '}') {
      at++;
      return map;
    }
    while (true) {
      int start = at;
      if (peek() != '"') {
        throw expected("a key in quotes");
      }
      String key = string();
      if (map.containsKey(key)) {
        at = start;
        throw error("the key " + Json.compact(shortened(key)) + " stands here a second time");
      }
      skipSpace();
      if (peek() != ':') {
        throw expected(":");
      }
      at++;
      skipSpace();
      map.put(key, value(depth));
      skipSpace();
      if (endsWith('}')) {
        return map;
      }
    }
  }

  private List<Object> array(int depth) throws JsonException {
    requireDepth(depth);
    List<Object> list = new ArrayList<>();
    at++;
    skipSpace();
    if (peek() == ']') {
      at++;
      return list;
    }
    while (true) {
      list.add(value(depth));
      skipSpace();
      if (endsWith(']')) {
        return list;
      }
    }
  }

  /** Steps over a comma and the space behind it, or over the closing bracket. */
  private boolean endsWith(char bracket) throws JsonException {
    char c = peek();
    if (c != bracket && c != ',') {
      throw expected(", or " + bracket);
    }
    at++;
    if (c == ',') {
      skipSpace();
    }
    return c == bracket;
  }

  private void requireDepth(int depth) throws JsonException {
    if (depth > maxDepth) {
      throw error("nested deeper than " + maxDepth);
    }
  }

  private Object word(String word, Object value) throws JsonException {
    if (!text.startsWith(word, at)) {
      throw expected("a value");
    }
    at += word.length();
    return value;
  }

  private String string() throws JsonException {
    StringBuilder out = new StringBuilder();
    at++;
    while (true) {
      int start = at;
      if (at == text.length()) {
        throw expected("the closing quote of a string");
      }
      char c = text.charAt(at++);
      if (c == '"') {
        return out.toString();
      }
      if (c < ' ') {
        at = start;
        throw error(
            String.format(
                Locale.ROOT, "the character U+%04X in a string must be escaped", (int) c));
      }
      if (c == '\\') {
        c = escaped();
      }
      if (Character.isLowSurrogate(c)) {
        throw halfOfPair(start);
      }
      out.append(c);
      if (Character.isHighSurrogate(c)) {
        out.append(lowSurrogate(start));
      }
    }
  }

  private char lowSurrogate(int start) throws JsonException {
    char c = peek();
    at++;
    if (c == '\\') {
      c = escaped();
    }
    if (!Character.isLowSurrogate(c)) {
      throw halfOfPair(start);
    }
    return c;
  }

  private JsonException halfOfPair(int start) {
    at = start;
    return error("half of a surrogate pair");
  }

  /** The character that an escape stands for; the backslash is behind us. */
  private char escaped() throws JsonException {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> {
        at -= 2;
        throw error("unknown escape " + Json.compact(text.substring(at, Math.min(at + 2, end()))));
      }
    };
  }

  private char hexadecimal() throws JsonException {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = "0123456789abcdef0123456789ABCDEF".indexOf(peek());
      if (digit < 0) {
        throw expected("four hexadecimal digits");
      }
      value = (value << 4) | (digit & 0xF);
      at++;
    }
    return (char) value;
  }

  private Object number() throws JsonException {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++; // no digit may follow: what comes next is no number's part and is refused there
    } else {
      digits();
    }
    boolean whole = true;
    if (peek() == '.') {
      at++;
      digits();
      whole = false;
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
      whole = false;
    }
    String digits = text.substring(start, at);
    if (whole && digits.length() <= 20 && !digits.equals("-0")) {
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException e) {
        return Double.parseDouble(digits); // beyond a long
      }
    }
    double value = Double.parseDouble(digits);
    if (Double.isInfinite(value)) {
      at = start;
      throw error("a number beyond the range of a double");
    }
    return value;
  }

  private void digits() throws JsonException {
    if (!isDigit(peek())) {
      throw expected("a digit");
    }
    while (isDigit(peek())) {
      at++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void skipSpace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** The character here, or NUL, which no document has outside a string, at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private int end() {
    return text.length();
  }

  private JsonException expected(String what) {
    String found =
        at >= text.length()
            ? "the end of the text"
            : Json.compact(shortened(text.substring(at, Math.min(at + SHOWN + 1, end()))));
    return error("expected " + what + ", found " + found);
  }

  private static String shortened(String word) {
    return word.length() <= SHOWN ? word : word.substring(0, SHOWN) + "...";
  }

  private JsonException error(String what) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < Math.min(at, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    int column = Math.min(at, text.length()) - lineStart + 1;
    return new JsonException("line " + line + ", column " + column + ": " + what);
  }
}
