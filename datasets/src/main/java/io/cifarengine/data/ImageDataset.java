// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import io.cifarengine.compute.Engine;
import io.cifarengine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Images of bytes, planar in memory, that become floats under a {@link Layout} and a {@link
 * Normalization} while they are read. Fifty thousand CIFAR images take 154 MB so, and would take 614
 * MB as floats.
 *
 * <p>Selections share the bytes.
 */
public final class ImageDataset implements Dataset {
  private final ImageBytes images;
  private final ChannelSums sums;
  private final int[] labels;
  private final List<String> classNames;
  private final int[] order;
  private final Layout layout;
  private final Normalization normalization;

  private ImageDataset(
      ImageBytes images,
      ChannelSums sums,
      int[] labels,
      List<String> classNames,
      int[] order,
      Layout layout,
      Normalization normalization) {
    this.images = images;
    this.sums = sums;
    this.labels = labels;
    this.classNames = classNames;
    this.order = order;
    this.layout = layout;
    this.normalization = normalization;
  }

  /** All these images in their order, planar, as x / 255. */
  static ImageDataset of(ImageBytes images, int[] labels, List<String> classNames) {
    int[] order = new int[labels.length];
    Arrays.setAll(order, i -> i);
    return new ImageDataset(
        images,
        new ChannelSums(images, labels.length),
        labels,
        List.copyOf(classNames),
        order,
        Layout.PLANAR,
        Normalization.UNIT);
  }

  /** The same images in another layout. */
  public ImageDataset layout(Layout other) {
    return new ImageDataset(
        images,
        sums,
        labels,
        classNames,
        order,
        Objects.requireNonNull(other, "layout"),
        normalization);
  }

  /**
   * The same images under another normalization.
   *
   * @throws io.cifarengine.tensor.ShapeException where its mean image has another shape
   */
  public ImageDataset normalization(Normalization other) {
    Objects.requireNonNull(other, "normalization").requireFits(planarShape());
    return new ImageDataset(images, sums, labels, classNames, order, layout, other);
  }

  /**
   * Example i of the result is example {@code indices[i]} of this set.
   *
   * @throws IndexOutOfBoundsException where there is no such example
   */
  public ImageDataset select(int[] indices) {
    int[] selected = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      selected[i] = order[Objects.checkIndex(indices[i], order.length)];
    }
    return new ImageDataset(images, sums, labels, classNames, selected, layout, normalization);
  }

  /** Examples {@code from} to {@code to - 1}. */
  public ImageDataset slice(int from, int to) {
    Objects.checkFromToIndex(from, to, order.length);
    int[] part = Arrays.copyOfRange(order, from, to);
    return new ImageDataset(images, sums, labels, classNames, part, layout, normalization);
  }

  /** The first n examples, or all where there are fewer. */
  public ImageDataset first(int n) {
    return slice(0, Math.min(n, size()));
  }

  @Override
  public int size() {
    return order.length;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public Shape exampleShape() {
    return layout.shape(images.channels(), images.height(), images.width());
  }

  @Override
  public int label(int index) {
    return labels[order[index]];
  }

  /** How its bytes become floats. */
  public Normalization normalization() {
    return normalization;
  }

  /** The bytes of an image, planar: a copy. */
  public byte[] pixels(int index) {
    int at = images.at(order[index]);
    return Arrays.copyOfRange(images.bytes(), at, at + images.size());
  }

  /** The sum of every pixel over the images, planar. */
  long[] pixelSums() {
    byte[] bytes = images.bytes();
    long[] sums = new long[images.size()];
    for (int image : order) {
      int at = images.at(image);
      for (int p = 0; p < sums.length; p++) {
        sums[p] += bytes[at + p] & 0xFF;
      }
    }
    return sums;
  }

  /** The shape of an image as it is stored. */
  Shape planarShape() {
    return Layout.PLANAR.shape(images.channels(), images.height(), images.width());
  }

  @Override
  public ExampleReader reader(Engine engine) {
    PixelReader planar = normalization.reader(engine, images, sums);
    PixelReader pixels =
        switch (layout) {
          case PLANAR -> planar;
          case NHWC -> new InterleavingReader(planar, images);
        };
    return (index, target, at) -> pixels.read(order[index], target, at);
  }
}
