// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.parallel;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The numbered parts of one task after another, in a share of neighbours for each participant, who helps the others
 * when its own is done.
 *
 * <p>A participant has the same share of every task: it updates the weights whose gradient it computed, which lie in
 * its own cache still. Which one runs a part never shows in a result.
 */
final class Shares {
  /** What {@link #claim} returns where no part is left. */
  static final int NONE = -1;

  /** Next part of a generation that is over: no count of parts is above it. */
  private static final int NOTHING_LEFT = Integer.MAX_VALUE;

  /** Longs from one share's word to the next: two cache lines, which a CPU may fetch together. */
  private static final int STEP = 16;

  private final int participants;

  /** (generation &lt;&lt; 32) | next part of each share: one word, so that a claim cannot mix two generations. */
  private final AtomicLongArray words;

  private long generation;

  // Written before a generation opens, read after it was seen open.
  private int parts;

  Shares(int participants) {
    this.participants = participants;
    words = new AtomicLongArray((participants + 1) * STEP);
    close();
  }

  /** Opens the next generation: what was written before is visible to whoever claims a part. */
  void open(int parts) {
    this.parts = parts;
    generation++;
    for (int i = 0; i < participants; i++) {
      words.set(wordOf(i), generation << Integer.SIZE | first(i));
    }
  }

  /** Ends the generation. A late claim would else find an old next part below a new number of parts. */
  void close() {
    for (int i = 0; i < participants; i++) {
      words.set(wordOf(i), generation << Integer.SIZE | NOTHING_LEFT);
    }
  }

  /** The last generation that was opened for this participant. */
  long generation(int participant) {
    return words.get(wordOf(participant)) >>> Integer.SIZE;
  }

  /** A part that is this participant's alone now, of its own share or of another's; {@link #NONE} else. */
  int claim(int participant) {
    for (int i = participant; i < participant + participants; i++) {
      int part = claimOf(i % participants);
      if (part != NONE) {
        return part;
      }
    }
    return NONE;
  }

  private int claimOf(int owner) {
    for (; ; ) {
      long seen = words.get(wordOf(owner));
      int part = (int) seen;
      if (part >= first(owner + 1)) {
        return NONE;
      }
      if (words.compareAndSet(wordOf(owner), seen, seen + 1)) {
        return part;
      }
    }
  }

  /** Where a share begins: the first ones, whose owners begin first, are the larger. */
  private int first(int owner) {
    return (int) (((long) parts * owner + participants - 1) / participants);
  }

  private static int wordOf(int owner) {
    return (owner + 1) * STEP; // apart from the array's length, which every read looks at
  }
}
