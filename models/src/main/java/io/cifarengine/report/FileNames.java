// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of files, each for one name of anything, that every file system takes and tells apart. */
final class FileNames {
  private static final int LONGEST = 64;

  /** Windows opens devices under these names, whatever follows after a dot. */
  private static final String DEVICES = "con|prn|aux|nul|com\\d|lpt\\d";

  private FileNames() {}

  /** One for each name, in the same order; without a suffix, and never a path. */
  static List<String> of(List<String> names) {
    Set<String> taken = new LinkedHashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String safe = safe(names.get(i));
      boolean usable = !safe.isEmpty() && !safe.matches(DEVICES) && !taken.contains(safe);
      String name = usable ? safe : safe + "-" + i;
      while (!taken.add(name)) {
        name += "-" + i;
      }
    }
    return new ArrayList<>(taken);
  }

  private static String safe(String name) {
    String safe = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "_");
    return safe.substring(0, Math.min(safe.length(), LONGEST));
  }
}
