// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.train.StopSignal;
import io.cifarengine.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrialRunnerTest {
  private static final Settings SMALL =
      Settings.defaults()
          .with(Setting.LIMIT, 20)
          .with(Setting.BATCH_SIZE, 10)
          .with(Setting.HIDDEN, List.of(4))
          .with(Setting.EPOCHS, 2);

  private static Trial trial(int number, double learningRate) {
    Settings settings = SMALL.with(Setting.LEARNING_RATE, learningRate);
    return new Trial(number, "trial " + number, settings, true, Optional.empty());
  }

  /** Keeps results in memory and notes what it is asked. */
  private static final class Notes implements TrialStore, TrialListener {
    private final Map<Integer, TrialResult> results = new TreeMap<>();
    private final Map<Integer, TrialResult> others = new TreeMap<>();
    private final List<String> said = new ArrayList<>();
    private StopSignal stop = new StopSignal();
    private int stopAt = -1;

    @Override
    public Optional<TrialResult> finished(Trial trial) {
      return Optional.ofNullable(results.get(trial.number()));
    }

    @Override
    public Optional<Taken> take(Trial trial, SplitData data, Engine engine) {
      Optional<TrialResult> other = Optional.ofNullable(others.get(trial.number()));
      return other.map(result -> new Taken(result, "elsewhere"));
    }

    @Override
    public void restore(Trial trial, SplitData data, Trainer trainer) {
      said.add("restore " + trial.number());
    }

    @Override
    public void afterUpdate(Trial trial, SplitData data, Trainer trainer) {
      said.add("update " + trainer.updates());
    }

    @Override
    public void save(Trial trial, SplitData data, Trainer trainer) {
      said.add("save " + trial.number() + " at " + trainer.updates());
    }

    @Override
    public void finish(TrialResult result, SplitData data, Trainer trainer) {
      said.add("finish " + result.trial().number());
      results.put(result.trial().number(), result);
    }

    @Override
    public void onData(SplitData data) {
      said.add("data");
    }

    @Override
    public void onFinishedBefore(TrialResult result, int trials) {
      said.add("before " + result.trial().number());
    }

    @Override
    public void onTaken(TrialResult result, String from, int trials) {
      said.add("taken " + result.trial().number() + " from " + from);
    }

    @Override
    public void onUpdate(
        int epoch, int update, int updates, double loss, int correct, int examples) {
      if (results.size() == 1 && update == stopAt) {
        stop.request();
      }
    }

    @Override
    public void onEnd() {
      said.add("end");
    }

    List<String> heard() {
      List<String> heard = List.copyOf(said);
      said.clear();
      return heard;
    }
  }

  @Test
  void aRunStopsSavesGoesOnAndOutlivesADivergence() throws Exception {
    List<Trial> trials = List.of(trial(1, Float.MAX_VALUE), trial(2, 0.01));
    Notes notes = new Notes();
    notes.stopAt = 1;
    try (Engine engine = Engine.withThreads(1)) {
      DataSource source = new DataSource.Synthetic();
      TrialRunner first = new TrialRunner(engine, source, notes, notes, notes.stop);
      assertThrows(StoppedException.class, () -> first.run(trials));
      TrialResult diverged = Optional.ofNullable(notes.results.get(1)).orElseThrow();
      assertTrue(diverged.training().failed());
      assertEquals(Optional.empty(), diverged.test());
      assertEquals(
          List.of(
              "data",
              "restore 1",
              "update 1",
              "save 1 at 2",
              "finish 1",
              "restore 2",
              "save 2 at 1",
              "end"),
          notes.heard(),
          "one load for both, and no update behind the stop");
      assertThrows(StoppedException.class, () -> first.run(trials));
      assertEquals(List.of("before 1", "end"), notes.heard(), "asked to stop, it begins nothing");

      notes.stop = new StopSignal();
      notes.stopAt = -1;
      TrialRunner second = new TrialRunner(engine, source, notes, notes, notes.stop);
      List<TrialResult> results = second.run(trials);
      assertEquals(
          List.of(
              "before 1",
              "data",
              "restore 2",
              "update 1",
              "update 2",
              "update 3",
              "save 2 at 4",
              "finish 2",
              "end"),
          notes.heard());
      assertEquals(diverged, results.get(0));
      assertEquals(2, results.get(1).training().epochs().size());
      assertEquals(20, results.get(1).test().orElseThrow().evaluation().examples());
      assertEquals(results, second.run(trials));
      assertEquals(List.of("before 1", "before 2", "end"), notes.heard(), "nothing left to do");

      Notes taking = new Notes();
      taking.others.putAll(notes.results);
      TrialRunner third = new TrialRunner(engine, source, taking, taking, taking.stop);
      assertEquals(results, third.run(trials));
      assertEquals(
          List.of("data", "taken 1 from elsewhere", "taken 2 from elsewhere", "end"),
          taking.heard());
    }
  }
}
