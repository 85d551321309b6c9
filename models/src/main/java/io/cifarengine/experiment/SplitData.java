// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.config.ImageSet;
import io.cifarengine.config.InputScaling;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.config.SplitOrder;
import io.cifarengine.data.ImageDataset;
import io.cifarengine.data.Layout;
import io.cifarengine.data.MeanImage;
import io.cifarengine.data.Normalization;
import io.cifarengine.random.Randoms;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Images to train, to validate and to test, as settings ask for them.
 *
 * @param name as in results: {@code cifar100 coarse}
 * @param synthetic whether the images were rendered
 * @param digest SHA-256 over the labels and bytes of all images of the three sets, in their order
 */
public record SplitData(
    String name,
    boolean synthetic,
    ImageDataset train,
    ImageDataset validation,
    ImageDataset test,
    String digest) {
  /** Loads, splits and normalizes. */
  public static SplitData load(DataSource source, Settings settings) throws IOException {
    ImageSet set = settings.value(Setting.DATASET);
    ImageDataset all = source.train(set);
    Normalization normalization = normalization(settings.value(Setting.INPUT), all);
    Layout layout = Training.layout(settings);
    ImageDataset scaled = all.normalization(normalization).layout(layout);
    ImageDataset test = source.test(set).normalization(normalization).layout(layout);
    int[] order = order(all.size(), settings);
    int validation = (int) Math.round(all.size() * settings.value(Setting.VALIDATION));
    int cut = Math.min(Math.max(all.size() - validation, 1), all.size() - 1);
    int limit = settings.value(Setting.LIMIT);
    ImageDataset train = scaled.select(Arrays.copyOfRange(order, 0, cut)).first(limit);
    ImageDataset validating =
        scaled.select(Arrays.copyOfRange(order, cut, order.length)).first(limit);
    ImageDataset testing = test.first(limit);
    return new SplitData(
        source.name(set),
        source.synthetic(),
        train,
        validating,
        testing,
        digest(List.of(train, validating, testing)));
  }

  private static String digest(List<ImageDataset> sets) {
    MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    for (ImageDataset set : sets) {
      for (int i = 0; i < set.size(); i++) {
        sha.update((byte) set.label(i));
        sha.update(set.pixels(i));
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  /** How the bytes of images become floats, by what these training images have in common. */
  public static Normalization normalization(InputScaling scaling, ImageDataset train) {
    return switch (scaling) {
      case Z_SCORE -> Normalization.Z_SCORE;
      case UNIT -> Normalization.UNIT;
      case MEAN_IMAGE -> Normalization.centered(MeanImage.of(train), 1);
      case MEAN_IMAGE_X100 -> Normalization.centered(MeanImage.of(train), 100);
    };
  }

  private static int[] order(int n, Settings settings) {
    if (settings.value(Setting.SPLIT) == SplitOrder.SHUFFLED) {
      return Randoms.seeded(settings.value(Setting.SEED)).stream("split").permutation(n);
    }
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    return order;
  }
}
