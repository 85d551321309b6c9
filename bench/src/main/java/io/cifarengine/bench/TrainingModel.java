// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.BatchOrder;
import io.cifarengine.config.ImageSet;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.data.SyntheticImages;
import io.cifarengine.experiment.DataSource;
import io.cifarengine.experiment.Experiments;
import io.cifarengine.speed.TrainingStep;
import io.cifarengine.train.TrainingPlan;
import java.util.List;

/** The studies' networks, trained as their experiments do, with the batches in the order of the images. */
public enum TrainingModel {
  /** The CIFAR-100 perceptron. */
  MLP_3072_128_20(12_800),
  /** Its wider sister. */
  MLP_3072_256_20(12_800),
  /** The one on fine labels. */
  MLP_3072_128_100(12_800),
  /** The CIFAR-10 perceptron on mini-batches. */
  MLP_3072_200_10(12_500),
  /** The same on full batches. */
  MLP_3072_200_10_FULL(12_800),
  /** The CIFAR-10 linear classifier, full batches. */
  LINEAR_3072_10_FULL(12_800),
  /** The CIFAR-10 network of three convolutions. */
  CNN_32_64_64(2_000);

  /** Of the training set, a multiple of the batch. */
  private final int examples;

  TrainingModel(int examples) {
    this.examples = examples;
  }

  private Settings settings() {
    return switch (this) {
      case MLP_3072_128_20 -> cifar100(ImageSet.CIFAR100_COARSE, 128);
      case MLP_3072_256_20 -> cifar100(ImageSet.CIFAR100_COARSE, 256);
      case MLP_3072_128_100 -> cifar100(ImageSet.CIFAR100_FINE, 128);
      case MLP_3072_200_10 -> cifar10("nn-sgd");
      case MLP_3072_200_10_FULL -> cifar10("nn");
      case LINEAR_3072_10_FULL -> cifar10("linear");
      case CNN_32_64_64 -> cifar10("cnn");
    };
  }

  private static Settings cifar100(ImageSet labels, int hidden) {
    return Experiments.tested("momentum")
        .orElseThrow()
        .with(Setting.DATASET, labels)
        .with(Setting.HIDDEN, List.of(hidden))
        .with(Setting.L2_PENALTY, 1e-4);
  }

  private static Settings cifar10(String experiment) {
    return Experiments.tested(experiment)
        .orElseThrow()
        .with(Setting.L2_PENALTY, 0.0)
        .with(Setting.BATCH_ORDER, BatchOrder.FIXED);
  }

  /** Renders the images and builds the network. */
  TrainingStep step(Engine engine) {
    Settings settings = settings();
    ImageSet set = settings.value(Setting.DATASET);
    return new TrainingStep(
        engine, settings, DataSource.Synthetic.images(set, SyntheticImages.Split.TRAIN, examples));
  }

  /** Images of an update. */
  int batchSize() {
    int batch = settings().value(Setting.BATCH_SIZE);
    return batch == TrainingPlan.FULL_BATCH ? examples : batch;
  }

  /** Kind and layers in short. */
  String network() {
    Settings settings = settings();
    if (!settings.value(Setting.CONVOLUTIONS).isEmpty()) {
      return "cnn";
    }
    List<Integer> hidden = settings.value(Setting.HIDDEN);
    int classes = settings.value(Setting.DATASET).classes();
    return hidden.isEmpty()
        ? "linear 3072-" + classes
        : "mlp 3072-" + hidden.get(0) + "-" + classes;
  }
}
