// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.text.Suggestion;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A command line taken apart: words and options. Everything that is wrong is collected, so that one
 * error names it all.
 */
final class Arguments {
  private static final Map<String, Option> SHORT =
      Map.of(
          "-c", Option.CONFIG,
          "-q", Option.QUIET,
          "-v", Option.VERBOSE,
          "-h", Option.HELP,
          "-V", Option.VERSION);

  private final List<String> words = new ArrayList<>();
  private final Map<Option, String> options = new EnumMap<>(Option.class);
  private final List<String> assignments = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private Arguments() {}

  /** Takes a command line apart; {@link #problems()} holds what is wrong with it. */
  static Arguments parse(List<String> args) {
    Arguments parsed = new Arguments();
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (!arg.startsWith("-") || arg.equals("-")) {
        parsed.words.add(arg);
        continue;
      }
      int equals = arg.indexOf('=');
      String flag = equals < 0 ? arg : arg.substring(0, equals);
      Optional<Option> option = find(flag);
      if (option.isEmpty()) {
        List<String> flags = Arrays.stream(Option.values()).map(Option::flag).toList();
        Optional<String> meant = Suggestion.closest(flag, flags);
        parsed.problems.add("unknown option " + flag + Suggestion.of(flag, flags));
        boolean hasValue = meant.flatMap(Arguments::find).filter(Option::takesValue).isPresent();
        if (hasValue && equals < 0 && i + 1 < args.size() && isValue(args.get(i + 1))) {
          i++; // its value, which is no word of its own
        }
      } else if (!option.get().takesValue()) {
        if (equals >= 0) {
          parsed.problems.add(flag + ": takes no value");
        }
        parsed.put(option.get(), "");
      } else if (equals >= 0) {
        parsed.put(option.get(), arg.substring(equals + 1));
      } else if (i + 1 < args.size() && isValue(args.get(i + 1))) {
        parsed.put(option.get(), args.get(++i));
      } else {
        parsed.problems.add(flag + ": expected " + option.get().value() + ", found nothing");
      }
    }
    parsed.checkValues();
    return parsed;
  }

  /** A word that begins with a dash is an option, unless it is a negative number. */
  private static boolean isValue(String word) {
    return !word.startsWith("-") || word.matches("-[0-9].*");
  }

  private static Optional<Option> find(String flag) {
    if (SHORT.containsKey(flag)) {
      return Optional.of(SHORT.get(flag));
    }
    return Arrays.stream(Option.values()).filter(o -> o.flag().equals(flag)).findFirst();
  }

  private void put(Option option, String value) {
    String before = options.put(option, value);
    if (option == Option.SET) {
      assignments.add(value);
    } else if (before != null) {
      problems.add(option.flag() + ": given twice");
    }
  }

  /** Checks values whose pattern lists the words they may be, and those that are numbers. */
  private void checkValues() {
    options.forEach(
        (option, value) -> {
          if (option.value().contains("|")) {
            List<String> allowed = List.of(option.value().split("\\|"));
            if (!allowed.contains(value)) {
              problem(option, "one of " + String.join(", ", allowed), value);
            }
          } else if (option.value().equals("N") && option != Option.SEED) {
            checkCount(option, value);
          } else if (option == Option.SEED) {
            checkSeed(value);
          } else if (option == Option.SAVE_EVERY) {
            checkSeconds(option, value);
          } else if (option.takesValue() && value.isBlank()) {
            problem(option, option.value(), value);
          }
        });
  }

  private void checkCount(Option option, String value) {
    // A machine has at most some hundred cores; a larger number is a slip that would exhaust
    // memory.
    int most = option == Option.THREADS || option == Option.SEEDS ? 1024 : Integer.MAX_VALUE;
    try {
      int number = Integer.parseInt(value);
      if (number < 1 || number > most) {
        problem(option, most == 1024 ? "1 to 1024" : "at least 1", value);
      }
    } catch (NumberFormatException e) {
      problem(option, "a whole number of at least 1", value);
    }
  }

  private void checkSeconds(Option option, String value) {
    if (!value.matches("\\d{1,6}(\\.\\d{1,6})?")) {
      problem(option, "seconds, such as 15 or 0.5", value);
    }
  }

  private void checkSeed(String value) {
    try {
      Long.parseLong(value);
    } catch (NumberFormatException e) {
      problem(Option.SEED, "a whole number", value);
    }
  }

  private void problem(Option option, String expected, String found) {
    problems.add(
        option.flag()
            + ": expected "
            + expected
            + ", found "
            + (found.isEmpty() ? "nothing" : found));
  }

  /** Notes an option that the command does not take. */
  void allowOnly(String command, List<Option> allowed) {
    for (Option option : options.keySet()) {
      if (!allowed.contains(option)) {
        problems.add(option.flag() + ": not an option of " + command);
      }
    }
  }

  /** Adds to what is wrong. */
  void addProblem(String problem) {
    problems.add(problem);
  }

  /** What is wrong; empty where nothing is. */
  List<String> problems() {
    return problems;
  }

  /** Everything that is no option, in order. */
  List<String> words() {
    return words;
  }

  boolean has(Option option) {
    return options.containsKey(option);
  }

  Optional<String> text(Option option) {
    return Optional.ofNullable(options.get(option));
  }

  /** What {@code --set} was given, in order. */
  List<String> assignments() {
    return assignments;
  }

  /** The folder that an option names, or this where it is not given. */
  Path folder(Option option, String otherwise) {
    String text = text(option).orElse(otherwise);
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException(option.flag() + ": not a path: " + e.getReason());
    }
  }

  /** The seconds of an option whose value was found right, or these. */
  double seconds(Option option, double otherwise) {
    return text(option).map(Double::parseDouble).orElse(otherwise);
  }

  /** The number of an option whose value was found right. */
  OptionalInt count(Option option) {
    String value = options.get(option);
    return value == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value));
  }

  /** The seed, or this where none is given. */
  long seed(long otherwise) {
    String value = options.get(Option.SEED);
    return value == null ? otherwise : Long.parseLong(value);
  }
}
