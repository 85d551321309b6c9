// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads keys, scalars and inline lists from one line. */
final class YamlCursor {
  /** Of what is found, as much as an error shows. */
  private static final int SHOWN = 24;

  private final String source;
  private final int line;
  private final String text;
  private int at;

  YamlCursor(String source, int line, String text, int start) {
    this.source = source;
    this.line = line;
    this.text = text;
    at = start;
  }

  /** A key, its colon and the spaces behind it. */
  YamlValue.Scalar key() throws YamlException {
    int start = at;
    YamlValue.Scalar key = isQuote() ? quoted() : plainKey();
    if (key.text().length() > YamlText.MAX_KEY) {
      throw error(
          start,
          "key too long",
          "at most " + YamlText.MAX_KEY + " characters",
          key.text().length() + " characters",
          "Use a shorter key");
    }
    skipSpaces();
    if (at == text.length() || text.charAt(at) != ':') {
      String hint = "Write KEY: VALUE, and put other keys than A-Z a-z 0-9 _ . - in quotes";
      throw error(at, "no colon after the key", "':'", found(at), hint);
    }
    at++;
    if (at < text.length() && text.charAt(at) != ' ') {
      refuseTab(at);
      String hint = "Write KEY: VALUE with a space";
      throw error(at, "no space after the colon", "a space", found(at), hint);
    }
    skipSpaces();
    return key;
  }

  private YamlValue.Scalar plainKey() throws YamlException {
    int start = at;
    if (at < text.length() && YamlText.isWordCharacter(text.charAt(at))) {
      while (at < text.length() && YamlText.isKeyCharacter(text.charAt(at))) {
        at++;
      }
      return new YamlValue.Scalar(text.substring(start, at), false, line, start + 1);
    }
    refuseIndicator("a key");
    String hint = "Write KEY: VALUE, and put other keys than A-Z a-z 0-9 _ . - in quotes";
    throw error(at, "no key", "a letter, a digit, '_' or a quote", found(at), hint);
  }

  /** Whether nothing but a comment is left. */
  boolean isAtEnd() {
    return at == text.length() || (text.charAt(at) == '#' && isAfterSpace(at));
  }

  private boolean isAfterSpace(int index) {
    return index == 0 || text.charAt(index - 1) == ' ';
  }

  /** The scalar or inline list that fills the rest of the line. */
  YamlValue value() throws YamlException {
    YamlValue value = text.charAt(at) == '[' ? list() : scalar(false);
    expectEnd();
    return value;
  }

  /** The scalar behind the dash of a list's line. */
  YamlValue.Scalar item() throws YamlException {
    at++;
    skipSpaces();
    if (isAtEnd()) {
      String hint = "Write - VALUE on one line, or \"\" for an empty text";
      throw error(at, "empty list item", "a value", found(at), hint);
    }
    YamlValue.Scalar item = scalar(false);
    expectEnd();
    return item;
  }

  private YamlValue.Sequence list() throws YamlException {
    int start = at++;
    List<YamlValue.Scalar> items = new ArrayList<>();
    skipSpaces();
    boolean more = !isNext(']');
    while (more) {
      expectInside(start);
      items.add(scalar(true));
      skipSpaces();
      more = isNext(',');
      if (more) {
        at++;
        skipSpaces();
      }
    }
    expectInside(start);
    if (!isNext(']')) {
      throw error(
          at, "text after a list item", "',' or ']'", found(at), "Separate items by commas");
    }
    at++;
    return new YamlValue.Sequence(items, line, start + 1);
  }

  private void expectInside(int start) throws YamlException {
    if (isAtEnd()) {
      String hint = "Close it on its own line, or write the items on lines of \"- VALUE\"";
      throw error(start, "unclosed [", "']' on the same line", found(at), hint);
    }
  }

  private YamlValue.Scalar scalar(boolean inBrackets) throws YamlException {
    return isQuote() ? quoted() : plain(inBrackets);
  }

  private YamlValue.Scalar plain(boolean inBrackets) throws YamlException {
    refuseIndicator("a value");
    int start = at;
    int end = at;
    while (!isAtEnd() && !(inBrackets && (isNext(',') || isNext(']')))) {
      refuseTab(at);
      char c = text.charAt(at);
      if (inBrackets ? ":?[{}".indexOf(c) >= 0 : c == ':' && isSpaceOrEnd(at + 1)) {
        String expected =
            inBrackets ? "none of : ? [ { } in it" : "no colon before a space or the end";
        String hint = "Put the value in quotes";
        throw error(at, "an indicator within a plain value", expected, found(at), hint);
      }
      at++;
      if (c != ' ') {
        end = at;
      }
    }
    return new YamlValue.Scalar(text.substring(start, end), false, line, start + 1);
  }

  /** Refuses what YAML has a meaning for that the subset has not, where a key or value begins. */
  private void refuseIndicator(String expected) throws YamlException {
    refuseTab(at);
    char c = at < text.length() ? text.charAt(at) : ' ';
    String what =
        switch (c) {
          case '&' -> "an anchor";
          case '*' -> "an alias";
          case '!' -> "a tag";
          case '{' -> "a flow map";
          case '[' -> "a list as a key or within a list";
          case '|', '>' -> "a scalar of several lines";
          case '?' -> "a complex key";
          case '%' -> "a directive";
          case ',', ']', '}', ':', '@', '`', '#' -> "an indicator of YAML";
          case '-' -> isPartOfPlain(at + 1) ? "" : "a dash alone";
          default -> "";
        };
    if (!what.isEmpty()) {
      String hint = "This subset of YAML has none here; put a text that begins so in quotes";
      throw error(at, what, expected, found(at), hint);
    }
  }

  private boolean isPartOfPlain(int index) {
    return !isSpaceOrEnd(index) && ",[]{}".indexOf(text.charAt(index)) < 0;
  }

  private YamlValue.Scalar quoted() throws YamlException {
    int start = at;
    char quote = text.charAt(at++);
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote && quote == '\'' && isNext('\'')) {
        at++;
        value.append(c);
      } else if (c == quote) {
        return new YamlValue.Scalar(value.toString(), true, line, start + 1);
      } else if (c == '\\' && quote == '"') {
        value.append(escape());
      } else {
        value.append(c);
      }
    }
    String hint = "Close the quotes on their own line; write \"\\n\" for a new line";
    throw error(start, "unclosed quotes", "a closing " + quote, "end of line", hint);
  }

  private char escape() throws YamlException {
    char c = at < text.length() ? text.charAt(at) : ' ';
    if (c == 'u') {
      return unicode();
    }
    int known = "\"\\nt".indexOf(c);
    if (known < 0) {
      String hint = "Write \\\\ for a backslash, or use single quotes";
      throw error(at - 1, "unknown escape", "\\\" \\\\ \\n \\t or \\uXXXX", found(at - 1), hint);
    }
    at++;
    return "\"\\\n\t".charAt(known);
  }

  private char unicode() throws YamlException {
    int start = at - 1;
    int value = 0;
    for (int i = 1; i <= 4; i++) {
      char c = at + i < text.length() ? text.charAt(at + i) : ' ';
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        String hint = "Write four hexadecimal digits after \\u";
        throw error(start, "bad escape", "\\uXXXX", found(start), hint);
      }
      value = value << 4 | digit;
    }
    if (YamlText.isSurrogate(value)) {
      String hint = "Write the character itself";
      throw error(start, "half a character", "no \\uD800 to \\uDFFF", found(start), hint);
    }
    at += 5;
    return (char) value;
  }

  /** Refuses anything but a comment behind what was read. */
  void expectEnd() throws YamlException {
    skipSpaces();
    if (!isAtEnd()) {
      refuseTab(at);
      boolean comment = text.charAt(at) == '#';
      String hint =
          comment ? "Put a space before #" : "Put a text with quotes in quotes as a whole";
      throw error(at, "text after the value", "end of line or a comment", found(at), hint);
    }
  }

  /** The name behind {@code !}, which is ignored. */
  void skipTag() throws YamlException {
    if (!isNext('!')) {
      return;
    }
    int start = at++;
    while (at < text.length() && YamlText.isKeyCharacter(text.charAt(at))) {
      at++;
    }
    if (at == start + 1) {
      throw error(start, "bad tag", "!NAME", found(start), "Leave it out: tags are ignored");
    }
  }

  void skipSpaces() {
    while (isNext(' ')) {
      at++;
    }
  }

  private boolean isNext(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private boolean isQuote() {
    return isNext('"') || isNext('\'');
  }

  private boolean isSpaceOrEnd(int index) {
    return index >= text.length() || text.charAt(index) == ' ' || text.charAt(index) == '\t';
  }

  private void refuseTab(int index) throws YamlException {
    if (index < text.length() && text.charAt(index) == '\t') {
      throw error(index, "a tab", "spaces", "a tab", "Write spaces, or \"\\t\" within quotes");
    }
  }

  private String found(int index) {
    return found(text, index);
  }

  /** The rest of a line from here, as an error shows it. */
  static String found(String text, int index) {
    if (index >= text.length()) {
      return "end of line";
    }
    char first = text.charAt(index);
    if (first > '~' && Character.isSpaceChar(first)) {
      return number(first); // looks like a space, and is none to YAML
    }
    int end = Math.min(text.length(), index + SHOWN);
    return text.substring(index, end).replace('\t', ' ') + (end < text.length() ? "..." : "");
  }

  /** A character by its number, for one that cannot be shown. */
  static String number(int codePoint) {
    return String.format(Locale.ROOT, "U+%04X", codePoint);
  }

  private YamlException error(int index, String what, String expected, String found, String hint) {
    return new YamlException(source, line, index + 1, what, expected, found, hint);
  }
}
