// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.compute.Sums;
import io.cifarengine.data.Batch;
import io.cifarengine.data.Batches;
import io.cifarengine.data.Dataset;
import io.cifarengine.nn.Loss;
import io.cifarengine.nn.LossFunction;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.WeightDigest;
import io.cifarengine.optim.Optimizer;
import io.cifarengine.random.Randoms;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * The training loop, one update at a time: {@code while (trainer.advance(listener)) {}}. Between two
 * calls a {@link Checkpoint} can take everything that decides how it goes on.
 *
 * <p>Every epoch passes over the training set, then measures loss and accuracy over the validation
 * set and, where the plan says so, over the training set. A full batch streams through the network in
 * blocks, whose gradients add up, so that memory does not grow with the set.
 *
 * <p>It is the loop one would write by hand; nothing here is needed to train a network without it.
 */
public final class Trainer {
  private final Network network;
  private final Optimizer optimizer;
  private final LossFunction lossFunction;
  private final TrainingPlan plan;
  private final Batches batches;
  private final Batches trainSet;
  private final Batches validationSet;
  private final int blocksPerUpdate;
  private final int updatesPerEpoch;
  private final WeightSnapshot best;
  private final TrainingProgress progress;

  /** The finished epochs for others, made once: who saves asks for them after every update. */
  private final List<EpochReport> epochs;

  private EarlyStopping stopping;
  private Iterator<Batch> pass = Collections.emptyIterator();

  /** Trains a network by a plan. */
  public Trainer(
      Network network,
      Optimizer optimizer,
      LossFunction lossFunction,
      Dataset train,
      Dataset validation,
      TrainingPlan plan) {
    this.network = network;
    this.optimizer = optimizer;
    this.lossFunction = lossFunction;
    this.plan = plan;
    Engine engine = network.engine();
    trainSet = Batches.of(engine, train, Evaluation.BATCH_SIZE);
    validationSet = Batches.of(engine, validation, Evaluation.BATCH_SIZE);
    boolean full = plan.batchSize() == TrainingPlan.FULL_BATCH;
    batches = Batches.of(engine, train, full ? Evaluation.BATCH_SIZE : plan.batchSize());
    blocksPerUpdate = full ? batches.count() : 1;
    updatesPerEpoch = batches.count() / blocksPerUpdate;
    best = new WeightSnapshot(network);
    stopping = new EarlyStopping(plan.patience());
    progress = new TrainingProgress();
    epochs = Collections.unmodifiableList(progress.reports);
  }

  /** What is trained. */
  public Network network() {
    return network;
  }

  /** How it is trained. */
  public TrainingPlan plan() {
    return plan;
  }

  /** Updates an epoch has. */
  public int updatesPerEpoch() {
    return updatesPerEpoch;
  }

  /** Updates so far, those before a checkpoint among them. */
  public int updates() {
    return progress.updates;
  }

  /** The finished epochs so far. */
  public List<EpochReport> epochs() {
    return epochs;
  }

  /** Examples of the training set. */
  int trainExamples() {
    return trainSet.examples();
  }

  /** Examples of the validation set. */
  int validationExamples() {
    return validationSet.examples();
  }

  /** Whether weights and optimizer hold finite numbers only, so that they may be saved. */
  public boolean isFinite() {
    return network.weightsAreFinite()
        && optimizer.state().values().stream().allMatch(t -> Sums.isFinite(network.engine(), t));
  }

  /** Whether all epochs are over, or the training diverged. */
  public boolean isDone() {
    return progress.diverged || progress.reports.size() == plan.epochs();
  }

  /**
   * One update; after the last one of an epoch also measures. A loss or a gradient that is not finite
   * ends the training before the update, and weights that are not end it with their epoch, which then
   * has no report.
   *
   * @return whether there is more to do
   */
  public boolean advance(TrainingListener listener) {
    if (isDone()) {
      return false;
    }
    long start = System.nanoTime();
    progress.diverged = !update(listener);
    progress.epochNanos += System.nanoTime() - start;
    if (!progress.diverged && progress.updatesOfEpoch == updatesPerEpoch) {
      endEpoch(listener);
    }
    return !isDone();
  }

  /** Advances to the end and then {@linkplain #restoreChosen restores} the weights that count. */
  public TrainingResult fit(TrainingListener listener) {
    while (advance(listener)) {
      // one update a time
    }
    restoreChosen();
    return result();
  }

  /** Gives the network the best epoch's weights where early stopping fired; else leaves the last ones. */
  public void restoreChosen() {
    if (stopping.stoppedEpoch().isPresent()) {
      best.restore();
    }
  }

  /** What the training came to so far. */
  public TrainingResult result() {
    return new TrainingResult(
        List.copyOf(progress.reports),
        stopping.bestEpoch(),
        stopping.stoppedEpoch(),
        progress.diverged,
        progress.lossesSoFar());
  }

  private int epoch() {
    return plan.firstEpoch() + progress.reports.size();
  }

  private boolean update(TrainingListener listener) {
    if (!pass.hasNext()) {
      pass = beginPass();
    }
    int examplesOfUpdate = 0;
    double total = 0;
    int correct = 0;
    for (int block = 0; block < blocksPerUpdate; block++) {
      Batch batch = pass.next();
      int all = blocksPerUpdate == 1 ? batch.size() : batches.examples();
      Loss loss = lossFunction.of(network.forward(batch.images()), batch.labels(), all);
      network.backward(loss.gradient(), block == 0 ? Into.OVERWRITE : Into.ACCUMULATE);
      total += loss.total();
      correct += loss.correct();
      examplesOfUpdate += loss.examples();
    }
    double mean = total / examplesOfUpdate + plan.penalty().of(network);
    if (!Double.isFinite(mean) || !network.gradientsAreFinite()) {
      return false;
    }
    optimizer.learningRate(
        (float) plan.learningRate().at(progress.reports.size(), progress.updates));
    optimizer.step();
    progress.count(mean, correct, examplesOfUpdate);
    listener.onUpdate(
        epoch(), progress.updatesOfEpoch, updatesPerEpoch, mean, correct, examplesOfUpdate);
    return true;
  }

  /** The epoch's examples from where it stands. */
  private Iterator<Batch> beginPass() {
    progress.reserve(updatesPerEpoch);
    if (plan.shuffle().isPresent()) {
      Randoms ofEpoch = plan.shuffle().get().stream(progress.reports.size());
      batches.shuffled(ofEpoch);
    } else {
      batches.inOrder();
    }
    return batches.from(progress.updatesOfEpoch * blocksPerUpdate).iterator();
  }

  private void endEpoch(TrainingListener listener) {
    long start = System.nanoTime();
    boolean during = plan.trainMetrics() == TrainMetrics.DURING_EPOCH;
    Evaluation train = during ? progress.measured() : evaluate(trainSet);
    Evaluation validation = evaluate(validationSet);
    boolean finite =
        Double.isFinite(train.loss())
            && Double.isFinite(validation.loss())
            && network.weightsAreFinite();
    if (!finite) {
      progress.diverged = true; // the epoch's last update is what broke it
      return;
    }
    if (stopping.isBest(epoch(), validation.loss())) {
      best.take();
    }
    String digest = WeightDigest.of(network);
    double seconds = (progress.epochNanos + System.nanoTime() - start) * 1e-9;
    EpochReport report = new EpochReport(epoch(), train, validation, seconds, digest);
    progress.endEpoch(report);
    listener.onEpoch(report);
  }

  /** Loss, with the plan's penalty, and accuracy over a whole set, with the weights as they are. */
  public Evaluation evaluate(Dataset set) {
    return evaluate(Batches.of(network.engine(), set, Evaluation.BATCH_SIZE));
  }

  private Evaluation evaluate(Batches set) {
    Evaluation data = Evaluation.of(network, lossFunction, set);
    return data.plus(plan.penalty().of(network));
  }

  /** For checkpoints: the weights, what the optimizer holds, the best weights, and the progress. */
  Optimizer optimizer() {
    return optimizer;
  }

  WeightSnapshot best() {
    return best;
  }

  TrainingProgress progress() {
    return progress;
  }

  /** After a checkpoint has put back weights, optimizer, best weights and progress. */
  void resume() {
    stopping = Checkpoint.replay(new EarlyStopping(plan.patience()), progress.reports);
    pass = Collections.emptyIterator();
  }
}
