// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

import static java.util.stream.Collectors.joining;

import io.cifarengine.files.Reason;
import io.cifarengine.files.Yaml;
import io.cifarengine.files.YamlDocument;
import io.cifarengine.files.YamlEntry;
import io.cifarengine.files.YamlException;
import io.cifarengine.files.YamlValue;
import io.cifarengine.text.Suggestion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Settings and where each value came from: a default, a line of a file, or the command line, the later
 * above the earlier. Everything that is wrong is collected, so that one error names it all.
 *
 * <p>A file has our keys, or those of the course whose exercise the CIFAR-100 study is; see {@link
 * CourseKeys}.
 */
public final class Configuration {
  private static final int MAX_BYTES = 1 << 20;
  private static final String DEFAULT = "default";

  /** What the name of a file may hold, but no comment. */
  private static final Pattern UNPRINTABLE = Pattern.compile("\\R|\\p{C}");

  private static final int CHANNELS = 3;
  private static final int SIDE = 32;

  private final List<String> problems = new ArrayList<>();
  private final Map<Setting<?>, String> origins = new LinkedHashMap<>();
  private Settings settings;

  private Configuration(Settings settings) {
    this.settings = settings;
  }

  /** Every setting with its default. */
  public static Configuration defaults() {
    return new Configuration(Settings.defaults());
  }

  /** Adds what a file says; that it cannot be read is a problem like another. */
  public Configuration file(Path file) {
    String name = file.toString();
    try {
      return text(name, read(file));
    } catch (CharacterCodingException e) {
      problems.add(name + ": the text is not UTF-8");
    } catch (IOException e) {
      problems.add(name + ": cannot be read: " + Reason.of(e));
    }
    return this;
  }

  private static String read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(Files.exists(file) ? "not a file" : "no such file");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("expected at most " + MAX_BYTES + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }

  /** Adds what the text of a file says. */
  public Configuration text(String name, String text) {
    Map<String, Given> given = new LinkedHashMap<>();
    try {
      YamlDocument document = Yaml.parse(name, text);
      for (YamlEntry entry : document.root().entries()) {
        add(given, name, entry);
      }
    } catch (YamlException e) {
      problems.add(e.getMessage());
      return this;
    }
    CourseKeys.translate(given, problems).forEach(this::put);
    return this;
  }

  private void add(Map<String, Given> given, String name, YamlEntry entry) {
    YamlValue.Scalar key = entry.key();
    String place = name + ":" + key.line() + ":" + key.column();
    Optional<List<String>> words = entry.value().texts();
    if (words.isPresent()) {
      given.put(key.text(), new Given(words.get(), place));
    } else {
      problems.add(
          place + ": " + key.text() + ": expected a value or a list, found entries below it");
    }
  }

  /** Adds {@code key=value}, as {@code --set} takes it. */
  public Configuration set(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 0) {
      problems.add("--set: expected KEY=VALUE, found " + assignment);
      return this;
    }
    String key = assignment.substring(0, equals).strip();
    Map<String, Given> given = new LinkedHashMap<>();
    given.put(key, new Given(Settings.words(assignment.substring(equals + 1)), "--set"));
    CourseKeys.translate(given, problems).forEach(this::put);
    return this;
  }

  /** Adds the value of a setting and the place that gives it, such as an option of its own. */
  public Configuration option(Setting<?> setting, String value, String place) {
    put(setting.key(), new Given(Settings.words(value), place));
    return this;
  }

  private void put(String key, Given given) {
    Optional<Setting<?>> setting = Setting.named(key);
    if (setting.isEmpty()) {
      List<String> known = new ArrayList<>(CourseKeys.NAMES);
      Setting.all().forEach(s -> known.add(s.key()));
      problems.add(given.place() + ": unknown key " + key + Suggestion.of(key, known));
      return;
    }
    try {
      settings = settings.parse(setting.get(), given.words());
      origins.put(setting.get(), given.place());
    } catch (IllegalArgumentException e) {
      problems.add(given.place() + ": " + e.getMessage());
    }
  }

  /**
   * The settings.
   *
   * @throws ConfigException with every problem
   */
  public Settings settings() throws ConfigException {
    if (!problems().isEmpty()) {
      throw new ConfigException(problems());
    }
    return settings;
  }

  /** Where the value of a setting came from. */
  public String origin(Setting<?> setting) {
    return origins.getOrDefault(setting, DEFAULT);
  }

  /** What is wrong so far; empty where nothing is. */
  public List<String> problems() {
    List<String> all = new ArrayList<>(problems);
    boolean decoupled = settings.value(Setting.L2_KIND) == DecayKind.DECOUPLED;
    if (decoupled && settings.value(Setting.L2_PENALTY).floatValue() >= 1) {
      all.add(
          origin(Setting.L2_PENALTY)
              + ": l2_penalty: expected below 1 where l2_kind is decoupled, found "
              + Setting.L2_PENALTY.inWords(settings));
    }
    addTooLarge(all);
    return List.copyOf(all);
  }

  /** Each layer's weights must fit one array, and so must what a convolution makes of one image. */
  private void addTooLarge(List<String> all) {
    int side = SIDE;
    int channels = CHANNELS;
    for (int filters : settings.value(Setting.CONVOLUTIONS)) {
      requireFit(all, Setting.CONVOLUTIONS, 3, 3, channels, filters);
      requireFit(all, Setting.CONVOLUTIONS, side, side, filters);
      side /= 2; // the pooling
      channels = filters;
    }
    boolean given = origins.containsKey(Setting.HIDDEN);
    Setting<?> blamed = given ? Setting.HIDDEN : Setting.CONVOLUTIONS;
    long inputs = (long) side * side * channels;
    for (int width : settings.value(Setting.HIDDEN)) {
      requireFit(all, blamed, inputs, width);
      inputs = width;
    }
    requireFit(all, blamed, inputs, settings.value(Setting.DATASET).classes());
  }

  private void requireFit(List<String> all, Setting<?> setting, long... sizes) {
    double product = 1; // of longs it could overflow
    for (long size : sizes) {
      product *= size;
    }
    if (product > Integer.MAX_VALUE) {
      String found = LongStream.of(sizes).mapToObj(Long::toString).collect(joining(" x "));
      all.add(
          origin(setting)
              + ": "
              + setting.key()
              + ": expected layers of at most "
              + Integer.MAX_VALUE
              + " numbers, which fit one array, found "
              + found);
    }
  }

  /** Every setting as a line of a file that gives the same settings, its origin behind it. */
  public String print() {
    Map<String, String> all = new LinkedHashMap<>();
    Setting.all().forEach(setting -> all.put(setting.key(), origin(setting)));
    return print(settings, all);
  }

  /** The same of these settings and origins, by keys. */
  public static String print(Settings settings, Map<String, String> origins) {
    StringBuilder out = new StringBuilder();
    settings
        .inWords()
        .forEach(
            (key, value) -> {
              String line = key + ": " + value;
              out.append(line)
                  .append(" ".repeat(Math.max(1, 36 - line.length())))
                  .append("# ")
                  .append(UNPRINTABLE.matcher(origins.getOrDefault(key, DEFAULT)).replaceAll(" "))
                  .append('\n');
            });
    return out.toString();
  }

  /** What a file or an option says of one key, and where. */
  record Given(List<String> words, String place) {}
}
