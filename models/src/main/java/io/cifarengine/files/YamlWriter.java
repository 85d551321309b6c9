// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes entries so that the reader, and every YAML reader, gives the same texts back. */
final class YamlWriter {
  /** What is a plain scalar everywhere, a list in brackets included. */
  private static final Pattern PLAIN =
      Pattern.compile("-?[A-Za-z0-9_./+]([A-Za-z0-9_./+ -]*[A-Za-z0-9_./+-])?");

  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

  private final StringBuilder out = new StringBuilder();

  private YamlWriter() {}

  static String write(Map<String, ?> entries) {
    YamlWriter writer = new YamlWriter();
    entries.forEach(writer::entry);
    return writer.out.toString();
  }

  private void entry(String key, Object value) {
    if (key.length() > YamlText.MAX_KEY) {
      throw new IllegalArgumentException(
          "expected a key of at most " + YamlText.MAX_KEY + " characters, got " + key.length());
    }
    text(key, PLAIN_KEY);
    out.append(": ");
    if (value instanceof List<?> list) {
      String separator = "[";
      for (Object item : list) {
        out.append(separator);
        scalar(item);
        separator = ", ";
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else {
      scalar(value);
    }
    out.append('\n');
  }

  private void scalar(Object value) {
    if (!(value instanceof String text)) {
      throw new IllegalArgumentException("no YAML for " + value.getClass().getName());
    }
    text(text, PLAIN);
  }

  private void text(String text, Pattern plain) {
    if (plain.matcher(text).matches()) {
      out.append(text);
      return;
    }
    out.append('"');
    text.codePoints().forEach(this::character);
    out.append('"');
  }

  private void character(int c) {
    if (YamlText.isSurrogate(c)) {
      throw new IllegalArgumentException("half a surrogate pair: " + YamlCursor.number(c));
    }
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      default -> {
        if (YamlText.isPrintable(c)) {
          out.appendCodePoint(c);
        } else {
          out.append(String.format(Locale.ROOT, "\\u%04X", c));
        }
      }
    }
  }
}
