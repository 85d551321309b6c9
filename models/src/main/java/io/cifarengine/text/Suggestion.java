// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.text;

import java.util.Collection;
import java.util.Optional;

/** The word that a person probably meant. */
public final class Suggestion {
  private Suggestion() {}

  /** {@code " (did you mean momentum?)"}, or nothing where no known word is close. */
  public static String of(String typed, Collection<String> known) {
    return closest(typed, known).map(word -> " (did you mean " + word + "?)").orElse("");
  }

  /** The known word that takes the fewest changes, where those are few. */
  public static Optional<String> closest(String typed, Collection<String> known) {
    String closest = "";
    int least = Integer.MAX_VALUE;
    for (String word : known) {
      int distance = editDistance(typed, word);
      if (distance < least) {
        least = distance;
        closest = word;
      }
    }
    boolean close = least <= Math.max(1, closest.length() / 3);
    return close ? Optional.of(closest) : Optional.empty();
  }

  /** How many letters must be inserted, deleted or replaced to turn one word into the other. */
  private static int editDistance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }
}
