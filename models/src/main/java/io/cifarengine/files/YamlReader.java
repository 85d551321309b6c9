// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The structure of a file: which lines belong to which entry. */
final class YamlReader {
  private static final int MAX_DEPTH = 2;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** A line that is neither blank nor a comment. */
  private record Line(int number, int indent, String text) {
    /** Whether a dash begins an item of a list here. */
    boolean isItem() {
      return text.charAt(indent) == '-'
          && (indent + 1 == text.length() || " \t".indexOf(text.charAt(indent + 1)) >= 0);
    }

    /** Whether this marker stands at its begin, alone. */
    boolean is(String marker) {
      return text.startsWith(marker)
          && (text.length() == marker.length() || " \t".indexOf(text.charAt(marker.length())) >= 0);
    }
  }

  private final String source;
  private final String text;
  private final List<Line> lines = new ArrayList<>();
  private int next;

  YamlReader(String source, String text) {
    this.source = source;
    this.text = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  YamlDocument document() throws YamlException {
    checkCharacters();
    takeLines();
    return new YamlDocument(source, mapping(0, 0));
  }

  private void checkCharacters() throws YamlException {
    int line = 1;
    int start = 0;
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      boolean newLine = c == '\n' || (c == '\r' && text.startsWith("\n", i + 1));
      if (c != '\t' && !newLine && !YamlText.isPrintable(c)) {
        throw new YamlException(
            source,
            line,
            i - start + 1,
            "a character that cannot be shown",
            "a printable one",
            YamlCursor.number(c),
            "Save the file as UTF-8, and write \"\\uXXXX\" for it within double quotes");
      }
      i += Character.charCount(c);
      if (c == '\n') {
        line++;
        start = i;
      }
    }
  }

  private void takeLines() throws YamlException {
    boolean started = false;
    boolean ended = false;
    int number = 0;
    int start = 0;
    while (start <= text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      int cut = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
      String content = text.substring(start, cut);
      start = end + 1;
      Line line = new Line(++number, indent(number, content), content);
      if (line.indent() == content.length() || content.charAt(line.indent()) == '#') {
        continue;
      }
      if (!started && content.startsWith("%")) {
        throw error(line, 0, "a directive", "a key", "Leave it out, or put the key in quotes");
      }
      if (ended || (started && line.is("---"))) {
        String hint = "Put each configuration in a file of its own";
        throw error(line, 0, "a second document", "end of file", hint);
      }
      if (line.is("---")) {
        YamlCursor rest = new YamlCursor(source, number, content, 3);
        rest.skipSpaces();
        rest.skipTag();
        rest.expectEnd();
      } else if (started && line.is("...")) {
        new YamlCursor(source, number, content, 3).expectEnd();
        ended = true;
      } else {
        lines.add(line);
      }
      started = true;
    }
  }

  private int indent(int number, String content) throws YamlException {
    int indent = 0;
    while (indent < content.length() && content.charAt(indent) == ' ') {
      indent++;
    }
    if (indent < content.length() && content.charAt(indent) == '\t') {
      String hint = "Indent by spaces";
      throw new YamlException(
          source, number, indent + 1, "a tab in the indentation", "spaces", "a tab", hint);
    }
    return indent;
  }

  /** The entries from here that are indented by this much. */
  private YamlValue.Mapping mapping(int indent, int depth) throws YamlException {
    List<YamlEntry> entries = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    int line = next < lines.size() ? lines.get(next).number() : 1;
    while (next < lines.size() && lines.get(next).indent() == indent) {
      Line here = lines.get(next);
      if (here.isItem()) {
        String hint = "Write the key of a list on a line above its items, and no value beside it";
        throw error(here, indent, "a list item without a key", "KEY: VALUE", hint);
      }
      next++;
      YamlCursor cursor = new YamlCursor(source, here.number(), here.text(), indent);
      YamlValue.Scalar key = cursor.key();
      Integer before = seen.put(key.text(), here.number());
      if (before != null) {
        String hint = "It stands on line " + before + " already; remove one of the two";
        throw error(here, indent, "a duplicate key", "each key once", hint);
      }
      entries.add(new YamlEntry(key, cursor.isAtEnd() ? below(here, depth) : cursor.value()));
    }
    if (next < lines.size() && lines.get(next).indent() > indent) {
      Line here = lines.get(next);
      String hint = "Begin a key below the key above it; a value stands on one line";
      throw new YamlException(
          source,
          here.number(),
          here.indent() + 1,
          "bad indentation",
          "column " + (indent + 1),
          "column " + (here.indent() + 1),
          hint);
    }
    return new YamlValue.Mapping(entries, line, indent + 1);
  }

  /** The value on the lines below a key: a list, or further entries. */
  private YamlValue below(Line key, int depth) throws YamlException {
    if (next < lines.size()) {
      Line first = lines.get(next);
      if (first.isItem() && first.indent() >= key.indent()) {
        return list(first);
      }
      if (first.indent() > key.indent()) {
        if (depth == MAX_DEPTH) {
          String hint = "Use fewer levels";
          throw error(
              first, first.indent(), "nested too deep", "at most " + MAX_DEPTH + " levels", hint);
        }
        return mapping(first.indent(), depth + 1);
      }
    }
    String hint = "Write KEY: VALUE, with \"\" for an empty text, or comment the line out";
    throw error(key, key.indent(), "a key without a value", "a value", hint);
  }

  private YamlValue.Sequence list(Line first) throws YamlException {
    List<YamlValue.Scalar> items = new ArrayList<>();
    while (next < lines.size()
        && lines.get(next).indent() == first.indent()
        && lines.get(next).isItem()) {
      Line here = lines.get(next++);
      items.add(new YamlCursor(source, here.number(), here.text(), here.indent()).item());
    }
    return new YamlValue.Sequence(items, first.number(), first.indent() + 1);
  }

  private YamlException error(Line line, int index, String what, String expected, String hint) {
    String found = YamlCursor.found(line.text(), index);
    return new YamlException(source, line.number(), index + 1, what, expected, found, hint);
  }
}
