// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.ImageSet;
import io.cifarengine.config.InputScaling;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.data.Cifar;
import io.cifarengine.data.ImageDataset;
import io.cifarengine.data.MeanImage;
import io.cifarengine.data.Normalization;
import io.cifarengine.data.SyntheticImages;
import io.cifarengine.nn.WeightDigest;
import io.cifarengine.train.Trainer;
import io.cifarengine.train.TrainingListener;

/**
 * Trains a few updates of four experiments that differ in all that {@code momentum} does not have, on a
 * few rendered images, and prints the digests of their weights.
 */
public final class StudyDigests {
  /** More than a block of 500, so that full batches stream in two and batches of 500 have a rest. */
  private static final int TRAIN = 530;

  /** Two batches of 50 and a rest; each image takes as long as a hundred of the perceptrons'. */
  private static final int TRAIN_CNN = 130;

  private static final int OTHERS = 20;

  private StudyDigests() {}

  /** With so many threads. */
  public static void main(String[] args) {
    try (Engine engine = Engine.withThreads(Integer.parseInt(args[0]))) {
      for (String name : new String[] {"linear", "nn-sgd", "hidden-layers", "cnn"}) {
        GridExperiment experiment = (GridExperiment) Experiments.named(name).orElseThrow();
        System.out.println(name + " " + digest(engine, experiment.tested().settings()));
      }
    }
  }

  private static String digest(Engine engine, Settings paper) {
    boolean convolutions = !paper.value(Setting.CONVOLUTIONS).isEmpty();
    Settings settings = paper.with(Setting.EPOCHS, convolutions ? 1 : 2);
    SplitData images = images(settings, convolutions ? TRAIN_CNN : TRAIN);
    Trainer trainer = Training.trainer(engine, settings, images);
    if (trainer.fit(TrainingListener.none()).diverged()) {
      throw new AssertionError("diverged");
    }
    return WeightDigest.of(trainer.network());
  }

  /** A split without the thousands of images that a source renders. */
  private static SplitData images(Settings settings, int train) {
    SyntheticImages rendered =
        settings.value(Setting.DATASET) == ImageSet.CIFAR10
            ? SyntheticImages.tenClasses(1)
            : SyntheticImages.coarseAndFine(1);
    ImageDataset all =
        rendered.dataset(SyntheticImages.Split.TRAIN, TRAIN + OTHERS, Cifar.Labels.COARSE);
    InputScaling input = settings.value(Setting.INPUT);
    ImageDataset scaled =
        all.layout(Training.layout(settings))
            .normalization(
                input == InputScaling.Z_SCORE
                    ? Normalization.Z_SCORE
                    : Normalization.centered(
                        MeanImage.of(all), input == InputScaling.MEAN_IMAGE_X100 ? 100 : 1));
    ImageDataset others = scaled.slice(TRAIN, TRAIN + OTHERS);
    return new SplitData("rendered", true, scaled.first(train), others, others, "");
  }
}
