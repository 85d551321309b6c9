// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes maps, lists, strings, numbers, booleans and empty optionals (null) as a JSON document (RFC
 * 8259). Equal values give equal text on every JDK: numbers have at most 12 significant digits and go
 * through decimal arithmetic, since {@code Double.toString} changed between versions.
 */
public final class Json {
  private static final MathContext DIGITS = new MathContext(12);

  private final StringBuilder out = new StringBuilder();

  private final boolean indented;

  private Json(boolean indented) {
    this.indented = indented;
  }

  /**
   * The document, indented, with a newline at its end.
   *
   * @throws IllegalArgumentException for a value of another type
   */
  public static String document(Object value) {
    Json json = new Json(true);
    json.write(value, 0);
    return json.out.append('\n').toString();
  }

  /**
   * The same on one line, without any space.
   *
   * @throws IllegalArgumentException for a value of another type
   */
  public static String compact(Object value) {
    Json json = new Json(false);
    json.write(value, 0);
    return json.out.toString();
  }

  private void write(Object value, int depth) {
    if (value instanceof Optional<?> optional) {
      if (optional.isPresent()) {
        write(optional.get(), depth);
      } else {
        out.append("null");
      }
    } else if (value instanceof Map<?, ?> map) {
      writeMap(map, depth);
    } else if (value instanceof List<?> list) {
      writeList(list, depth);
    } else if (value instanceof CharSequence text) {
      writeString(text);
    } else if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
      out.append(value);
    } else if (value instanceof Double number) {
      writeNumber(number);
    } else {
      throw new IllegalArgumentException("no JSON for " + value.getClass().getName());
    }
  }

  private void writeMap(Map<?, ?> map, int depth) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      newLine(depth + 1);
      writeString(entry.getKey().toString());
      out.append(indented ? ": " : ":");
      write(entry.getValue(), depth + 1);
      separator = ",";
    }
    if (map.isEmpty()) {
      out.append('{');
    } else {
      newLine(depth);
    }
    out.append('}');
  }

  private void writeList(List<?> list, int depth) {
    String separator = "[";
    for (Object element : list) {
      out.append(separator);
      newLine(depth + 1);
      write(element, depth + 1);
      separator = ",";
    }
    if (list.isEmpty()) {
      out.append('[');
    } else {
      newLine(depth);
    }
    out.append(']');
  }

  /** JSON has no NaN and no infinity: null stands for them. */
  private void writeNumber(double number) {
    if (!Double.isFinite(number)) {
      out.append("null");
      return;
    }
    BigDecimal rounded = new BigDecimal(number).round(DIGITS);
    out.append(rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString());
  }

  private void writeString(CharSequence text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c > '~') { // plain ASCII survives every terminal and locale
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) paired(text, i)));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** The character, or U+FFFD for half of a pair, which no reader need take. */
  private static char paired(CharSequence text, int i) {
    char c = text.charAt(i);
    boolean alone =
        Character.isHighSurrogate(c)
            ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
            : Character.isLowSurrogate(c)
                && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    return alone ? '\uFFFD' : c;
  }

  private void newLine(int depth) {
    if (indented) {
      out.append('\n').append("  ".repeat(depth));
    }
  }
}
