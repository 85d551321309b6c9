// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.Into;
import io.cifarengine.config.BatchOrder;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.data.Batch;
import io.cifarengine.data.Batches;
import io.cifarengine.data.ImageDataset;
import io.cifarengine.experiment.SplitData;
import io.cifarengine.experiment.Training;
import io.cifarengine.nn.Loss;
import io.cifarengine.nn.LossFunction;
import io.cifarengine.nn.Network;
import io.cifarengine.optim.Sgd;
import io.cifarengine.random.Randoms;
import io.cifarengine.train.Evaluation;
import io.cifarengine.train.TrainingPlan;
import java.util.Collections;
import java.util.Iterator;

/**
 * One update after another, as the trainer does them between the ends of two epochs: gather a batch,
 * forward, loss, backward, check the gradients, update. A full batch streams through in blocks.
 */
public final class TrainingStep {
  final Network network;
  final LossFunction loss;
  final Sgd sgd;

  private final Batches batches;
  private final int images;
  private final int blocks;
  private Iterator<Batch> pass = Collections.emptyIterator();

  /**
   * A training as settings describe it, from the first update on.
   *
   * @param bytes what it learns from; images that would be a short last batch are left out
   */
  public TrainingStep(Engine engine, Settings settings, ImageDataset bytes) {
    ImageDataset set =
        bytes
            .normalization(SplitData.normalization(settings.value(Setting.INPUT), bytes))
            .layout(Training.layout(settings));
    boolean full = settings.value(Setting.BATCH_SIZE) == TrainingPlan.FULL_BATCH;
    int block = full ? Evaluation.BATCH_SIZE : settings.value(Setting.BATCH_SIZE);
    network = Training.network(engine, settings, set.exampleShape(), set.classes());
    loss = Training.loss(engine, settings);
    sgd = Training.optimizer(network, settings);
    sgd.learningRate(settings.value(Setting.LEARNING_RATE).floatValue());
    images = full ? set.size() : block;
    batches = Batches.of(engine, set.first(set.size() / images * images), block);
    if (settings.value(Setting.BATCH_ORDER) == BatchOrder.SHUFFLED) {
      batches.shuffled(Randoms.seeded(1));
    }
    blocks = full ? batches.count() : 1;
  }

  /** How many images an update takes. */
  public int images() {
    return images;
  }

  /** One update; the mean loss before it. */
  public double run() {
    double total = 0;
    for (int block = 0; block < blocks; block++) {
      Batch batch = gather();
      Loss cost = loss.of(network.forward(batch.images()), batch.labels(), images);
      network.backward(cost.gradient(), block == 0 ? Into.OVERWRITE : Into.ACCUMULATE);
      total += cost.total();
    }
    check(total);
    sgd.step();
    return total / images;
  }

  /** The next batch; behind the last one the first comes again. */
  Batch gather() {
    if (!pass.hasNext()) {
      pass = batches.iterator();
    }
    return pass.next();
  }

  /** As the trainer does before an update, by the loss of its images and its gradients. */
  void check(double total) {
    if (!Double.isFinite(total) || !network.gradientsAreFinite()) {
      throw new IllegalStateException("the training that is measured diverged: " + network);
    }
  }
}
