// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import io.cifarengine.random.Randoms;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * image(seed, split, index): rendered 32 x 32 colour images in CIFAR's format, without a file.
 *
 * <p>Every image shows one of twenty shapes with one of five surfaces somewhere near the middle,
 * larger or smaller, turned, stretched, brighter or darker than a cloudy ground, in any colours,
 * under uneven light and noise. The coarse class is in the outline alone: colours are drawn without
 * regard to it, and since a shape may be darker or brighter than the ground, no fixed template fits
 * both. A linear classifier therefore does worse than a multilayer perceptron, and that one worse
 * than a convolutional network. With 8,000 training images, each channel z-scored, on the coarse
 * labels: the best of five ridge-penalised softmax regressions 30 % right, 3072-128-20 with tanh
 * after 100 epochs 46 % (rate 0.001, momentum 0.8) and 76 % (0.005), three small convolutions 98 %;
 * guessing gives 5 %.
 *
 * <p>There are two kinds, which have the class structure of the two CIFAR sets: {@link
 * #coarseAndFine} has the 20 shapes as coarse labels and the 100 pairs of shape and surface as fine
 * ones, {@link #tenClasses} has ten shapes with any surface. Every run of 100, or 10, images that
 * begins at a multiple of that number holds each class once, in random order.
 *
 * <p>An image is a pure function of its arguments: the same bytes on every JDK, whichever other
 * images are asked for. Objects are immutable and may be shared between threads.
 */
public final class SyntheticImages {
  /** The two disjoint sequences of images. */
  public enum Split {
    /** The images to learn from. */
    TRAIN,
    /** The images to be judged by. */
    TEST
  }

  /** Pixels a side: {@value}. */
  public static final int SIDE = Scene.SIDE;

  /** Bytes an image: {@value}, the red plane, the green and the blue, each row by row. */
  public static final int BYTES = Scene.CHANNELS * Scene.PLANE;

  private static final Figure[] FIGURES = Figure.values();
  private static final Surface[] SURFACES = Surface.values();

  private final Randoms source;
  private final boolean hundred;
  private final List<String> coarseNames;
  private final List<String> fineNames;

  private SyntheticImages(long seed, boolean hundred) {
    this.hundred = hundred;
    source =
        Randoms.seeded(seed).stream(hundred ? "images of 100 classes" : "images of 10 classes");
    List<String> coarse = new ArrayList<>();
    List<String> fine = new ArrayList<>();
    if (hundred) {
      for (Figure figure : FIGURES) {
        coarse.add(figure.plural);
        for (Surface surface : SURFACES) {
          fine.add(surface.adjective + " " + figure.singular);
        }
      }
    } else {
      for (Figure figure : List.of(FIGURES).subList(0, Figure.TEN)) {
        coarse.add(figure.singular);
        fine.add(figure.singular);
      }
    }
    coarseNames = List.copyOf(coarse);
    fineNames = List.copyOf(fine);
  }

  /** Images with 20 coarse and 100 fine labels as in CIFAR-100; fine = 5 coarse + surface. */
  public static SyntheticImages coarseAndFine(long seed) {
    return new SyntheticImages(seed, true);
  }

  /** Images with 10 labels, as CIFAR-10 has them; the coarse and the fine label are this one. */
  public static SyntheticImages tenClasses(long seed) {
    return new SyntheticImages(seed, false);
  }

  /** The names of the 20 coarse labels, or of the ten classes, in the order of the labels. */
  public List<String> coarseNames() {
    return coarseNames;
  }

  /** The names of the 100 fine labels, or of the ten classes, in the order of the labels. */
  public List<String> fineNames() {
    return fineNames;
  }

  /** The coarse label of an image: 0 .. 19, or 0 .. 9. */
  public int coarseLabel(Split split, int index) {
    int fine = fineLabel(split, index);
    return hundred ? fine / SURFACES.length : fine;
  }

  /** The fine label of an image: 0 .. 99, or 0 .. 9. */
  public int fineLabel(Split split, int index) {
    Objects.checkIndex(index, Integer.MAX_VALUE);
    int classes = fineNames.size();
    int[] order = stream(split).stream("labels").stream(index / classes).permutation(classes);
    return order[index % classes];
  }

  /**
   * Draws one image: {@value #BYTES} bytes from {@code target[offset]} on.
   *
   * @throws IndexOutOfBoundsException if the index is negative or the image does not fit
   */
  public void image(Split split, int index, byte[] target, int offset) {
    Objects.checkFromIndexSize(offset, BYTES, target.length);
    render(split, index, fineLabel(split, index), target, offset);
  }

  /**
   * The first {@code count} images as the binary files hold them: coarse label, fine label and
   * pixels, 3074 bytes a record; with ten classes label and pixels, 3073 bytes.
   *
   * @throws IllegalArgumentException if the count is negative or the records exceed an array
   */
  public byte[] records(Split split, int count) {
    int labels = hundred ? 2 : 1;
    int size = labels + BYTES;
    byte[] records = array("records", count, size);
    for (int index = 0; index < count; index++) {
      int start = index * size;
      int fine = fineLabel(split, index);
      if (hundred) {
        records[start] = (byte) (fine / SURFACES.length);
      }
      records[start + labels - 1] = (byte) fine;
      render(split, index, fine, records, start + labels);
    }
    return records;
  }

  /** Room for so many items of this size. */
  private static byte[] array(String operation, int count, int size) {
    if (count < 0 || count > Integer.MAX_VALUE / size) {
      throw new IllegalArgumentException(
          operation + ": the count must be 0 .. " + Integer.MAX_VALUE / size + ": " + count);
    }
    return new byte[count * size];
  }

  private void render(Split split, int index, int fine, byte[] target, int offset) {
    Randoms image = stream(split).stream("images").stream(index);
    Figure figure = FIGURES[hundred ? fine / SURFACES.length : fine];
    int surface =
        hundred ? fine % SURFACES.length : image.stream("surface").below(SURFACES.length, 0);
    new Scene(figure, SURFACES[surface], image).render(target, offset);
  }

  private Randoms stream(Split split) {
    return switch (split) {
      case TRAIN -> source.stream("train");
      case TEST -> source.stream("test");
    };
  }

  /**
   * The first n images of a split, with their coarse or fine labels.
   *
   * @throws IllegalArgumentException if n is negative or the images exceed an array
   */
  public ImageDataset dataset(Split split, int n, Cifar.Labels labels) {
    byte[] pixels = array("dataset", n, BYTES);
    int[] classes = new int[n];
    for (int i = 0; i < n; i++) {
      image(split, i, pixels, i * BYTES);
      classes[i] = labels == Cifar.Labels.COARSE ? coarseLabel(split, i) : fineLabel(split, i);
    }
    ImageBytes images = new ImageBytes(pixels, BYTES, 0, Scene.CHANNELS, SIDE, SIDE);
    List<String> names = labels == Cifar.Labels.COARSE ? coarseNames() : fineNames();
    return ImageDataset.of(images, classes, names);
  }
}
