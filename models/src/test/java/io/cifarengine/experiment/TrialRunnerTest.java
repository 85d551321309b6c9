// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.train.StopSignal;
import io.cifarengine.train.Trainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
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
      TrialRunner first = new TrialRunner(engine, 2, source, notes, notes, notes.stop);
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
      TrialRunner second = new TrialRunner(engine, 2, source, notes, notes, notes.stop);
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
      TrialRunner third = new TrialRunner(engine, 2, source, taking, taking, taking.stop);
      assertEquals(results, third.run(trials));
      assertEquals(
          List.of("data", "taken 1 from elsewhere", "taken 2 from elsewhere", "end"),
          taking.heard());
    }
  }

  /** Fails where two trainings call it at once, and notes how many go on side by side. */
  private static class Alone implements TrialStore, TrialListener {
    private final AtomicInteger callers = new AtomicInteger();
    final Set<Integer> begun = new TreeSet<>();
    private final Set<Integer> saved = new TreeSet<>();
    private final List<Integer> finished = new ArrayList<>();
    private int most;
    private int atOnce;

    private void enter() {
      assertEquals(1, callers.incrementAndGet(), "callers at once");
      Thread.onSpinWait();
      callers.decrementAndGet();
    }

    @Override
    public void onBegin(int trainings) {
      atOnce = trainings;
    }

    @Override
    public Optional<TrialResult> finished(Trial trial) {
      return Optional.empty();
    }

    @Override
    public Optional<Taken> take(Trial trial, SplitData data, Engine engine) {
      enter();
      assertEquals(1, engine.threads());
      return Optional.empty();
    }

    @Override
    public void restore(Trial trial, SplitData data, Trainer trainer) {
      enter();
      begun.add(trial.number());
      most = Math.max(most, begun.size() - finished.size());
    }

    @Override
    public void afterUpdate(Trial trial, SplitData data, Trainer trainer) throws IOException {
      enter();
    }

    @Override
    public void save(Trial trial, SplitData data, Trainer trainer) {
      enter();
      saved.add(trial.number());
    }

    @Override
    public void finish(TrialResult result, SplitData data, Trainer trainer) {
      enter();
      finished.add(result.trial().number());
    }

    @Override
    public void onUpdate(
        int epoch, int update, int updates, double loss, int correct, int examples) {
      enter();
    }
  }

  private static List<TrialResult> run(int threads, Alone notes, StopSignal stop, int epochs)
      throws Exception {
    List<Trial> trials = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      Settings settings = SMALL.with(Setting.LEARNING_RATE, 0.01 * i).with(Setting.EPOCHS, epochs);
      trials.add(new Trial(i, "trial " + i, settings, true, Optional.empty()));
    }
    try (Engine engine = Engine.withThreads(threads)) {
      return new TrialRunner(engine, 3, new DataSource.Synthetic(), notes, notes, stop).run(trials);
    }
  }

  private static List<String> digests(List<TrialResult> results) {
    return results.stream().map(r -> r.training().epochs().get(1).digest()).toList();
  }

  @Test
  void trainingsSideBySideGiveTheResultsOfOneAfterTheOtherAndCallOneAtATime() throws Exception {
    Alone one = new Alone();
    List<TrialResult> expected = run(1, one, StopSignal.never(), 2);
    assertEquals(1, one.atOnce);
    assertEquals(1, one.most);
    for (int threads : new int[] {2, 3}) {
      Alone several = new Alone();
      List<TrialResult> results = run(threads, several, StopSignal.never(), 2);
      assertEquals(threads, several.atOnce);
      assertTrue(several.most <= threads, several.most + " at once");
      assertEquals(Set.of(1, 2, 3, 4, 5), Set.copyOf(several.finished));
      assertEquals(List.of(1, 2, 3, 4, 5), results.stream().map(r -> r.trial().number()).toList());
      assertEquals(digests(expected), digests(results));
      assertEquals(5, Set.copyOf(digests(results)).size(), "not all the same training");
    }
  }

  @Test
  void aStopStopsAllAfterTheyHaveSaved() {
    StopSignal stop = new StopSignal();
    Alone notes =
        new Alone() {
          @Override
          public void restore(Trial trial, SplitData data, Trainer trainer) {
            super.restore(trial, data, trainer);
            if (begun.size() == 2) {
              stop.request();
            }
          }
        };
    assertThrows(StoppedException.class, () -> run(2, notes, stop, 100_000));
    assertEquals(Set.of(1, 2), notes.begun);
    assertEquals(Set.of(1, 2), notes.saved);
  }

  @Test
  void aFailureStopsTheOthersAfterTheyHaveSavedAndIsWhatTheCallerHears() {
    for (Throwable cause :
        List.of(new IOException("on purpose"), new IllegalStateException(), new Error())) {
      Alone notes =
          new Alone() {
            @Override
            public void afterUpdate(Trial trial, SplitData data, Trainer trainer)
                throws IOException {
              super.afterUpdate(trial, data, trainer);
              if (trial.number() == 2 && begun.contains(1)) {
                TrialRunnerTest.<IOException>rethrow(cause);
              }
            }
          };
      Throwable heard =
          assertThrows(Throwable.class, () -> run(2, notes, StopSignal.never(), 100_000));
      assertSame(cause, heard);
      assertEquals(Set.of(1), notes.saved);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void rethrow(Throwable t) throws T {
    throw (T) t;
  }
}
