// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One element of a gradient, found in two ways.
 *
 * @param parameter the parameter's name, or {@code input}
 * @param row of the parameter as a matrix; of the input, the example
 * @param column of the parameter as a matrix; of the input, the place within the example
 * @param analytic by backward, in double
 * @param numeric by central differences in double, or by the float engine
 */
public record GradientComparison(
    String parameter, int row, int column, double analytic, double numeric) {

  /** |analytic - numeric|. */
  public double difference() {
    return Math.abs(analytic - numeric);
  }

  /**
   * max |analytic - numeric| / max (|analytic|, |numeric|), both over one parameter; the largest over
   * the parameters. 0 where both gradients are 0, NaN where an element is NaN.
   *
   * <p>The scale is the parameter's largest element and not each element's own, because an element
   * near 0 is the sum of terms that cancel: their rounding errors stay, and say nothing of a mistake.
   */
  public static double relativeError(List<GradientComparison> comparisons) {
    double largest = 0;
    for (Extremes extremes : byParameter(comparisons).values()) {
      largest = Math.max(largest, extremes.ratio());
    }
    return largest;
  }

  /**
   * The one that {@link #relativeError} is the error of.
   *
   * @throws java.util.NoSuchElementException where there are none
   */
  public static GradientComparison worst(List<GradientComparison> comparisons) {
    Map.Entry<String, Extremes> worst =
        Collections.max(
            byParameter(comparisons).entrySet(),
            Comparator.comparingDouble(entry -> entry.getValue().ratio()));
    return comparisons.stream()
        .filter(c -> c.parameter().equals(worst.getKey()))
        .max(Comparator.comparingDouble(GradientComparison::difference))
        .orElseThrow();
  }

  private static Map<String, Extremes> byParameter(List<GradientComparison> comparisons) {
    Map<String, Extremes> byParameter = new LinkedHashMap<>();
    for (GradientComparison c : comparisons) {
      byParameter.merge(c.parameter(), Extremes.of(c), Extremes::and);
    }
    return byParameter;
  }

  private record Extremes(double difference, double magnitude) {
    static Extremes of(GradientComparison c) {
      return new Extremes(c.difference(), Math.max(Math.abs(c.analytic()), Math.abs(c.numeric())));
    }

    Extremes and(Extremes other) {
      return new Extremes(
          Math.max(difference, other.difference), Math.max(magnitude, other.magnitude));
    }

    double ratio() {
      return magnitude == 0 ? 0 : difference / magnitude;
    }
  }
}
