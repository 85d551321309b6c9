// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.files.Json;
import io.cifarengine.files.JsonObject;
import io.cifarengine.files.UnreadableFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How a run stands, as its {@code status.json} says.
 *
 * @param state what it does or how it ended
 * @param started when it was made, in UTC
 * @param updated when this was written, in UTC
 * @param words the verdict of a run that is done, why it ended of one that is not
 */
public record RunStatus(State state, String started, String updated, String words) {
  /** What a run does or how it ended. */
  public enum State {
    /** It trains; or it was killed while it did, which its lock tells. */
    RUNNING,
    /** It was asked to stop, and did after saving; or images for some of its experiments are missing. */
    INTERRUPTED,
    /** It has its result. */
    DONE,
    /** No training of it gave weights that count. */
    DIVERGED,
    /** An error ended it. */
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A run that begins now. */
  static RunStatus begin() {
    String now = now();
    return new RunStatus(State.RUNNING, now, now, "");
  }

  /** The same run in another state, now. */
  RunStatus now(State next, String why) {
    return new RunStatus(next, started, now(), why);
  }

  /** The time in UTC to the second. */
  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Whether there is nothing left to do. */
  public boolean isOver() {
    return state == State.DONE || state == State.DIVERGED;
  }

  String json() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("status", state.toString());
    map.put("started", started);
    map.put("updated", updated);
    map.put("words", words);
    return Json.document(map);
  }

  static RunStatus read(Path file) throws IOException {
    JsonObject json = JsonObject.read(file);
    String state = json.text("status");
    for (State known : State.values()) {
      if (known.toString().equals(state)) {
        return new RunStatus(known, json.text("started"), json.text("updated"), json.text("words"));
      }
    }
    throw new UnreadableFileException(
        file, "unknown status " + state, "Use the version that wrote it");
  }
}
