// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.Configuration;
import io.cifarengine.config.Setting;
import io.cifarengine.experiment.DataSource;
import io.cifarengine.experiment.ExperimentOptions;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.Experiments;
import io.cifarengine.experiment.Outcome;
import io.cifarengine.experiment.StoppedException;
import io.cifarengine.experiment.Trial;
import io.cifarengine.experiment.TrialListener;
import io.cifarengine.files.EditedTexts;
import io.cifarengine.files.UnreadableFileException;
import io.cifarengine.report.OutcomeJson;
import io.cifarengine.tensor.Shape;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.ModelFile;
import io.cifarengine.train.StopSignal;
import io.cifarengine.train.Trainer;
import io.cifarengine.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // a lock is held while its block lasts
class RunSessionTest {
  private static final Duration NEVER = Duration.ofDays(1);

  private final Path folder;

  RunSessionTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private RunDirectory create(String... assignments) throws Exception {
    Configuration configuration =
        Configuration.defaults()
            .set("limit=60")
            .set("batch_size=20")
            .set("hidden=[8]")
            .set("epochs=3")
            .set("momentum=0.9")
            .set("learning_rate=0.01");
    for (String assignment : assignments) {
      configuration.set(assignment);
    }
    return RunDirectory.create(
        folder, RunPlan.training(configuration), Map.of(RunDirectory.DATA, "synthetic"));
  }

  private static Outcome execute(RunDirectory run, TrialListener listener, StopSignal stop)
      throws Exception {
    try (Engine engine = Engine.withThreads(1)) {
      return new RunSession(engine, new DataSource.Synthetic(), stop, NEVER).execute(run, listener);
    }
  }

  private static Outcome execute(RunDirectory run) throws Exception {
    return execute(run, TrialListener.none(), StopSignal.never());
  }

  private static String digest(Outcome outcome) {
    return ((ExperimentResult) outcome).trials().get(0).training().chosen().orElseThrow().digest();
  }

  /** Asks to stop after this many updates of this session. */
  private static TrialListener stopAfter(int updates, StopSignal stop) {
    return new TrialListener() {
      private int left = updates;

      @Override
      public void onUpdate(
          int epoch, int update, int ofEpoch, double loss, int correct, int examples) {
        left--;
        if (left == 0) {
          stop.request();
        }
      }
    };
  }

  private static List<String> rows(RunDirectory run) throws IOException {
    return Files.readAllLines(run.metrics());
  }

  @Test
  void aRunLeavesItsFilesBehind() throws Exception {
    RunDirectory run = create();
    execute(run);
    try (Stream<Path> tree = Files.walk(run.folder())) {
      List<String> files =
          tree.filter(Files::isRegularFile)
              .map(file -> run.folder().relativize(file).toString().replace('\\', '/'))
              .toList();
      for (String expected :
          List.of(
              "config.yaml",
              "config.resolved.json",
              "environment.json",
              "status.json",
              "metrics.csv",
              "events.jsonl",
              "result.json",
              "checkpoints/best.safetensors",
              "checkpoints/trial-1.safetensors")) {
        assertTrue(files.contains(expected), expected + " in " + files);
      }
      assertTrue(files.stream().noneMatch(file -> file.contains(".tmp")), files.toString());
    }
    assertEquals(RunStatus.State.DONE, run.status().state());
    assertEquals(4, rows(run).size());
  }

  @Test
  void aRunThatIsStoppedAnywhereGoesOnToTheSameWeights() throws Exception {
    String whole = digest(execute(create("batch_order=shuffled")));
    for (int updates = 1; updates <= 8; updates++) {
      RunDirectory run = create("batch_order=shuffled");
      StopSignal stop = new StopSignal();
      TrialListener stopping = stopAfter(updates, stop);
      assertThrows(StoppedException.class, () -> execute(run, stopping, stop));
      assertEquals(RunStatus.State.INTERRUPTED, run.status().state());
      assertEquals(whole, digest(execute(run)), "stopped after update " + updates);
      assertEquals(RunStatus.State.DONE, run.status().state());
      List<String> rows = rows(run);
      assertEquals(4, rows.size(), "a row an epoch, none twice");
      assertEquals(
          List.of("1,1", "1,2", "1,3"),
          rows.subList(1, 4).stream().map(row -> row.substring(0, 3)).toList());
    }
  }

  /** Images are laid out anew for the test of a saved model: as its input says. */
  @Test
  void aConvolutionalRunGoesOnToTheSameWeightsAndIsTestedAgainWithTheSameResult() throws Exception {
    String[] settings = {"convolutions=[2]", "hidden=[4]", "input=mean-image", "epochs=1"};
    String whole = digest(execute(create(settings)));
    RunDirectory run = create(settings);
    StopSignal stop = new StopSignal();
    TrialListener stopping = stopAfter(2, stop);
    assertThrows(StoppedException.class, () -> execute(run, stopping, stop));
    assertEquals(whole, digest(execute(run)));
    try (Engine engine = Engine.withThreads(1)) {
      ModelTest.Loaded loaded = ModelTest.Loaded.of(engine, run.bestModel());
      assertEquals(Shape.of(32, 32, 3), loaded.model().network().inputShape());
      ModelTest test = ModelTest.ofRun(loaded, run, new DataSource.Synthetic());
      assertEquals(Optional.of(true), test.isEqual());
      ModelFile model = loaded.model();
      Path bare = folder.resolve("bare.safetensors"); // without the settings of a run
      Map<String, String> dataset = Map.of("dataset", loaded.dataset().toString());
      ModelFile.of(model.network(), model.classNames(), model.imageNormalization(), dataset)
          .save(bare);
      ModelTest alone =
          ModelTest.alone(ModelTest.Loaded.of(engine, bare), new DataSource.Synthetic());
      assertEquals(2_000, alone.result().evaluation().examples());
    }
  }

  /** Two arms, which train side by side, for two seeds. */
  private RunDirectory createGrid() throws Exception {
    ExperimentOptions options =
        new ExperimentOptions(
            OptionalInt.of(3),
            OptionalInt.of(60),
            Optional.empty(),
            42,
            2,
            Map.of(Setting.MOMENTUM, "0.8"),
            false);
    RunPlan plan = RunPlan.of(Experiments.named("momentum").orElseThrow(), options);
    return RunDirectory.create(folder, plan, Map.of(RunDirectory.DATA, "synthetic"));
  }

  private static ExperimentResult grid(
      RunDirectory run, int threads, TrialListener listener, StopSignal stop) throws Exception {
    try (Engine engine = Engine.withThreads(threads)) {
      RunSession session = new RunSession(engine, new DataSource.Synthetic(), stop, NEVER);
      return (ExperimentResult) session.execute(run, listener);
    }
  }

  private static List<String> digests(ExperimentResult result) {
    return result.trials().stream()
        .map(trial -> trial.training().chosen().orElseThrow().digest())
        .toList();
  }

  @Test
  void trainingsSideBySideAreStoppedAnywhereAndGoOnToTheSameWeights() throws Exception {
    RunDirectory alone = createGrid();
    List<String> whole = digests(grid(alone, 1, TrialListener.none(), StopSignal.never()));
    assertEquals(4, Set.copyOf(whole).size());
    for (int updates :
        new int[] {1, 5, 10}) { // of twelve; after the 11th the other lane may have done the last
      RunDirectory run = createGrid();
      StopSignal stop = new StopSignal();
      TrialListener stopping = stopAfter(updates, stop);
      assertThrows(StoppedException.class, () -> grid(run, 2, stopping, stop));
      ExperimentResult result = grid(run, 2, TrialListener.none(), StopSignal.never());
      assertEquals(whole, digests(result), "stopped after update " + updates);
      assertEquals(
          Files.readAllLines(alone.metrics()).stream().map(RunSessionTest::withoutTime).toList(),
          Files.readAllLines(run.metrics()).stream().map(RunSessionTest::withoutTime).toList());
      assertArrayEquals(
          Files.readAllBytes(alone.bestModel()),
          Files.readAllBytes(run.bestModel()),
          "the first seed's, whichever was done first");
      for (int trial = 1; trial <= 4; trial++) {
        assertFalse(Files.exists(run.lastCheckpoint(trial)), "it is finished");
      }
    }
  }

  private static String withoutTime(String row) {
    String[] cells = row.split(",", -1);
    cells[6] = "";
    return String.join(",", cells);
  }

  @Test
  void aFinishedRunShowsItsResultWithoutTrainingAgain() throws Exception {
    RunDirectory run = create();
    String digest = digest(execute(run));
    TrialListener failing =
        new TrialListener() {
          @Override
          public TrainingListener onTrial(Trial trial, int trials, Trainer trainer) {
            throw new AssertionError("trains again");
          }
        };
    assertEquals(digest, digest(execute(run, failing, StopSignal.never())));
    try (RunLock held = RunLock.acquire(run.folder())) { // nothing is written
      assertEquals(digest, digest(execute(run, failing, StopSignal.never())));
    }
  }

  @Test
  void aFinishedRunSaysOnWhatItWasMade() throws Exception {
    RunDirectory run = create();
    execute(run);
    try (Engine other = Engine.scalar(2)) {
      Outcome shown =
          new RunSession(other, new DataSource.Synthetic(), StopSignal.never(), NEVER)
              .execute(run, TrialListener.none());
      assertEquals(Files.readString(run.result()), OutcomeJson.of(shown));
    }
  }

  @Test
  void aRunIsOfTheSameImagesFromItsFirstTrialToItsLast() throws Exception {
    String twoRates = "experiment: momentum\nonly: [momentum=0.8]\nepochs: 1\nlimit: 60\n";
    RunDirectory run =
        RunDirectory.create(
            folder, RunPlan.read("test", twoRates), Map.of(RunDirectory.DATA, "synthetic"));
    execute(run);
    EditedTexts.replace(run.trialFile(1), "data_sha256", "that of others");
    Files.delete(run.trialFile(2));
    Files.delete(run.result());
    UnreadableFileException failure =
        assertThrows(UnreadableFileException.class, () -> execute(run));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains("trial-1") && message.contains("that of others"), message);
  }

  @Test
  void aDamagedTestResultIsRefusedInWords() throws Exception {
    RunDirectory run = create();
    execute(run);
    EditedTexts.replace(run.trialFile(1), "test_loss", "0x1.8");
    UnreadableFileException failure =
        assertThrows(UnreadableFileException.class, () -> execute(run));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains("its test result is damaged"), message);
  }

  /** A kill between a trial's file and what follows it. */
  @Test
  void whatAKillLeftUndoneIsDoneWhenTheRunGoesOn() throws Exception {
    RunDirectory run = create();
    execute(run);
    List<String> rows = rows(run);
    Files.write(run.metrics(), rows.subList(0, rows.size() - 1));
    Files.createFile(run.lastCheckpoint(1));
    Files.delete(run.result());
    execute(run);
    assertEquals(rows, rows(run));
    assertFalse(Files.exists(run.lastCheckpoint(1)));
  }

  @Test
  void aFinishedTableIsReadAndOnlyMeasuredAgainWhereItCannotBe() throws Exception {
    RunPlan plan =
        RunPlan.of(Experiments.named("normalization").orElseThrow(), ExperimentOptions.none());
    RunDirectory run = RunDirectory.create(folder, plan, Map.of(RunDirectory.DATA, "synthetic"));
    Outcome measured = execute(run);
    String json = Files.readString(run.result());
    assertEquals(json, OutcomeJson.of(execute(run)));
    Files.writeString(run.result(), json.replace("judged: synthetic", "judged: other"));
    Outcome read = execute(run);
    assertTrue(read.verdict().words().contains("judged: other"), read.verdict().words());
    assertEquals(measured.verdict().kind(), read.verdict().kind());
    Files.writeString(run.result(), "{");
    assertEquals(json, OutcomeJson.of(execute(run)));
  }

  @Test
  void twoSessionsDoNotWorkInOneFolder() throws Exception {
    RunDirectory run = create();
    try (RunLock held = RunLock.acquire(run.folder())) {
      assertThrows(RunInUseException.class, () -> execute(run));
      assertTrue(RunLock.isHeld(run.folder()), "the refused one has not freed it");
    }
    execute(run);
  }

  @Test
  void aFailureIsNotedAndTheRunGoesOnAfterwards() throws Exception {
    String whole = digest(execute(create()));
    RunDirectory run = create();
    TrialListener failing =
        new TrialListener() {
          @Override
          public void onEpoch(EpochReport report) {
            throw new IllegalStateException("on purpose");
          }
        };
    assertThrows(IllegalStateException.class, () -> execute(run, failing, StopSignal.never()));
    assertEquals(RunStatus.State.FAILED, run.status().state());
    assertEquals("on purpose", run.status().words());
    assertEquals(whole, digest(execute(run)));
  }

  @Test
  void aCheckpointOfOtherSettingsIsRefused() throws Exception {
    RunDirectory run = create();
    StopSignal stop = new StopSignal();
    TrialListener stopping = stopAfter(2, stop);
    assertThrows(StoppedException.class, () -> execute(run, stopping, stop));
    Path config = run.folder().resolve(RunDirectory.CONFIG);
    Files.writeString(config, Files.readString(config).replace("momentum: 0.9", "momentum: 0.8"));
    UnreadableFileException failure =
        assertThrows(UnreadableFileException.class, () -> execute(run));
    assertTrue(String.valueOf(failure.getMessage()).contains("settings"), failure.getMessage());
  }

  @Test
  void aDivergedTrainingIsMarkedAndNothingThatIsNoNumberIsSaved() throws Exception {
    RunDirectory run = create("learning_rate=3.4e38");
    Outcome outcome = execute(run);
    assertTrue(outcome.failed());
    assertEquals(RunStatus.State.DIVERGED, run.status().state());
    assertFalse(Files.exists(run.bestModel()));
  }

  @Test
  void namesAreNeverUsedTwice() throws Exception {
    RunDirectory first = create();
    RunDirectory second = create();
    assertNotEquals(first.folder(), second.folder());
    assertEquals(List.of(first.id(), second.id()).stream().sorted().toList(), ids());
    assertEquals(first.folder(), new Runs(folder).find(first.id()).folder());
    assertEquals(second.folder(), new Runs(folder).find(second.folder().toString()).folder());
    assertThrows(NoSuchRunException.class, () -> new Runs(folder).find("momentum"));
  }

  private List<String> ids() throws IOException {
    return new Runs(folder).all().stream().map(RunDirectory::id).sorted().toList();
  }
}
