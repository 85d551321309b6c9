// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import io.cifarengine.data.Batch;
import io.cifarengine.data.Batches;
import io.cifarengine.data.Dataset;
import io.cifarengine.nn.Loss;
import io.cifarengine.nn.LossFunction;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.SoftmaxCrossEntropy;
import java.util.Locale;

/**
 * How a network does on a whole set.
 *
 * @param loss mean over the examples
 * @param accuracy the fraction whose largest output is at their label
 * @param examples how many there were
 */
public record Evaluation(double loss, double accuracy, int examples) {
  /** Examples that pass through the network at once: large enough for fast products, 6 MB of CIFAR. */
  public static final int BATCH_SIZE = 500;

  /** Evaluates on batches that are gathered already. */
  public static Evaluation of(Network network, LossFunction lossFunction, Batches batches) {
    double total = 0;
    int correct = 0;
    int examples = 0;
    for (Batch batch : batches.inOrder()) {
      Loss loss = lossFunction.of(network.forward(batch.images()), batch.labels());
      total += loss.total();
      correct += loss.correct();
      examples += loss.examples();
    }
    return new Evaluation(total / examples, (double) correct / examples, examples);
  }

  /** Evaluates by this loss. */
  public static Evaluation of(Network network, LossFunction lossFunction, Dataset dataset) {
    return of(network, lossFunction, Batches.of(network.engine(), dataset, BATCH_SIZE));
  }

  /** Evaluates a classifier by softmax cross-entropy. */
  public static Evaluation of(Network network, Dataset dataset) {
    return of(network, new SoftmaxCrossEntropy(network.engine()), dataset);
  }

  /** The same with a penalty added to the loss. */
  public Evaluation plus(double penalty) {
    return new Evaluation(loss + penalty, accuracy, examples);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "loss %.4f, accuracy %.2f %% of %d", loss, 100 * accuracy, examples);
  }
}
