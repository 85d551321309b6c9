// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.data.ImageDataset;
import io.cifarengine.data.Normalization;
import io.cifarengine.random.Randoms;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * The three sets of a CIFAR-100 experiment: the training images shuffled once and cut 80/20, every
 * channel of every image z-scored.
 *
 * @param name as in results: {@code cifar100 coarse}
 */
public record ExperimentData(
    String name,
    boolean synthetic,
    ImageDataset train,
    ImageDataset validation,
    ImageDataset test) {

  /** Loads and splits. */
  public static ExperimentData load(
      DataSource source, Experiment experiment, ExperimentOptions options) throws IOException {
    ImageDataset all = source.train(experiment.labels()).normalization(Normalization.Z_SCORE);
    ImageDataset test = source.test(experiment.labels()).normalization(Normalization.Z_SCORE);
    int[] order = order(all.size(), options);
    int cut = all.size() / 5 * 4;
    String labels = experiment.labels().name().toLowerCase(Locale.ROOT);
    return new ExperimentData(
        (source.synthetic() ? "synthetic " : "cifar100 ") + labels,
        source.synthetic(),
        all.select(Arrays.copyOfRange(order, 0, cut)).first(options.limit()),
        all.select(Arrays.copyOfRange(order, cut, order.length)).first(options.limit()),
        test.first(options.limit()));
  }

  private static int[] order(int n, ExperimentOptions options) {
    if (options.shuffledSplit()) {
      return Randoms.seeded(options.seed()).stream("split").permutation(n);
    }
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    return order;
  }
}
