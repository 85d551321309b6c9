// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which values a setting may have, and how people write them. What a text means is decided here, never
 * by how it looks.
 *
 * @param <T> the values
 */
abstract class SettingType<T> {
  private static final MathContext DIGITS = new MathContext(12);

  private final String expected;

  private SettingType(String expected) {
    this.expected = expected;
  }

  /** The value that these words are; empty where they are none. */
  abstract Optional<T> read(List<String> words);

  /** The value as it is written. */
  String write(T value) {
    return value.toString();
  }

  /** What may be written, for an error. */
  final String expected() {
    return expected;
  }

  /** A value of several words that must be just one. */
  private static Optional<String> single(List<String> words) {
    return words.size() == 1 ? Optional.of(words.get(0)) : Optional.empty();
  }

  /**
   * A finite number from least and below the limit, with as many digits as are written, so that what
   * was written reads back equal; below the limit as a float too, since that is what computes.
   */
  static SettingType<Double> number(String expected, double least, double limit) {
    return new SettingType<>(expected) {
      @Override
      Optional<Double> read(List<String> words) {
        return single(words)
            .filter(word -> word.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?"))
            .map(Double::valueOf)
            .filter(Double::isFinite)
            .map(x -> rounded(x).doubleValue())
            .filter(x -> x >= least && x < limit && x.floatValue() < limit);
      }

      @Override
      String write(Double value) {
        BigDecimal rounded = rounded(value);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
      }
    };
  }

  private static BigDecimal rounded(double finite) {
    return new BigDecimal(finite).round(DIGITS);
  }

  /** A whole number from least; a word may stand for one of them, such as {@code full} for 0. */
  static SettingType<Integer> count(String expected, int least, String word, int meaning) {
    return new SettingType<>(expected) {
      @Override
      Optional<Integer> read(List<String> words) {
        return single(words)
            .flatMap(text -> text.equals(word) ? Optional.of(meaning) : whole(text))
            .filter(n -> n >= least);
      }

      @Override
      String write(Integer value) {
        return value == meaning && !word.isEmpty() ? word : value.toString();
      }
    };
  }

  /** Any whole number of 64 bits. */
  static SettingType<Long> seed() {
    return new SettingType<>("a whole number") {
      @Override
      Optional<Long> read(List<String> words) {
        try {
          return single(words).map(Long::valueOf);
        } catch (NumberFormatException e) {
          return Optional.empty();
        }
      }
    };
  }

  /** Widths of layers. */
  static SettingType<List<Integer>> widths() {
    return counts(
        "widths of at least 1, such as [128] or [120, 120]; [] for none", Integer.MAX_VALUE);
  }

  /** Numbers of filters: every pooling halves the 32 pixels of an image's side. */
  static SettingType<List<Integer>> filters() {
    return counts("up to 5 numbers of at least 1, such as [32, 64]; [] for none", 5);
  }

  private static SettingType<List<Integer>> counts(String expected, int most) {
    return new SettingType<>(expected) {
      @Override
      Optional<List<Integer>> read(List<String> words) {
        List<Integer> counts = new ArrayList<>();
        words.forEach(word -> whole(word).filter(n -> n >= 1).ifPresent(counts::add));
        boolean good = counts.size() == words.size() && counts.size() <= most;
        return good ? Optional.of(List.copyOf(counts)) : Optional.empty();
      }
    };
  }

  /** One of an enum's constants, in any case. */
  static <E extends Enum<E>> SettingType<E> word(Class<E> type) {
    E[] constants = type.getEnumConstants();
    String words = Arrays.stream(constants).map(Words::of).collect(Collectors.joining(", "));
    return new SettingType<>("one of " + words) {
      @Override
      Optional<E> read(List<String> words) {
        return single(words)
            .map(word -> word.toLowerCase(Locale.ROOT))
            .flatMap(
                word -> Arrays.stream(constants).filter(c -> Words.of(c).equals(word)).findFirst());
      }

      @Override
      String write(E value) {
        return Words.of(value);
      }
    };
  }

  /** {@code true} or {@code false}, in any case. */
  static SettingType<Boolean> flag() {
    return new SettingType<>("true or false") {
      @Override
      Optional<Boolean> read(List<String> words) {
        return single(words)
            .map(word -> word.toLowerCase(Locale.ROOT))
            .filter(word -> word.equals("true") || word.equals("false"))
            .map(Boolean::valueOf);
      }
    };
  }

  private static Optional<Integer> whole(String text) {
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
