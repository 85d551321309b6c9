// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.data.Cifar;
import io.cifarengine.data.ImageDataset;
import io.cifarengine.data.SyntheticImages;
import java.io.IOException;
import java.nio.file.Path;

/** Where an experiment's images come from. */
public sealed interface DataSource {
  /** All training images, the later validation images among them. */
  ImageDataset train(Cifar.Labels labels) throws IOException;

  /** All test images. */
  ImageDataset test(Cifar.Labels labels) throws IOException;

  /** Whether the images are rendered, so that nothing may be judged against a paper. */
  boolean synthetic();

  /** What it is and where, for a person. */
  String describe();

  /** Real CIFAR under a folder. */
  record Folder(Path dir) implements DataSource {
    @Override
    public ImageDataset train(Cifar.Labels labels) throws IOException {
      return Cifar.train100(dir, labels);
    }

    @Override
    public ImageDataset test(Cifar.Labels labels) throws IOException {
      return Cifar.test100(dir, labels);
    }

    @Override
    public boolean synthetic() {
      return false;
    }

    @Override
    public String describe() {
      return "CIFAR-100 in " + dir.resolve(Cifar.FOLDER_100);
    }
  }

  /** The rendered set: 8,000 images to train, 2,000 to validate, 2,000 to test. */
  record Synthetic() implements DataSource {
    private static final long SEED = 1;
    private static final int TRAIN = 10_000;
    private static final int TEST = 2_000;

    @Override
    public ImageDataset train(Cifar.Labels labels) {
      return images(labels, SyntheticImages.Split.TRAIN, TRAIN);
    }

    @Override
    public ImageDataset test(Cifar.Labels labels) {
      return images(labels, SyntheticImages.Split.TEST, TEST);
    }

    private static ImageDataset images(Cifar.Labels labels, SyntheticImages.Split split, int n) {
      return SyntheticImages.coarseAndFine(SEED).dataset(split, n, labels);
    }

    @Override
    public boolean synthetic() {
      return true;
    }

    @Override
    public String describe() {
      return "synthetic images in CIFAR-100's format";
    }
  }
}
