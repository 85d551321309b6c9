// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import java.util.List;
import java.util.Optional;

/**
 * A scalar, a list of scalars or a mapping, and where it begins: line and column count from 1, columns
 * in UTF-16 units. Nothing has a type: {@code 0.1} and {@code no} are texts until a schema says more.
 */
public sealed interface YamlValue {
  /** The line on which it begins. */
  int line();

  /** The column at which it begins. */
  int column();

  /** The text, or those of the list; empty for a mapping. */
  default Optional<List<String>> texts() {
    if (this instanceof Scalar scalar) {
      return Optional.of(List.of(scalar.text()));
    }
    return this instanceof Sequence sequence
        ? Optional.of(sequence.items().stream().map(Scalar::text).toList())
        : Optional.empty();
  }

  /**
   * One text.
   *
   * @param text without quotes, escapes resolved
   * @param quoted whether it stood in quotes, so that {@code "1"} can be told from {@code 1}
   */
  record Scalar(String text, boolean quoted, int line, int column) implements YamlValue {}

  /** A list in brackets, or one of lines that begin with a dash. */
  record Sequence(List<Scalar> items, int line, int column) implements YamlValue {
    /** Keeps a copy of the items. */
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** Entries in the order of the file, no two with the same key. */
  record Mapping(List<YamlEntry> entries, int line, int column) implements YamlValue {
    /** Keeps a copy of the entries. */
    public Mapping {
      entries = List.copyOf(entries);
    }
  }
}
