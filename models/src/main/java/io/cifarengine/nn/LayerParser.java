// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.text.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
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
  private static final Pattern STRIDE = Pattern.compile("stride ([1-9]\\d{0,8})");
  private static final Pattern PADDING = Pattern.compile("padding (\\d{1,9})");

  /** Longer words are cut where an error shows them, so that it stays one line. */
  private static final int MAX_SHOWN = 40;

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
              + shown(name)
              + Suggestion.of(shown(name), KNOWN)
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
    if (!arguments.get(0).isEnd()) {
      throw arguments.get(0).wrong(name + " takes nothing");
    }
    return switch (name) {
      case "flatten" -> Layers.flatten();
      case "relu" -> Layers.relu();
      case "sigmoid" -> Layers.sigmoid();
      default -> Layers.tanh();
    };
  }

  private LayerFactory linear(List<Argument> arguments) {
    int outputs = count(arguments.get(0), "linear takes its number of outputs");
    if (!arguments.get(1).isEnd()) {
      throw arguments.get(1).wrong("linear takes one number");
    }
    return Linear.factory(outputs, source);
  }

  private LayerFactory conv(List<Argument> arguments) {
    int filters = count(arguments.get(0), "conv takes its number of filters");
    Size kernel = size(arguments.get(1), "conv takes the size of its kernel behind the filters");
    ConvFactory conv = ConvFactory.of(filters, kernel.height, kernel.width, source);
    boolean strideGiven = false;
    boolean paddingGiven = false;
    for (int i = 2; !arguments.get(i).isEnd(); i++) {
      Argument argument = arguments.get(i);
      Matcher stride = STRIDE.matcher(argument.text);
      Matcher padding = PADDING.matcher(argument.text);
      boolean same = argument.text.equals("same");
      if (!strideGiven && stride.matches()) {
        strideGiven = true;
        conv = conv.stride(Integer.parseInt(stride.group(1)));
      } else if (!paddingGiven && (same || padding.matches())) {
        paddingGiven = true;
        conv = same ? conv.same() : conv.padding(Integer.parseInt(padding.group(1)));
      } else {
        throw argument.wrong("conv takes stride N from 1 and padding N or same, each once");
      }
    }
    return conv;
  }

  private static LayerFactory maxPool(List<Argument> arguments) {
    Size window = size(arguments.get(0), "maxpool takes the size of its window");
    if (arguments.get(1).isEnd() && window.height == window.width) {
      return Layers.maxPool(window.height);
    }
    String expected =
        "maxpool takes stride N from 1 behind its window, which a square one may omit";
    Matcher stride = STRIDE.matcher(arguments.get(1).text);
    if (!stride.matches()) {
      throw arguments.get(1).wrong(expected);
    }
    if (!arguments.get(2).isEnd()) {
      throw arguments.get(2).wrong(expected);
    }
    return Layers.maxPool(window.height, window.width, Integer.parseInt(stride.group(1)));
  }

  private static int count(Argument argument, String expected) {
    if (argument.text.matches("[1-9][0-9]{0,9}")
        && Long.parseLong(argument.text) <= Integer.MAX_VALUE) {
      return Integer.parseInt(argument.text);
    }
    throw argument.wrong(expected + ", from 1 to " + Integer.MAX_VALUE);
  }

  private static Size size(Argument argument, String expected) {
    Matcher size = SIZE.matcher(argument.text);
    if (!size.matches()) {
      throw argument.wrong(expected + ", such as 3x3");
    }
    return new Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
  }

  private record Size(int height, int width) {}

  /** What stands between two commas: words with one space between them; none at the parenthesis. */
  private record Argument(int at, String text) {
    boolean isEnd() {
      return text.isEmpty();
    }

    IllegalArgumentException wrong(String expected) {
      return LayerParser.wrong(at, expected + ", found " + (isEnd() ? "none" : shown(text)));
    }
  }

  /** The arguments of a layer, and behind them the closing parenthesis as one that {@code isEnd()}. */
  private List<Argument> arguments(String name) {
    List<Argument> arguments = new ArrayList<>();
    skipSpace();
    if (!isAt(')')) {
      do {
        arguments.add(argument(name, arguments.isEmpty() ? ")" : "an argument"));
      } while (stepsOver(','));
    }
    arguments.add(new Argument(at, ""));
    require(')', name);
    return arguments;
  }

  private Argument argument(String name, String expected) {
    skipSpace();
    int start = at;
    StringJoiner words = new StringJoiner(" ");
    for (String word = word(); !word.isEmpty(); word = word()) {
      words.add(word);
      skipSpace();
    }
    if (at == start) {
      throw wrong(at, name + ": expected " + expected + ", found " + found());
    }
    return new Argument(start, words.toString());
  }

  /** ASCII letters, digits, and what people write into numbers and names by mistake. */
  private String word() {
    int start = at;
    while (at < text.length() && isPartOfWord(text.charAt(at))) {
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
    boolean here = isAt(c);
    if (here) {
      at++;
    }
    return here;
  }

  private boolean isAt(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private void skipSpace() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private static String shown(String words) {
    return words.length() <= MAX_SHOWN ? words : words.substring(0, MAX_SHOWN) + "...";
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
