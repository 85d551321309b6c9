// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.config.ImageSet;
import io.cifarengine.data.Cifar;
import io.cifarengine.data.ImageDataset;
import io.cifarengine.data.SyntheticImages;
import java.io.IOException;
import java.nio.file.Path;

/** Where images come from. */
public sealed interface DataSource {
  /** All training images, the later validation images among them. */
  ImageDataset train(ImageSet set) throws IOException;

  /** All test images. */
  ImageDataset test(ImageSet set) throws IOException;

  /** Fails where there are no images of this set; rendered ones there always are. */
  void require(ImageSet set) throws IOException;

  /** Whether the images are rendered, so that nothing may be judged against a paper. */
  boolean synthetic();

  /** What it is and where, for a person. */
  String describe(ImageSet set);

  /** As results name its images: {@code cifar100 coarse}. */
  default String name(ImageSet set) {
    return synthetic() ? "synthetic " + set.inWords() : set.inWords();
  }

  /** Real CIFAR under a folder. */
  record Folder(Path dir) implements DataSource {
    @Override
    public ImageDataset train(ImageSet set) throws IOException {
      return switch (set) {
        case CIFAR10 -> Cifar.train10(dir);
        case CIFAR100_COARSE -> Cifar.train100(dir, Cifar.Labels.COARSE);
        case CIFAR100_FINE -> Cifar.train100(dir, Cifar.Labels.FINE);
      };
    }

    @Override
    public ImageDataset test(ImageSet set) throws IOException {
      return switch (set) {
        case CIFAR10 -> Cifar.test10(dir);
        case CIFAR100_COARSE -> Cifar.test100(dir, Cifar.Labels.COARSE);
        case CIFAR100_FINE -> Cifar.test100(dir, Cifar.Labels.FINE);
      };
    }

    /** The training files are large: they must be there with their sizes, and only the test file is read. */
    @Override
    public void require(ImageSet set) throws IOException {
      switch (set) {
        case CIFAR10 -> Cifar.require10(dir);
        case CIFAR100_COARSE, CIFAR100_FINE -> Cifar.require100(dir);
      }
      test(set);
    }

    @Override
    public boolean synthetic() {
      return false;
    }

    @Override
    public String describe(ImageSet set) {
      return dir.resolve(folder(set)).toString();
    }
  }

  /** The rendered set: 10,000 images to train, those to validate among them, and 2,000 to test. */
  record Synthetic() implements DataSource {
    private static final long SEED = 1;
    private static final int TRAIN = 10_000;
    private static final int TEST = 2_000;

    @Override
    public ImageDataset train(ImageSet set) {
      return images(set, SyntheticImages.Split.TRAIN, TRAIN);
    }

    @Override
    public ImageDataset test(ImageSet set) {
      return images(set, SyntheticImages.Split.TEST, TEST);
    }

    /** The first n images of a split. */
    public static ImageDataset images(ImageSet set, SyntheticImages.Split split, int n) {
      SyntheticImages images =
          set == ImageSet.CIFAR10
              ? SyntheticImages.tenClasses(SEED)
              : SyntheticImages.coarseAndFine(SEED);
      Cifar.Labels labels =
          set == ImageSet.CIFAR100_COARSE ? Cifar.Labels.COARSE : Cifar.Labels.FINE;
      return images.dataset(split, n, labels);
    }

    @Override
    public void require(ImageSet set) {}

    @Override
    public boolean synthetic() {
      return true;
    }

    @Override
    public String describe(ImageSet set) {
      return "synthetic images in the format of " + folder(set);
    }
  }

  /** The folder that the official archive of a set unpacks to. */
  static String folder(ImageSet set) {
    return set == ImageSet.CIFAR10 ? Cifar.FOLDER_10 : Cifar.FOLDER_100;
  }
}
