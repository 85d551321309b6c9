// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import io.cifarengine.compute.Engine;
import io.cifarengine.tensor.Shape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/**
 * y = f(x): how the bytes x of an image, 0 to 255, become floats. The float operations that each one
 * states are all that is done, in that order and each rounded once, so that every JVM has the same
 * bits.
 */
public final class Normalization {
  /** y = x / 255: the quotient in double, rounded to float. */
  public static final Normalization UNIT =
      new Normalization("unit", Standardizing.UNIT, Optional.empty());

  /**
   * y = (x - mean) / deviation, with the mean and the population standard deviation of the image's own
   * channel; a constant channel gives zeros. Computed in double as (x - mean) (1 / deviation), rounded
   * to float.
   */
  public static final Normalization Z_SCORE =
      new Normalization("z-score", Standardizing.Z_SCORE, Optional.empty());

  private static final String CENTERED = "mean-image x";

  private final String name;
  private final PixelRule rule;
  private final Optional<MeanImage> mean;

  private Normalization(String name, PixelRule rule, Optional<MeanImage> mean) {
    this.name = name;
    this.rule = rule;
    this.mean = mean;
  }

  /**
   * y = scale (x - mean[p]) / 255 at pixel p, as the CIFAR-10 study does with the mean image of all
   * training images and the scale 1 or 100; mean[p] is a level from 0 to 255, as {@link
   * MeanImage#levels} has it.
   *
   * <p>In float: y = (x - mean[p]) k, one subtraction and one product, where k = scale / 255 is divided
   * in double and rounded to float once. A difference of two levels keeps its digits where the mean is
   * close to x (one of x / 255 and mean / 255 would not), so that the relative error of y is at most
   * that of three roundings, 3 x 2^-24 and terms of second order.
   *
   * @throws IllegalArgumentException where the scale is not positive, or so small or large that k is
   *     not a normal float
   */
  public static Normalization centered(MeanImage mean, double scale) {
    float k = (float) (scale / 255);
    if (!(k >= Float.MIN_NORMAL && k <= Float.MAX_VALUE / 255)) { // NaN fails too; y stays finite
      throw new IllegalArgumentException(
          "normalization: expected a positive scale whose 255th part is a float, found " + scale);
    }
    return new Normalization(CENTERED + shown(scale), new Centering(mean, k), Optional.of(mean));
  }

  /** The first of 12 to 17 significant digits that read back as the same double: one text on any JDK. */
  private static String shown(double scale) {
    BigDecimal exact = new BigDecimal(scale);
    int digits = 12;
    BigDecimal rounded = exact.round(new MathContext(digits));
    while (rounded.doubleValue() != scale) {
      rounded = exact.round(new MathContext(++digits));
    }
    return rounded.stripTrailingZeros().toPlainString();
  }

  /**
   * The normalization that {@link #describe} gave this name, with its mean image where it has one.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Normalization named(String name, Optional<MeanImage> mean) {
    for (Normalization known : List.of(UNIT, Z_SCORE)) {
      if (known.name.equals(name)) {
        return known;
      }
    }
    if (mean.isPresent() && name.matches("\\Q" + CENTERED + "\\E\\d+(\\.\\d+)?")) {
      return centered(mean.get(), Double.parseDouble(name.substring(CENTERED.length())));
    }
    throw new IllegalArgumentException(
        "normalization: expected unit, z-score, or "
            + CENTERED
            + "SCALE with its mean image, found "
            + name);
  }

  /**
   * A name for files and people, the same on every JDK: {@code unit}, {@code z-score}, {@code mean-image
   * x100}. The mean image itself is not in it.
   */
  public String describe() {
    return name;
  }

  /** The same as {@link #describe}. */
  @Override
  public String toString() {
    return name;
  }

  /** The image that is taken away; empty where none is. */
  public Optional<MeanImage> mean() {
    return mean;
  }

  /** Throws where images of this planar shape cannot be normalized so. */
  void requireFits(Shape planar) {
    rule.requireFits(planar);
  }

  /** A new reader of these images. */
  PixelReader reader(Engine engine, ImageBytes images, ChannelSums sums) {
    return rule.reader(engine, images, sums);
  }
}
