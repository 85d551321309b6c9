// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

import io.cifarengine.config.Configuration.Given;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys of the configuration files of the course whose exercise the CIFAR-100 study is:
 *
 * <pre>
 * layer_specs: [3072, 128, 20]     hidden: [128] and, by the number of classes, the dataset
 * L2_penalty: 0.01                 l2_penalty: 0.01
 * momentum: True                   momentum: the value of momentum_gamma
 * momentum_gamma: 0.9
 * early_stop: True                 early_stop: the value of early_stop_epoch
 * early_stop_epoch: 5
 * </pre>
 *
 * activation, learning_rate, batch_size and epochs are the same in both.
 */
final class CourseKeys {
  private static final String LAYER_SPECS = "layer_specs";
  private static final String PENALTY = "L2_penalty";
  private static final String GAMMA = "momentum_gamma";
  private static final String PATIENCE = "early_stop_epoch";
  private static final String INPUTS = "3072";

  /** The keys that are not ours as well. */
  static final List<String> NAMES = List.of(LAYER_SPECS, PENALTY, GAMMA, PATIENCE);

  private CourseKeys() {}

  /** The same with our keys only; keys that are neither's stay. */
  static Map<String, Given> translate(Map<String, Given> given, List<String> problems) {
    Map<String, Given> ours = new LinkedHashMap<>(given);
    rename(ours, PENALTY, Setting.L2_PENALTY, problems);
    combine(ours, Setting.MOMENTUM, GAMMA, "0", problems);
    combine(ours, Setting.EARLY_STOP, PATIENCE, "never", problems);
    Given layers = ours.remove(LAYER_SPECS);
    if (layers != null) {
      layers(ours, layers, problems);
    }
    return ours;
  }

  private static void rename(
      Map<String, Given> ours, String theirs, Setting<?> setting, List<String> problems) {
    Given value = ours.remove(theirs);
    if (value != null && ours.putIfAbsent(setting.key(), value) != null) {
      problems.add(value.place() + ": " + theirs + ": " + setting.key() + " is there as well");
    }
  }

  /** A switch and its number: {@code momentum: True} with {@code momentum_gamma: 0.9}. */
  private static void combine(
      Map<String, Given> ours,
      Setting<?> setting,
      String numberKey,
      String off,
      List<String> problems) {
    Optional<Given> number = Optional.ofNullable(ours.remove(numberKey));
    Optional<Given> own = Optional.ofNullable(ours.get(setting.key()));
    Optional<Boolean> on = own.flatMap(CourseKeys::flag);
    String key = setting.key();
    if (own.isPresent() && on.isPresent()) {
      String place = own.get().place();
      if (!on.get()) {
        ours.put(key, new Given(List.of(off), place));
      } else if (number.isPresent()) {
        ours.put(key, number.get());
      } else {
        ours.remove(key);
        problems.add(place + ": " + key + ": true: expected " + numberKey + " beside it");
      }
    } else if (number.isPresent() && own.isEmpty()) {
      ours.put(key, number.get());
    } else if (number.isPresent()) {
      String place = number.get().place();
      problems.add(place + ": " + numberKey + ": expected " + key + ": true or false beside it");
    }
  }

  private static Optional<Boolean> flag(Given given) {
    String word = String.join(",", given.words()).toLowerCase(Locale.ROOT);
    return word.equals("true") || word.equals("false")
        ? Optional.of(word.equals("true"))
        : Optional.empty();
  }

  private static void layers(Map<String, Given> ours, Given layers, List<String> problems) {
    List<String> widths = layers.words();
    int n = widths.size();
    Optional<ImageSet> set =
        n < 2
            ? Optional.empty()
            : Stream.of(ImageSet.values())
                .filter(s -> Integer.toString(s.classes()).equals(widths.get(n - 1)))
                .findFirst();
    if (set.isEmpty() || !widths.get(0).equals(INPUTS)) {
      problems.add(
          layers.place()
              + ": layer_specs: expected [3072, hidden..., classes] with 10, 20 or 100 classes,"
              + " found "
              + widths);
      return;
    }
    List<String> hidden = new ArrayList<>(widths.subList(1, n - 1));
    ours.put(Setting.HIDDEN.key(), new Given(hidden, layers.place()));
    List<String> dataset = List.of(Words.of(set.get()));
    Given before = ours.putIfAbsent(Setting.DATASET.key(), new Given(dataset, layers.place()));
    if (before != null && !Setting.DATASET.read(before.words()).equals(set)) {
      problems.add(
          layers.place()
              + ": layer_specs: "
              + widths.get(n - 1)
              + " classes are of "
              + dataset.get(0)
              + ", and dataset is "
              + String.join(", ", before.words()));
    }
  }
}
