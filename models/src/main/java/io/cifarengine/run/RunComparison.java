// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import io.cifarengine.config.ConfigException;
import io.cifarengine.config.Setting;
import io.cifarengine.experiment.EveryExperiment;
import io.cifarengine.train.EpochReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trials of several runs beside each other.
 *
 * @param entries every trial of which something is recorded, in the order of the runs
 * @param differing the keys of the settings in which they differ
 * @param empty the runs that have no such trial
 */
public record RunComparison(List<Entry> entries, List<String> differing, List<RunDirectory> empty) {
  /** A trial and its run. */
  public record Entry(RunDirectory run, TrialRecord record) {}

  /** Compares runs; of a run of all experiments, the runs inside. */
  public static RunComparison of(List<RunDirectory> runs) throws IOException, ConfigException {
    List<Entry> entries = new ArrayList<>();
    List<RunDirectory> empty = new ArrayList<>();
    for (RunDirectory run : runs) {
      boolean every = run.plan().experiment() instanceof EveryExperiment;
      for (RunDirectory one : every ? run.members() : List.of(run)) {
        int before = entries.size();
        for (TrialRecord record : TrialRecord.of(one, one.plan().trials())) {
          if (record.training().isPresent()) {
            entries.add(new Entry(one, record));
          }
        }
        if (entries.size() == before) {
          empty.add(one);
        }
      }
    }
    return new RunComparison(List.copyOf(entries), differing(entries), List.copyOf(empty));
  }

  private static List<String> differing(List<Entry> entries) {
    return Setting.all().stream()
        .map(Setting::key)
        .filter(key -> entries.stream().map(e -> value(e, key)).distinct().count() > 1)
        .toList();
  }

  /** A setting of a trial as it was recorded. */
  public static String value(Entry entry, String key) {
    return entry.record().settings().getOrDefault(key, "-");
  }

  /** Groups of at least two trials whose weights are the same, bit for bit. */
  public List<List<Entry>> equal() {
    Map<String, List<Entry>> byDigest = new LinkedHashMap<>();
    for (Entry entry : entries) {
      entry
          .record()
          .chosen()
          .map(EpochReport::digest)
          .ifPresent(d -> byDigest.computeIfAbsent(d, digest -> new ArrayList<>()).add(entry));
    }
    return byDigest.values().stream().filter(group -> group.size() > 1).toList();
  }
}
