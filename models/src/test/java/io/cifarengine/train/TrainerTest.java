// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Sums;
import io.cifarengine.data.Batch;
import io.cifarengine.data.Batches;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Loss;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.Parameter;
import io.cifarengine.nn.SoftmaxCrossEntropy;
import io.cifarengine.nn.SquaredError;
import io.cifarengine.nn.WeightDigest;
import io.cifarengine.optim.LearningRate;
import io.cifarengine.optim.Optimizer;
import io.cifarengine.optim.Sgd;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TrainerTest {
  private static final Shape SHAPE = Shape.of(2, 3, 4);
  private static final int CLASSES = 5;
  private static final Engine ENGINE = Engine.withThreads(2);

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  @Test
  void theBestEpochsWeightsComeBackWhereEarlyStoppingFired() {
    // Labels are noise, so what is learned of the training set harms on the other one.
    Network network = network(ENGINE);
    TrainingResult result =
        trainer(network, noise(1, 40), noise(2, 30), plan(30, 0.2).withPatience(3))
            .fit(TrainingListener.none());
    assertEquals(30, result.epochs().size(), "the curves are whole");
    assertTrue(result.stoppedEpoch().isPresent(), "it has to fire for this test");
    int best = result.bestEpoch().orElseThrow();
    assertEquals(best + 3, result.stoppedEpoch().orElseThrow());
    EpochReport chosen = result.chosen().orElseThrow();
    assertEquals(best, chosen.epoch());
    assertEquals(result.epochs().get(best - 1), chosen);
    assertEquals(chosen.digest(), WeightDigest.of(network));
    assertNotEquals(result.epochs().get(29).digest(), WeightDigest.of(network));
    for (EpochReport report : result.epochs().subList(0, best + 2)) {
      assertTrue(report.validation().loss() >= chosen.validation().loss());
    }
    assertEquals(
        chosen.validation(),
        Evaluation.of(network, noise(2, 30)),
        "evaluating again gives the same");
  }

  @Test
  void theLastWeightsStayWhereEarlyStoppingNeverFired() {
    Network network = network(ENGINE);
    TrainingResult result =
        trainer(network, noise(1, 40), noise(2, 30), plan(9, 0.2).withPatience(100))
            .fit(TrainingListener.none());
    assertEquals(OptionalInt.empty(), result.stoppedEpoch());
    assertEquals(9, result.chosen().orElseThrow().epoch());
    assertTrue(
        result.bestEpoch().orElseThrow() < 9, "the last epoch has to be a bad one for this test");
    assertEquals(result.epochs().get(8).digest(), WeightDigest.of(network));
    assertFalse(result.diverged());
    assertFalse(result.failed());
  }

  @Test
  void itLearnsTwentyExamplesByHeart() {
    Network network = network(ENGINE);
    TrainingResult result =
        trainer(network, noise(3, 20), noise(4, 20), plan(150, 0.1)).fit(TrainingListener.none());
    Evaluation train = result.chosen().orElseThrow().train();
    assertEquals(1.0, train.accuracy());
    assertTrue(train.loss() < 0.05, train::toString);
    assertTrue(result.epochs().get(0).train().accuracy() < 1, "it has to be learned");
  }

  @Test
  void anEpochIsTheLoopThatOneWouldWriteByHand() {
    FloatExamples train = noise(5, 50);
    Network byHand = network(ENGINE);
    Sgd sgd = Sgd.over(byHand).learningRate(0.1f).momentum(0.5f);
    var function = new SoftmaxCrossEntropy(ENGINE);
    List<Double> losses = new ArrayList<>();
    for (int epoch = 0; epoch < 2; epoch++) {
      for (Batch batch : Batches.of(ENGINE, train, 16)) { // 16, 16, 16, 2
        Loss loss = function.of(byHand.forward(batch.images()), batch.labels());
        losses.add(loss.mean());
        byHand.backward(loss.gradient());
        sgd.step();
      }
    }
    Network network = network(ENGINE);
    List<Double> heard = new ArrayList<>();
    List<String> when = new ArrayList<>();
    var listener =
        new TrainingListener() {
          @Override
          public void onUpdate(
              int epoch, int update, int updates, double loss, int correct, int examples) {
            heard.add(loss);
            when.add(epoch + ": " + update + " of " + updates + ", " + examples + " examples");
          }

          @Override
          public void onEpoch(EpochReport report) {
            when.add(report.epoch() + " done");
            assertEquals(50, report.train().examples());
            assertEquals(7, report.validation().examples());
            assertEquals(WeightDigest.of(network), report.digest());
            assertTrue(report.seconds() > 0);
          }
        };
    TrainingResult result = trainer(network, train, noise(6, 7), plan(2, 0.1)).fit(listener);
    assertEquals(WeightDigest.of(byHand), WeightDigest.of(network));
    assertEquals(losses, heard);
    assertEquals(losses, result.updateLosses());
    assertEquals(
        List.of(
            "1: 1 of 4, 16 examples",
            "1: 2 of 4, 16 examples",
            "1: 3 of 4, 16 examples",
            "1: 4 of 4, 2 examples",
            "1 done",
            "2: 1 of 4, 16 examples",
            "2: 2 of 4, 16 examples",
            "2: 3 of 4, 16 examples",
            "2: 4 of 4, 2 examples",
            "2 done"),
        when);
  }

  @Test
  void anyNumberOfThreadsTrainsTheSameBits() {
    List<List<String>> digests = new ArrayList<>();
    for (int threads : new int[] {1, 2, 3, 5}) {
      try (Engine engine = Engine.withThreads(threads)) {
        // 40 x 400 x 64 multiply-adds: products are shared out, and so are updates.
        FloatExamples train = FloatExamples.noise(7, 90, Shape.of(400), CLASSES);
        Network network =
            Network.build(
                engine,
                Shape.of(400),
                Randoms.seeded(1),
                Layers.linear(64),
                Layers.tanh(),
                Layers.linear(CLASSES));
        TrainingResult result =
            new Trainer(
                    network,
                    Sgd.over(network),
                    new SoftmaxCrossEntropy(engine),
                    train,
                    train,
                    TrainingPlan.of(2, 40, 0.01))
                .fit(TrainingListener.none());
        digests.add(result.epochs().stream().map(EpochReport::digest).toList());
      }
    }
    for (List<String> found : digests) {
      assertEquals(digests.get(0), found);
    }
  }

  @Test
  void aLossThatIsNoNumberStopsBeforeTheUpdate() {
    FloatExamples train = noise(8, 50);
    train.examples().data()[20 * SHAPE.size()] = Float.NaN; // example 20: the second batch
    Network first = network(ENGINE);
    Trainer ofFirst = trainer(first, noise(8, 16), noise(9, 5), plan(1, 0.1));
    assertFalse(ofFirst.advance(TrainingListener.none()), "one update is all of it");

    Network network = network(ENGINE);
    List<Integer> updates = new ArrayList<>();
    var listener =
        new TrainingListener() {
          @Override
          public void onUpdate(
              int epoch, int update, int count, double loss, int correct, int examples) {
            updates.add(update);
          }
        };
    Trainer trainer = trainer(network, train, noise(9, 5), plan(3, 0.1));
    TrainingResult result = trainer.fit(listener);
    assertTrue(result.diverged());
    assertTrue(result.failed());
    assertEquals(List.of(1), updates);
    assertEquals(1, result.updateLosses().size());
    assertEquals(List.of(), result.epochs());
    assertEquals(Optional.empty(), result.chosen());
    // The draws of an example depend on its index alone, so the first 16 are the same.
    assertBits(state(ofFirst), state(trainer)); // one update and no second
    assertEquals(WeightDigest.of(first), WeightDigest.of(network));
    assertFalse(trainer.advance(listener), "it is over");
    assertEquals(List.of(1), updates);
  }

  /** The loss of zero weights is finite; the sum of two inputs near the largest float is not. */
  @Test
  void anInfiniteGradientUnderAFiniteLossStopsBeforeTheUpdate() {
    var huge = new FloatExamples(Tensor.wrap(new float[] {3e38f, 3e38f}, 2, 1), new int[2], 2);
    Network network = Network.build(ENGINE, Shape.of(1), Randoms.seeded(1), Layers.linear(2));
    network.parameters().forEach(p -> Arrays.fill(p.value().data(), 0f));
    Loss loss = new SquaredError().of(network.forward(huge.examples()), huge.labels());
    assertEquals(1, loss.mean());
    Trainer trainer =
        new Trainer(
            network,
            Sgd.over(network).momentum(0.5f),
            new SquaredError(),
            huge,
            huge,
            TrainingPlan.of(3, 2, 1e-30));
    List<float[]> before = state(trainer);
    assertTrue(trainer.fit(TrainingListener.none()).diverged());
    assertFalse(network.gradientsAreFinite(), "it has to be infinite for this test");
    assertBits(before, state(trainer));
    assertEquals(0, trainer.updates());
  }

  /** The loss before the last update is finite; it is the update that breaks the weights. */
  @Test
  void weightsThatOverflowEndTheEpochWithoutAReport() {
    Network network = network(ENGINE);
    List<EpochReport> heard = new ArrayList<>();
    TrainingResult result =
        trainer(network, noise(12, 16), noise(13, 5), plan(2, Float.MAX_VALUE))
            .fit(
                new TrainingListener() {
                  @Override
                  public void onEpoch(EpochReport report) {
                    heard.add(report);
                  }
                });
    assertTrue(result.diverged());
    assertEquals(1, result.updateLosses().size(), "the update was made");
    assertEquals(List.of(), result.epochs());
    assertEquals(List.of(), heard);
    assertEquals(Optional.empty(), result.chosen());
  }

  @Test
  void aDivergenceAfterTheEarlyStopKeepsTheBestWeights() {
    Network network = network(ENGINE);
    TrainingPlan plan =
        plan(30, (epoch, step) -> epoch < 20 ? 0.2 : 1e30, TrainMetrics.AFTER_EPOCH)
            .withPatience(3);
    TrainingResult result =
        trainer(network, noise(1, 40), noise(2, 30), plan).fit(TrainingListener.none());
    int stopped = result.stoppedEpoch().orElseThrow();
    assertTrue(stopped < 20, "it has to fire before the divergence for this test");
    assertTrue(result.diverged());
    assertEquals(20, result.epochs().size());
    assertFalse(result.failed());
    EpochReport chosen = result.chosen().orElseThrow();
    assertEquals(stopped - 3, chosen.epoch());
    assertEquals(chosen.digest(), WeightDigest.of(network));
  }

  @Test
  void aDivergenceBeforeTheEarlyStopLeavesNoWeightsThatCount() {
    TrainingPlan plan =
        plan(30, (epoch, step) -> epoch < 2 ? 0.2 : 1e30, TrainMetrics.AFTER_EPOCH)
            .withPatience(10);
    TrainingResult result =
        trainer(network(ENGINE), noise(1, 40), noise(2, 30), plan).fit(TrainingListener.none());
    assertTrue(result.diverged());
    assertEquals(2, result.epochs().size());
    assertTrue(result.bestEpoch().isPresent());
    assertEquals(Optional.empty(), result.chosen());
  }

  /**
   * Weight gradients are chains over the examples, which go on from the sum of the blocks before: the
   * very bits. Sums of columns take 16 lanes a block, so bias gradients differ by the rounding of two
   * sums of n numbers: each is off by at most n ulp/2 of the sum of magnitudes.
   */
  @Test
  void aFullBatchInBlocksHasTheGradientOfOneBigBatch() {
    int n = 2 * Evaluation.BATCH_SIZE + 200; // 500, 500, 200
    FloatExamples train = noise(14, n);
    Network whole = network(ENGINE);
    var function = new SquaredError();
    Tensor outputs = whole.forward(train.examples());
    Loss loss = function.of(outputs, train.labels());
    double magnitude = 0;
    for (float d : loss.gradient().data()) {
      magnitude += Math.abs(d);
    }
    whole.backward(loss.gradient());

    Network network = network(ENGINE);
    TrainingPlan plan = TrainingPlan.of(1, TrainingPlan.FULL_BATCH, 0.1);
    Trainer trainer = new Trainer(network, Sgd.over(network), function, train, noise(15, 5), plan);
    assertEquals(1, trainer.updatesPerEpoch());
    double mean = loss.mean();
    TrainingResult result = trainer.fit(TrainingListener.none());
    assertEquals(mean, result.updateLosses().get(0), n * Math.ulp(mean));
    for (int i = 0; i < whole.parameters().size(); i++) {
      Parameter expected = whole.parameters().get(i);
      Parameter found = network.parameters().get(i);
      if (expected.kind() == Parameter.Kind.WEIGHT) {
        assertArrayEquals(expected.gradient().data(), found.gradient().data(), expected.name());
      } else {
        // A hidden unit's gradient is a sum over the outputs; its weights are below 1.
        float tolerance = (float) (n * magnitude * CLASSES * 0x1p-24);
        assertArrayEquals(
            expected.gradient().data(), found.gradient().data(), tolerance, expected.name());
      }
    }
  }

  @Test
  void learningRatesReachTheOptimizerUpdateByUpdate() {
    // 40 examples in batches of 16: three updates an epoch.
    assertEquals(
        floats(0.5, 0.5, 0.5, 0.5 * 0.25, 0.5 * 0.25, 0.5 * 0.25),
        rates(LearningRate.exponential(0.5, 0.25)));
    assertEquals(
        floats(0.5, 0.5 / 1.5, 0.5 / 2, 0.5 / 2.5, 0.5 / 3, 0.5 / 3.5),
        rates(LearningRate.inverseTime(0.5, 0.5)));
  }

  private static List<Float> floats(double... values) {
    return Arrays.stream(values).mapToObj(value -> (float) value).toList();
  }

  /** The rates of two epochs of three updates, at the time of each step. */
  private static List<Float> rates(LearningRate schedule) {
    List<Float> rates = new ArrayList<>();
    var optimizer =
        new Optimizer() {
          private float rate = Float.NaN;

          @Override
          public void step() {
            rates.add(rate);
          }

          @Override
          public Optimizer learningRate(float alpha) {
            rate = alpha;
            return this;
          }

          @Override
          public Map<String, Tensor> state() {
            return Map.of();
          }
        };
    Network network = network(ENGINE);
    TrainingPlan plan = plan(2, schedule, TrainMetrics.DURING_EPOCH);
    new Trainer(
            network, optimizer, new SoftmaxCrossEntropy(ENGINE), noise(1, 40), noise(2, 3), plan)
        .fit(TrainingListener.none());
    return rates;
  }

  @Test
  void metricsDuringAnEpochAreThoseOfItsBatchesBeforeTheirUpdates() {
    FloatExamples train = noise(16, 50);
    FloatExamples validation = noise(17, 9);
    Network byHand = network(ENGINE);
    Sgd sgd = Sgd.over(byHand).learningRate(0.1f).momentum(0.5f);
    var function = new SoftmaxCrossEntropy(ENGINE);
    double sum = 0;
    int correct = 0;
    List<Double> penalties = new ArrayList<>();
    for (Batch batch : Batches.of(ENGINE, train, 16)) {
      Loss loss = function.of(byHand.forward(batch.images()), batch.labels());
      double penalty = 0.01 * squaresOfWeights(byHand);
      penalties.add(loss.mean() + penalty);
      sum += loss.total() + loss.examples() * penalty;
      correct += loss.correct();
      byHand.backward(loss.gradient());
      sgd.step();
    }
    double penaltyAfter = 0.01 * squaresOfWeights(byHand);
    Evaluation dataAfter = Evaluation.of(byHand, function, validation);

    TrainingPlan plan =
        new TrainingPlan(
            1,
            0,
            16,
            LearningRate.constant(0.1f),
            Optional.empty(),
            0,
            Penalty.l2(0.01, p -> p.kind() == Parameter.Kind.WEIGHT),
            TrainMetrics.DURING_EPOCH);
    TrainingResult result =
        trainer(network(ENGINE), train, validation, plan).fit(TrainingListener.none());
    EpochReport report = result.chosen().orElseThrow();
    assertEquals(0, report.epoch(), "as the plan counts");
    assertEquals(WeightDigest.of(byHand), report.digest(), "a penalty changes no weight");
    // Sums of doubles in another order: 4 batches of a few roundings each.
    assertEquals(sum / 50, report.train().loss(), 32 * Math.ulp(sum / 50));
    assertEquals(correct / 50.0, report.train().accuracy());
    assertEquals(50, report.train().examples());
    assertEquals(dataAfter.loss() + penaltyAfter, report.validation().loss(), 1e-6 * penaltyAfter);
    assertEquals(dataAfter.accuracy(), report.validation().accuracy());
    for (int i = 0; i < penalties.size(); i++) {
      assertEquals(penalties.get(i), result.updateLosses().get(i), 32 * Math.ulp(sum / 50));
    }
  }

  private static double squaresOfWeights(Network network) {
    double squares = 0;
    for (Parameter parameter : network.parameters()) {
      if (parameter.kind() == Parameter.Kind.WEIGHT) {
        squares += Sums.squares(ENGINE, parameter.value());
      }
    }
    return squares;
  }

  @Test
  void everyEpochOfAShuffledTrainingHasAnOrderOfItsOwn() {
    FloatExamples train = noise(18, 50);
    Randoms order = Randoms.seeded(3);
    Network byHand = network(ENGINE);
    Sgd sgd = Sgd.over(byHand).learningRate(0.1f).momentum(0.5f);
    var function = new SoftmaxCrossEntropy(ENGINE);
    Batches batches = Batches.of(ENGINE, train, 16);
    for (int epoch = 0; epoch < 3; epoch++) {
      for (Batch batch : batches.shuffled(order.stream(epoch))) {
        Loss loss = function.of(byHand.forward(batch.images()), batch.labels());
        byHand.backward(loss.gradient());
        sgd.step();
      }
    }
    TrainingPlan plan =
        new TrainingPlan(
            3,
            1,
            16,
            LearningRate.constant(0.1f),
            Optional.of(order),
            0,
            Penalty.none(),
            TrainMetrics.AFTER_EPOCH);
    Network network = network(ENGINE);
    TrainingResult result =
        trainer(network, train, noise(19, 5), plan).fit(TrainingListener.none());
    assertEquals(WeightDigest.of(byHand), WeightDigest.of(network));
    assertEquals(Evaluation.of(network, train), result.chosen().orElseThrow().train());
  }

  @Test
  void aPlanRefusesNumbersThatMeanNothing() {
    TrainingPlan good = TrainingPlan.of(1, 16, 0.1);
    for (Executable wrong :
        List.<Executable>of(
            () -> TrainingPlan.of(0, 16, 0.1),
            () -> TrainingPlan.of(1, -1, 0.1),
            () -> good.withPatience(-1))) {
      String message =
          String.valueOf(assertThrows(IllegalArgumentException.class, wrong).getMessage());
      assertTrue(message.contains("expected at least"), message);
    }
  }

  private static FloatExamples noise(long seed, int n) {
    return FloatExamples.noise(seed, n, SHAPE, CLASSES);
  }

  private static Network network(Engine engine) {
    return Network.build(
        engine,
        SHAPE,
        Randoms.seeded(77),
        Layers.flatten(),
        Layers.linear(32),
        Layers.relu(),
        Layers.linear(CLASSES));
  }

  private static TrainingPlan plan(int epochs, double rate) {
    return TrainingPlan.of(epochs, 16, (float) rate);
  }

  private static TrainingPlan plan(int epochs, LearningRate rate, TrainMetrics trainMetrics) {
    return new TrainingPlan(epochs, 1, 16, rate, Optional.empty(), 0, Penalty.none(), trainMetrics);
  }

  private static Trainer trainer(
      Network network, FloatExamples train, FloatExamples validation, TrainingPlan plan) {
    return new Trainer(
        network,
        Sgd.over(network).momentum(0.5f),
        new SoftmaxCrossEntropy(network.engine()),
        train,
        validation,
        plan);
  }

  /** Copies of all weights and of all that the optimizer holds. */
  private static List<float[]> state(Trainer trainer) {
    List<float[]> state = new ArrayList<>();
    trainer.network().parameters().forEach(p -> state.add(p.value().data().clone()));
    trainer.optimizer().state().values().forEach(t -> state.add(t.data().clone()));
    return state;
  }

  private static void assertBits(List<float[]> expected, List<float[]> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i));
    }
  }
}
