// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.files.Json;
import io.cifarengine.run.SettingChange;
import io.cifarengine.run.VerifiedRun;
import io.cifarengine.run.VerifiedTrial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What verifications came to. */
final class VerifyText {
  private VerifyText() {}

  /** Whether there was something to compare and nothing differs. */
  static boolean isEqual(List<VerifiedRun> runs) {
    return !isEmpty(runs) && runs.stream().allMatch(VerifiedRun::holds);
  }

  private static boolean isEmpty(List<VerifiedRun> runs) {
    return runs.stream().allMatch(VerifiedRun::isEmpty);
  }

  /** A line a trial, and the verdict. */
  static String of(List<VerifiedRun> runs) {
    StringBuilder out = new StringBuilder();
    for (VerifiedRun run : runs) {
      out.append(run.run().id()).append('\n');
      for (String problem : run.problems()) {
        out.append("  config.yaml is not what the run began with: ").append(problem).append('\n');
      }
      for (VerifiedTrial trial : run.trials()) {
        out.append("  ").append(line(trial)).append('\n');
      }
      run.table()
          .ifPresent(equal -> out.append("  the table: ").append(equalOr(equal)).append('\n'));
    }
    return out.append("verdict: ").append(verdict(runs)).append('\n').toString();
  }

  private static String line(VerifiedTrial trial) {
    StringBuilder out = new StringBuilder();
    out.append("trial ").append(trial.record().trial().number());
    out.append(", ").append(trial.record().trial().label()).append(": ");
    if (trial.difference().isPresent()) {
      VerifiedTrial.Difference difference = trial.difference().get();
      out.append("epoch ").append(difference.epoch()).append(" differs: recorded ");
      out.append(difference.recorded()).append(", found ").append(difference.found());
    } else if (trial.compared() > 0) {
      out.append(trial.compared()).append(" of ").append(trial.record().epochs().size());
      out.append(" epochs compared, equal");
    } else {
      out.append(trial.problem().orElse("nothing is recorded so far"));
    }
    for (SettingChange change : trial.changes()) {
      out.append("; ").append(change.inWords());
    }
    return out.toString();
  }

  private static String equalOr(boolean equal) {
    return equal ? "equal" : "differs from result.json";
  }

  private static String verdict(List<VerifiedRun> runs) {
    if (!runs.stream().allMatch(VerifiedRun::holds)) {
      return "differs";
    }
    if (isEmpty(runs)) {
      return "nothing to compare: no epoch is recorded";
    }
    int epochs = runs.stream().mapToInt(VerifiedRun::compared).sum();
    long tables = runs.stream().filter(run -> run.table().isPresent()).count();
    return "equal, bit for bit: "
        + epochs
        + (epochs == 1 ? " epoch" : " epochs")
        + (tables > 0 ? ", " + tables + (tables == 1 ? " table" : " tables") : "");
  }

  /** As JSON. */
  static String json(List<VerifiedRun> runs) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("equal", isEqual(runs));
    document.put("verdict", verdict(runs));
    document.put("runs", runs.stream().map(VerifyText::run).toList());
    return Json.document(document);
  }

  private static Map<String, Object> run(VerifiedRun run) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("run", run.run().id());
    map.put("problems", run.problems());
    map.put("table_equal", run.table());
    map.put("trials", run.trials().stream().map(VerifyText::trial).toList());
    return map;
  }

  private static Map<String, Object> trial(VerifiedTrial trial) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("trial", trial.record().trial().number());
    map.put("label", trial.record().trial().label());
    map.put("recorded_epochs", trial.record().epochs().size());
    map.put("compared_epochs", trial.compared());
    boolean untold = trial.compared() == 0 && trial.holds();
    map.put("equal", untold ? Optional.empty() : Optional.of(trial.holds()));
    map.put("difference", trial.difference().map(VerifyText::difference));
    map.put("changes", trial.changes().stream().map(VerifyText::change).toList());
    map.put("problem", trial.problem());
    return map;
  }

  private static Map<String, Object> difference(VerifiedTrial.Difference difference) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("epoch", difference.epoch());
    map.put("recorded", difference.recorded());
    map.put("found", difference.found());
    return map;
  }

  private static Map<String, Object> change(SettingChange change) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("setting", change.setting());
    map.put("recorded", change.recorded());
    map.put("now", change.now());
    return map;
  }
}
