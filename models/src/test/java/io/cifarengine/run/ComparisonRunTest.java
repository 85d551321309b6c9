// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.experiment.ComparisonResult;
import io.cifarengine.experiment.DataSource;
import io.cifarengine.experiment.ExperimentOptions;
import io.cifarengine.experiment.ExperimentResult;
import io.cifarengine.experiment.Experiments;
import io.cifarengine.experiment.Outcome;
import io.cifarengine.experiment.StoppedException;
import io.cifarengine.experiment.Trial;
import io.cifarengine.experiment.TrialListener;
import io.cifarengine.experiment.TrialResult;
import io.cifarengine.files.JsonObject;
import io.cifarengine.nn.WeightDigest;
import io.cifarengine.report.OutcomeJson;
import io.cifarengine.report.OutcomeText;
import io.cifarengine.train.EpochReport;
import io.cifarengine.train.ModelFile;
import io.cifarengine.train.StopSignal;
import io.cifarengine.train.Trainer;
import io.cifarengine.train.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two epochs of twelve images: what a comparison takes over, trains, stops at and leaves behind. */
class ComparisonRunTest {
  private static final List<String> NAMES = List.of("linear", "nn", "nn-sgd", "cnn");

  @TempDir private static Path runs = Path.of("");
  private static Path fresh = Path.of("");
  private static List<String> digests = List.of();

  private static RunPlan plan(String experiment, boolean fresh) {
    ExperimentOptions options =
        new ExperimentOptions(
            OptionalInt.of(2), OptionalInt.of(12), Optional.empty(), 42, 1, Map.of(), fresh);
    return RunPlan.of(Experiments.named(experiment).orElseThrow(), options);
  }

  private static RunDirectory create(String name, String id, boolean fresh) throws Exception {
    return RunDirectory.createAt(runs.resolve(name).resolve(id), plan(name, fresh), Map.of());
  }

  private static Outcome execute(RunDirectory run, TrialListener listener, StopSignal stop)
      throws Exception {
    try (Engine engine = Engine.withThreads(1)) {
      return new RunSession(engine, new DataSource.Synthetic(), stop, Duration.ofDays(1))
          .execute(run, listener);
    }
  }

  private static ComparisonResult execute(RunDirectory run) throws Exception {
    return (ComparisonResult) execute(run, TrialListener.none(), StopSignal.never());
  }

  private static String digest(TrialResult trial) {
    return trial.training().chosen().orElseThrow().digest();
  }

  private static List<String> digests(ComparisonResult result) {
    return result.trials().stream().map(ComparisonRunTest::digest).toList();
  }

  /** All four, trained here; the other runs of this test may take from it. */
  @BeforeAll
  static void trainsAllFour() throws Exception {
    RunDirectory run = create("comparison", "2026-01", true);
    ComparisonResult result = execute(run);
    assertEquals(NAMES, result.trials().stream().map(t -> t.trial().label()).toList());
    assertEquals(Map.of(), result.taken());
    fresh = run.folder();
    digests = digests(result);
    assertEquals(4, digests.stream().distinct().count());
  }

  private static List<JsonObject> taken(RunDirectory run) throws Exception {
    List<JsonObject> taken = new ArrayList<>();
    for (String line : Files.readAllLines(run.folder().resolve("events.jsonl"))) {
      JsonObject event = JsonObject.read("event", line);
      if (event.text("event").equals("taken")) {
        taken.add(event);
      }
    }
    return taken;
  }

  private static TrialListener notTraining() {
    return new TrialListener() {
      @Override
      public TrainingListener onTrial(Trial trial, int trials, Trainer trainer) {
        throw new AssertionError("trains " + trial.label());
      }
    };
  }

  @Test
  void whatIsTrainedIsTakenOverBitForBitAndSaysFromWhere() throws Exception {
    RunDirectory alone = create("cnn", "2026-02", false);
    Outcome own = execute(alone, TrialListener.none(), StopSignal.never());
    assertEquals(digests.get(3), digest(((ExperimentResult) own).trials().get(0)));

    RunDirectory run = create("comparison", "2026-03", false);
    List<String> heard = new ArrayList<>();
    TrialListener listener =
        new TrialListener() {
          @Override
          public TrainingListener onTrial(Trial trial, int trials, Trainer trainer) {
            throw new AssertionError("trains " + trial.label());
          }

          @Override
          public void onTaken(TrialResult result, String from, int trials) {
            heard.add(result.trial().number() + "/" + trials + " from " + from);
          }
        };
    ComparisonResult result = (ComparisonResult) execute(run, listener, StopSignal.never());
    List<String> from =
        List.of("comparison/2026-01", "comparison/2026-01", "comparison/2026-01", "cnn/2026-02");
    assertEquals(
        List.of(
            "1/4 from " + from.get(0),
            "2/4 from " + from.get(1),
            "3/4 from " + from.get(2),
            "4/4 from " + from.get(3)),
        heard);
    assertEquals(digests, digests(result));
    assertEquals(
        Map.of(1, from.get(0), 2, from.get(1), 3, from.get(2), 4, from.get(3)), result.taken());
    assertEquals(0, result.seconds(), "nothing was trained here");

    List<JsonObject> events = taken(run);
    assertEquals(4, events.size());
    assertEquals(4, events.get(3).whole("trial"));
    assertEquals("cnn/2026-02", events.get(3).text("from"));
    assertEquals(1 + 4 * 2, Files.readAllLines(run.metrics()).size());

    try (Engine engine = Engine.withThreads(1)) {
      ModelFile model = ModelFile.load(engine, run.bestModel());
      assertEquals(digests.get(3), WeightDigest.of(model.network()), "the paper's best");
      ModelTest.Loaded loaded = ModelTest.Loaded.of(engine, run.bestModel());
      ModelTest test = ModelTest.ofRun(loaded, run, new DataSource.Synthetic());
      assertEquals(Optional.of(true), test.isEqual());
    }
    assertEquals("4/4 trials", RunOverview.of(run).progress());
    ComparisonResult again = (ComparisonResult) execute(run, notTraining(), StopSignal.never());
    assertEquals(OutcomeJson.of(result), OutcomeJson.of(again), "from its own files");
    String text = OutcomeText.of(result);
    assertTrue(text.contains("cnn: taken from cnn/2026-02\n"), text);
    assertTrue(
        text.contains("verdict: not judged: synthetic data, 2 epochs (the paper has 301 and 300)"),
        text);
  }

  @Test
  void aComparisonLeavesItsResultAndItsFiguresBehind() throws Exception {
    for (String file :
        List.of(
            "plots/nn-and-nn-sgd.svg",
            "plots/all-classifiers.svg",
            "plots/confusion-linear.svg",
            "plots/confusion-cnn.svg",
            "confusion-nn-sgd.csv",
            "filters-before.png",
            "filters-after.png",
            "checkpoints/best.safetensors")) {
      assertTrue(Files.exists(fresh.resolve(file)), file);
    }
    String all = Files.readString(fresh.resolve("plots/all-classifiers.svg"));
    assertTrue(all.contains("Line: linear. Line: nn. Line: nn-sgd. Line: cnn."), all);
    assertTrue(all.contains("of different kinds"), all);
    assertTrue(all.contains(">linear, nn, nn-sgd and cnn, synthetic cifar10<"), all);
    String two = Files.readString(fresh.resolve("plots/nn-and-nn-sgd.svg"));
    assertTrue(two.contains("Line: nn. Line: nn-sgd.") && !two.contains("different"), two);

    JsonObject json = JsonObject.read(fresh.resolve("result.json"));
    assertEquals("comparison", json.text("experiment"));
    assertTrue(json.text("verdict").startsWith("not judged"));
    List<JsonObject> classifiers = json.objects("classifiers");
    assertEquals(4, classifiers.size());
    JsonObject cnn = classifiers.get(3);
    assertEquals("cnn", cnn.text("name"));
    assertEquals(122_570, cnn.whole("parameters"));
    assertEquals("15 min on a cloud GPU", cnn.text("paper_time"));
    JsonObject accuracy = cnn.objects("comparisons").get(0);
    assertEquals("test_accuracy", accuracy.text("metric"));
    assertEquals(0.6029, accuracy.number("paper"));
    JsonObject training = cnn.objects("trainings").get(0);
    assertEquals(digests.get(3), training.text("digest"));
    assertEquals(training.number("test_accuracy"), accuracy.number("measured"));
    assertTrue(!training.has("taken_from"));
    assertEquals(2, training.objects("epochs").size());
  }

  @Test
  void stoppedWithinTheThirdItGoesOnToTheSameWeights() throws Exception {
    RunDirectory run = create("comparison", "2025-01", true);
    StopSignal stop = new StopSignal();
    List<Integer> trained = new ArrayList<>();
    TrialListener stopping =
        new TrialListener() {
          @Override
          public TrainingListener onTrial(Trial trial, int trials, Trainer trainer) {
            trained.add(trial.number());
            return this;
          }

          @Override
          public void onEpoch(EpochReport report) {
            if (trained.contains(3)) {
              stop.request();
            }
          }
        };
    assertThrows(StoppedException.class, () -> execute(run, stopping, stop));
    assertEquals(List.of(1, 2, 3), trained);
    assertEquals("2/4 trials", RunOverview.of(run).progress());
    trained.clear();
    assertEquals(digests, digests((ComparisonResult) execute(run, stopping, StopSignal.never())));
    assertEquals(List.of(3, 4), trained);
    assertEquals(1 + 4 * 2, Files.readAllLines(run.metrics()).size());
  }

  @Test
  void verifyTrainsWhatWasTakenAgain() throws Exception {
    RunDirectory run = create("comparison", "2025-02", false);
    execute(run);
    assertEquals(4, taken(run).size());
    VerifiedRun verified;
    try (Engine engine = Engine.withThreads(1)) {
      verified =
          new Verification(
                  engine,
                  new DataSource.Synthetic(),
                  TrialListener.none(),
                  OptionalInt.of(1),
                  OptionalLong.empty())
              .verify(run);
    }
    assertEquals(List.of(), verified.problems());
    assertEquals(4, verified.trials().size());
    for (VerifiedTrial trial : verified.trials()) {
      assertEquals(1, trial.compared());
      assertEquals(Optional.empty(), trial.difference());
      assertEquals(Optional.empty(), trial.problem());
    }
  }
}
