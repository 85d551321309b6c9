// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import io.cifarengine.compute.Engine;
import io.cifarengine.data.Batch;
import io.cifarengine.data.Batches;
import io.cifarengine.data.Dataset;
import io.cifarengine.nn.Loss;
import io.cifarengine.nn.LossFunction;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.WeightDigest;
import io.cifarengine.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;

/**
 * The training loop: every epoch passes over the training set in a fixed order, then measures loss and
 * accuracy over all of the training and all of the validation set.
 *
 * <p>It is the loop one would write by hand; nothing here is needed to train a network without it.
 */
public final class Trainer {
  private final Network network;
  private final Optimizer optimizer;
  private final LossFunction lossFunction;
  private final Batches batches;
  private final Batches trainSet;
  private final Batches validationSet;

  /** Trains a network on batches of this size. */
  public Trainer(
      Network network,
      Optimizer optimizer,
      LossFunction lossFunction,
      Dataset train,
      Dataset validation,
      int batchSize) {
    this.network = network;
    this.optimizer = optimizer;
    this.lossFunction = lossFunction;
    Engine engine = network.engine();
    batches = Batches.of(engine, train, batchSize);
    trainSet = Batches.of(engine, train, Evaluation.BATCH_SIZE);
    validationSet = Batches.of(engine, validation, Evaluation.BATCH_SIZE);
  }

  /**
   * Trains for this many epochs, through an early stop, so that the curves are whole. Afterwards the
   * network holds the best epoch's weights where early stopping fired, else the last ones.
   *
   * <p>A loss that is not a number ends the training before it changes a weight; where the last update
   * of an epoch breaks the weights, that epoch's report is the last and shows it.
   */
  public TrainingResult fit(int epochs, EarlyStopping stopping, TrainingListener listener) {
    List<EpochReport> reports = new ArrayList<>();
    WeightSnapshot best = new WeightSnapshot(network);
    boolean diverged = false;
    for (int epoch = 1; epoch <= epochs && !diverged; epoch++) {
      long start = System.nanoTime();
      diverged = !trainEpoch(epoch, listener);
      if (!diverged) {
        Evaluation train = Evaluation.of(network, lossFunction, trainSet);
        Evaluation validation = Evaluation.of(network, lossFunction, validationSet);
        diverged = !Double.isFinite(train.loss()); // the epoch's last update may be what broke it
        double seconds = (System.nanoTime() - start) * 1e-9;
        if (!diverged && stopping.isBest(epoch, validation.loss())) {
          best.take();
        }
        reports.add(new EpochReport(epoch, train, validation, seconds, WeightDigest.of(network)));
        listener.onEpoch(reports.get(reports.size() - 1));
      }
    }
    if (stopping.stoppedEpoch().isPresent()) {
      best.restore();
    }
    return new TrainingResult(
        List.copyOf(reports), stopping.bestEpoch(), stopping.stoppedEpoch(), diverged);
  }

  private boolean trainEpoch(int epoch, TrainingListener listener) {
    int done = 0;
    for (Batch batch : batches.inOrder()) {
      Loss loss = step(batch);
      if (!Double.isFinite(loss.mean())) {
        return false;
      }
      listener.onBatch(epoch, ++done, batches.count(), loss);
    }
    return true;
  }

  /** One update from one batch; none where the loss is not finite. Allocates nothing once warm. */
  public Loss step(Batch batch) {
    Loss loss = lossFunction.of(network.forward(batch.images()), batch.labels());
    if (Double.isFinite(loss.mean())) {
      network.backward(loss.gradient());
      optimizer.step();
    }
    return loss;
  }
}
