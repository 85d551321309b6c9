// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.text.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** {@code layer { "," layer }} with {@code layer = name "(" [ number ] ")"} and spaces between any two. */
final class LayerParser {
  private static final String LINEAR = "linear";
  private static final List<String> KNOWN = List.of("flatten", LINEAR, "relu", "sigmoid", "tanh");

  /** Longer words are cut, so that an error stays one line. */
  private static final int MAX_WORD = 40;

  private final String text;
  private final IntFunction<LayerFactory> linear;
  private int at;

  LayerParser(String text, IntFunction<LayerFactory> linear) {
    this.text = text;
    this.linear = linear;
  }

  List<LayerFactory> parse() {
    List<LayerFactory> layers = new ArrayList<>();
    do {
      layers.add(layer());
      skipSpace();
    } while (stepsOver(','));
    if (at < text.length()) {
      throw wrong(at, "expected a comma or the end, found " + found());
    }
    return layers;
  }

  private LayerFactory layer() {
    skipSpace();
    int start = at;
    String name = word();
    if (name.isEmpty()) {
      throw wrong(start, "expected a layer, found " + found());
    }
    if (!KNOWN.contains(name)) {
      throw wrong(
          start,
          "unknown layer "
              + name
              + Suggestion.of(name, KNOWN)
              + "; there is "
              + String.join(", ", KNOWN));
    }
    skipSpace();
    require('(', name);
    skipSpace();
    int numberAt = at;
    String number = word();
    skipSpace();
    require(')', name);
    if (!name.equals(LINEAR) && !number.isEmpty()) {
      throw wrong(numberAt, name + " takes nothing, found " + number);
    }
    return switch (name) {
      case "flatten" -> Layers.flatten();
      case "relu" -> Layers.relu();
      case "sigmoid" -> Layers.sigmoid();
      case "tanh" -> Layers.tanh();
      default -> linear.apply(outputs(number, numberAt));
    };
  }

  private int outputs(String number, int numberAt) {
    if (number.matches("[1-9][0-9]{0,9}") && Long.parseLong(number) <= Integer.MAX_VALUE) {
      return Integer.parseInt(number);
    }
    throw wrong(
        numberAt,
        "linear takes its number of outputs, from 1 to "
            + Integer.MAX_VALUE
            + ", found "
            + (number.isEmpty() ? "none" : number));
  }

  /** ASCII letters, digits, and what people write into numbers and names by mistake. */
  private String word() {
    int start = at;
    while (at < text.length() && at < start + MAX_WORD && isPartOfWord(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean isPartOfWord(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_.+-".indexOf(c) >= 0;
  }

  private void require(char c, String name) {
    if (!stepsOver(c)) {
      throw wrong(at, name + ": expected " + c + ", found " + found());
    }
  }

  private boolean stepsOver(char c) {
    boolean here = at < text.length() && text.charAt(at) == c;
    if (here) {
      at++;
    }
    return here;
  }

  private void skipSpace() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private String found() {
    if (at == text.length()) {
      return "the end";
    }
    char c = text.charAt(at);
    return c > ' ' && c <= '~' ? String.valueOf(c) : String.format(Locale.ROOT, "U+%04X", (int) c);
  }

  private IllegalArgumentException wrong(int position, String what) {
    return new IllegalArgumentException("layers, position " + (position + 1) + ": " + what);
  }
}
