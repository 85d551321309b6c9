// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.data.Batch;
import io.cifarengine.data.Batches;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Loss;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.SoftmaxCrossEntropy;
import io.cifarengine.nn.WeightDigest;
import io.cifarengine.optim.Sgd;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

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
    var stopping = new EarlyStopping(3);
    TrainingResult result =
        trainer(network, 0.2f, noise(1, 40), noise(2, 30))
            .fit(30, stopping, TrainingListener.none());
    assertEquals(30, result.epochs().size(), "the curves are whole");
    assertTrue(result.stoppedEpoch().isPresent(), "it has to fire for this test");
    int best = result.bestEpoch();
    assertEquals(best + 3, result.stoppedEpoch().orElseThrow());
    assertEquals(best, result.chosenEpoch());
    assertEquals(result.epochs().get(best - 1), result.chosen());
    assertEquals(result.chosen().digest(), WeightDigest.of(network));
    assertNotEquals(result.epochs().get(29).digest(), WeightDigest.of(network));
    for (EpochReport report : result.epochs().subList(0, best + 2)) {
      assertTrue(report.validation().loss() >= result.chosen().validation().loss());
    }
    assertEquals(
        result.chosen().validation(),
        Evaluation.of(network, noise(2, 30)),
        "evaluating again gives the same");
  }

  @Test
  void theLastWeightsStayWhereEarlyStoppingNeverFired() {
    Network network = network(ENGINE);
    TrainingResult result =
        trainer(network, 0.2f, noise(1, 40), noise(2, 30))
            .fit(9, new EarlyStopping(100), TrainingListener.none());
    assertEquals(OptionalInt.empty(), result.stoppedEpoch());
    assertEquals(9, result.chosenEpoch());
    assertTrue(result.bestEpoch() < 9, "the last epoch has to be a bad one for this test");
    assertEquals(result.epochs().get(8).digest(), WeightDigest.of(network));
    assertFalse(result.diverged());
  }

  @Test
  void itLearnsTwentyExamplesByHeart() {
    Network network = network(ENGINE);
    TrainingResult result =
        trainer(network, 0.1f, noise(3, 20), noise(4, 20))
            .fit(150, new EarlyStopping(1000), TrainingListener.none());
    Evaluation train = result.chosen().train();
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
          public void onBatch(int epoch, int batch, int batches, Loss loss) {
            heard.add(loss.mean());
            when.add(epoch + ": " + batch + " of " + batches);
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
    trainer(network, 0.1f, train, noise(6, 7)).fit(2, new EarlyStopping(5), listener);
    assertEquals(WeightDigest.of(byHand), WeightDigest.of(network));
    assertEquals(losses, heard);
    assertEquals(
        List.of(
            "1: 1 of 4",
            "1: 2 of 4",
            "1: 3 of 4",
            "1: 4 of 4",
            "1 done",
            "2: 1 of 4",
            "2: 2 of 4",
            "2: 3 of 4",
            "2: 4 of 4",
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
                    network, Sgd.over(network), new SoftmaxCrossEntropy(engine), train, train, 40)
                .fit(2, new EarlyStopping(5), TrainingListener.none());
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
    Trainer ofFirst = trainer(first, 0.1f, noise(8, 16), noise(9, 5));
    ofFirst.step(Batches.of(ENGINE, noise(8, 16), 16).iterator().next());

    Network network = network(ENGINE);
    List<Integer> batches = new ArrayList<>();
    var listener =
        new TrainingListener() {
          @Override
          public void onBatch(int epoch, int batch, int count, Loss loss) {
            batches.add(batch);
          }
        };
    TrainingResult result =
        trainer(network, 0.1f, train, noise(9, 5)).fit(3, new EarlyStopping(5), listener);
    assertTrue(result.diverged());
    assertEquals(List.of(1), batches);
    assertEquals(List.of(), result.epochs());
    assertEquals(0, result.chosenEpoch());
    // The draws of an example depend on its index alone, so the first 16 are the same.
    assertEquals(WeightDigest.of(first), WeightDigest.of(network), "one update and no second");
  }

  @Test
  void aStepWithoutALossLeavesWeightsAndVelocityAlone() {
    FloatExamples good = noise(10, 16);
    FloatExamples bad = noise(11, 16);
    bad.examples().data()[3] = Float.POSITIVE_INFINITY;
    bad.examples().data()[4] = Float.POSITIVE_INFINITY;
    Network network = network(ENGINE);
    Network without = network(ENGINE);
    Trainer trainer = trainer(network, 0.1f, good, good);
    Trainer trainerWithout = trainer(without, 0.1f, good, good);
    Batch batch = Batches.of(ENGINE, good, 16).iterator().next();
    trainer.step(batch);
    trainerWithout.step(batch);
    String before = WeightDigest.of(network);
    Loss loss = trainer.step(Batches.of(ENGINE, bad, 16).iterator().next());
    assertFalse(Double.isFinite(loss.mean()));
    assertEquals(before, WeightDigest.of(network));
    trainer.step(batch);
    trainerWithout.step(batch);
    assertEquals(WeightDigest.of(without), WeightDigest.of(network), "momentum went on as it was");
    assertArrayEquals(
        without.parameters().get(0).gradient().data(),
        network.parameters().get(0).gradient().data());
  }

  /** The loss before the last update is finite; it is the update that breaks the weights. */
  @Test
  void weightsThatTheLastUpdateOfTheLastEpochBrokeAreNoResult() {
    Network network = network(ENGINE);
    TrainingResult result =
        trainer(network, Float.MAX_VALUE, noise(12, 16), noise(13, 5))
            .fit(1, new EarlyStopping(5), TrainingListener.none());
    assertTrue(result.diverged());
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

  private static Trainer trainer(
      Network network, float rate, FloatExamples train, FloatExamples validation) {
    return new Trainer(
        network,
        Sgd.over(network).learningRate(rate).momentum(0.5f),
        new SoftmaxCrossEntropy(network.engine()),
        train,
        validation,
        16);
  }
}
