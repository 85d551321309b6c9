// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.text.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code layer { "," layer }} with {@code layer = name "(" [ argument { "," argument } ] ")"}, arguments
 * such as {@code 32}, {@code 3x3}, {@code same} and {@code stride 2}, and spaces between any two.
 */
final class LayerParser {
  private static final List<String> KNOWN =
      List.of("conv", "flatten", "linear", "maxpool", "relu", "sigmoid", "tanh");

  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,8})x([1-9]\\d{0,8})");
  private static final Pattern STRIDE = Pattern.compile("stride +([1-9]\\d{0,8})");
  private static final Pattern PADDING = Pattern.compile("padding +(\\d{1,9})");

  /** Longer words are cut, so that an error stays one line. */
  private static final int MAX_WORD = 40;

  private final String text;
  private final WeightAndBias.Source source;
  private int at;

  LayerParser(String text, WeightAndBias.Source source) {
    this.text = text;
    this.source = source;
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
    List<Argument> arguments = arguments(name);
    return switch (name) {
      case "conv" -> conv(arguments);
      case "maxpool" -> maxPool(arguments);
      case "linear" -> linear(arguments);
      default -> plain(name, arguments);
    };
  }

  private static LayerFactory plain(String name, List<Argument> arguments) {
    if (!arguments.isEmpty()) {
      throw wrong(arguments.get(0).at(), name + " takes nothing, found " + arguments.get(0).text());
    }
    return switch (name) {
      case "flatten" -> Layers.flatten();
      case "relu" -> Layers.relu();
      case "sigmoid" -> Layers.sigmoid();
      default -> Layers.tanh();
    };
  }

  private LayerFactory linear(List<Argument> arguments) {
    if (arguments.size() > 1) {
      throw wrong(
          arguments.get(1).at(), "linear takes one number, found " + arguments.get(1).text());
    }
    return Linear.factory(count("linear", "outputs", arguments), source);
  }

  private LayerFactory conv(List<Argument> arguments) {
    int filters = count("conv", "filters", arguments);
    Matcher kernel = size("conv", "kernel", arguments, 1);
    ConvFactory conv =
        ConvFactory.of(
            filters, Integer.parseInt(kernel.group(1)), Integer.parseInt(kernel.group(2)), source);
    boolean strideGiven = false;
    boolean paddingGiven = false;
    for (Argument argument : arguments.subList(2, arguments.size())) {
      Matcher stride = STRIDE.matcher(argument.text());
      Matcher padding = PADDING.matcher(argument.text());
      boolean same = argument.text().equals("same");
      if (stride.matches() && !strideGiven) {
        strideGiven = true;
        conv = conv.stride(Integer.parseInt(stride.group(1)));
      } else if ((same || padding.matches()) && !paddingGiven) {
        paddingGiven = true;
        conv = same ? conv.same() : conv.padding(Integer.parseInt(padding.group(1)));
      } else {
        throw wrong(
            argument.at(),
            "conv takes stride N, and padding N or same, each once, found " + argument.text());
      }
    }
    return conv;
  }

  private LayerFactory maxPool(List<Argument> arguments) {
    Matcher window = size("maxpool", "window", arguments, 0);
    int height = Integer.parseInt(window.group(1));
    int width = Integer.parseInt(window.group(2));
    if (arguments.size() == 1 && height == width) {
      return Layers.maxPool(height);
    }
    Argument last = arguments.get(arguments.size() - 1);
    Matcher stride = STRIDE.matcher(last.text());
    if (arguments.size() != 2 || !stride.matches()) {
      throw wrong(
          last.at(),
          "maxpool takes its window and stride N, which may be left out of a square one, found "
              + last.text());
    }
    return Layers.maxPool(height, width, Integer.parseInt(stride.group(1)));
  }

  /** The first argument as a number. */
  private int count(String name, String what, List<Argument> arguments) {
    Argument number = argument(arguments, 0);
    if (number.text().matches("[1-9][0-9]{0,9}")
        && Long.parseLong(number.text()) <= Integer.MAX_VALUE) {
      return Integer.parseInt(number.text());
    }
    throw wrong(
        number.at(),
        name
            + " takes its number of "
            + what
            + ", from 1 to "
            + Integer.MAX_VALUE
            + ", found "
            + (number.text().isEmpty() ? "none" : number.text()));
  }

  /** An argument as height and width. */
  private Matcher size(String name, String what, List<Argument> arguments, int index) {
    Argument size = argument(arguments, index);
    Matcher matcher = SIZE.matcher(size.text());
    if (!matcher.matches()) {
      throw wrong(
          size.at(),
          name
              + " takes the size of its "
              + what
              + " such as 3x3, found "
              + (size.text().isEmpty() ? "none" : size.text()));
    }
    return matcher;
  }

  /** What stands at an index, or nothing where the parenthesis closed. */
  private Argument argument(List<Argument> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : new Argument(at - 1, "");
  }

  /** What stands between the parentheses; words with one space between them. */
  private record Argument(int at, String text) {}

  private List<Argument> arguments(String name) {
    List<Argument> arguments = new ArrayList<>();
    skipSpace();
    if (stepsOver(')')) {
      return arguments;
    }
    while (true) {
      skipSpace();
      int start = at;
      StringBuilder words = new StringBuilder(word());
      skipSpace();
      for (String next = word(); !next.isEmpty(); next = word()) {
        words.append(' ').append(next);
        skipSpace();
      }
      arguments.add(new Argument(start, words.toString()));
      if (stepsOver(')')) {
        return arguments;
      }
      if (words.isEmpty() || !stepsOver(',')) {
        throw wrong(at, name + ": expected ), found " + found());
      }
    }
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

  private static IllegalArgumentException wrong(int position, String what) {
    return new IllegalArgumentException("layers, position " + (position + 1) + ": " + what);
  }
}
