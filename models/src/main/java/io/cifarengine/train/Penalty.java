// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.train;

import io.cifarengine.compute.Sums;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.Parameter;
import java.util.function.Predicate;

/**
 * lambda times the sum of the squares of some parameters: what a study adds to the losses that it
 * reports. The optimizer has its own lambda; this one changes no weight.
 */
public final class Penalty {
  private static final Penalty NONE = new Penalty(0, parameter -> false);

  private final double lambda;
  private final Predicate<Parameter> rule;

  private Penalty(double lambda, Predicate<Parameter> rule) {
    this.lambda = lambda;
    this.rule = rule;
  }

  /** 0. */
  public static Penalty none() {
    return NONE;
  }

  /** lambda times the sum of the squares of the parameters that the rule names. */
  public static Penalty l2(double lambda, Predicate<Parameter> rule) {
    if (!(lambda >= 0 && lambda <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "penalty: expected a finite number of at least 0, found " + lambda);
    }
    return new Penalty(lambda, rule);
  }

  /** Its value for the weights as they are. Allocates nothing. */
  public double of(Network network) {
    if (lambda == 0) {
      return 0;
    }
    double squares = 0;
    for (int i = 0; i < network.parameters().size(); i++) {
      Parameter parameter = network.parameters().get(i);
      if (rule.test(parameter)) {
        squares += Sums.squares(network.engine(), parameter.value());
      }
    }
    return lambda * squares;
  }
}
