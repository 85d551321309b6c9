// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import java.util.Map;

/**
 * A strict subset of YAML, for configuration files: what it accepts is YAML with the same meaning for
 * every YAML reader (1.1 and 1.2), and everything else is refused with its line and column.
 *
 * <pre>
 *   --- !Config                  # optional, the tag is ignored
 *   layers: [3072, 128, 10]      # or lines of "- 128", indented or at the key's own column
 *   activation: "tanh"           # plain, 'single' or "double" quotes (\" \\ \n \t &#92;uXXXX)
 *   optimizer:                   # nested maps, two levels deep at most
 *     learning_rate: 0.05
 * </pre>
 *
 * <p>Refused are tabs outside quotes and comments, anchors, aliases, other tags, directives, flow
 * maps, nested lists, scalars and inline lists of more than one line, keys without a value, duplicate
 * keys, and a second document. Plain keys consist of {@code A-Z a-z 0-9 _ . -}.
 */
public final class Yaml {
  private Yaml() {}

  /**
   * The entries of a file; none for a file of comments. Time is linear in the text.
   *
   * @param source the file's name, for errors
   * @param text the file's content; a byte order mark and CRLF are accepted
   * @throws YamlException where the text is outside the subset
   */
  public static YamlDocument parse(String source, String text) throws YamlException {
    return new YamlReader(source, text).document();
  }

  /**
   * A text that {@link #parse} reads back as these entries, each on a line of its own, quoted only
   * where it must be.
   *
   * @param entries values are of type {@code String} or {@code List<String>}
   * @throws IllegalArgumentException for another type, a key of more than 128 characters, or half a
   *     surrogate pair
   */
  public static String write(Map<String, ?> entries) {
    return YamlWriter.write(entries);
  }
}
