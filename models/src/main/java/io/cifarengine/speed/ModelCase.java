// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.ImageSet;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.data.ImageDataset;
import io.cifarengine.data.SyntheticImages;
import io.cifarengine.experiment.DataSource;
import io.cifarengine.experiment.Experiments;
import io.cifarengine.train.TrainingPlan;
import java.util.List;

/**
 * The training that an experiment of the studies tests.
 *
 * @param experiment its name
 * @param network in short: {@code 3072-128-20}
 * @param phases whether its steps are also measured phase by phase
 */
record ModelCase(String experiment, String network, boolean phases) {
  static final List<ModelCase> ALL =
      List.of(
          new ModelCase("momentum", "3072-128-20", true),
          new ModelCase("nn-sgd", "3072-200-10", false),
          new ModelCase("nn", "3072-200-10", false),
          new ModelCase("linear", "3072-10", false),
          new ModelCase("cnn", "conv 32-64-64", true));

  /** Those of the experiment. */
  Settings settings() {
    return Experiments.tested(experiment).orElseThrow();
  }

  /** Images an update; 0 for all there are. */
  int batch() {
    int batch = settings().value(Setting.BATCH_SIZE);
    return batch == TrainingPlan.FULL_BATCH ? 0 : batch;
  }

  /** A step that runs on rendered images. */
  TrainingStep step(Engine engine, ImageDataset images) {
    return new TrainingStep(engine, settings(), images);
  }

  /** So many images of the kind that this training takes. */
  ImageDataset render(int count) {
    ImageSet set = settings().value(Setting.DATASET);
    return DataSource.Synthetic.images(set, SyntheticImages.Split.TRAIN, count);
  }
}
