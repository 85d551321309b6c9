// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.optim;

import io.cifarengine.compute.Elementwise;
import io.cifarengine.compute.Engine;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.Parameter;
import io.cifarengine.tensor.Tensor;
import java.util.List;
import java.util.function.Predicate;

/**
 * Stochastic gradient descent with momentum and coupled L2.
 *
 * <pre>
 * v = gamma v + alpha (dw + lambda w)
 * w = w - v
 * </pre>
 *
 * with learning rate alpha (0.01 unless set), momentum gamma (0) and weight decay lambda (0). The
 * decay passes through the velocity v, as in the CIFAR-100 study; v starts at 0.
 */
public final class Sgd implements Optimizer {
  private final Engine engine;
  private final List<Parameter> parameters;
  private final List<Tensor> velocities;
  private final float[] decays;
  private float learningRate = 0.01f;
  private float momentum;

  private Sgd(Engine engine, List<Parameter> parameters) {
    this.engine = engine;
    this.parameters = parameters;
    velocities = parameters.stream().map(p -> Tensor.zeros(p.value().shape())).toList();
    decays = new float[parameters.size()];
  }

  /** Descent over all parameters of a network. */
  public static Sgd over(Network network) {
    return new Sgd(network.engine(), network.parameters());
  }

  /** Sets alpha, which may change between steps. */
  public Sgd learningRate(float alpha) {
    learningRate = requireFinite("learning rate", alpha);
    return this;
  }

  /** Sets gamma, from 0 to 1. */
  public Sgd momentum(float gamma) {
    if (!(gamma >= 0 && gamma < 1)) {
      throw new IllegalArgumentException(
          "momentum: expected at least 0 and below 1, found " + gamma);
    }
    momentum = gamma;
    return this;
  }

  /** Sets lambda for every parameter, biases included. */
  public Sgd weightDecay(float lambda) {
    return weightDecay(lambda, parameter -> true);
  }

  /** Sets lambda for the parameters that the rule names, 0 for the others. */
  public Sgd weightDecay(float lambda, Predicate<Parameter> rule) {
    requireFinite("weight decay", lambda);
    for (int i = 0; i < decays.length; i++) {
      decays[i] = rule.test(parameters.get(i)) ? lambda : 0;
    }
    return this;
  }

  @Override
  public void step() {
    for (int i = 0; i < decays.length; i++) {
      Parameter p = parameters.get(i);
      Elementwise.momentumStep(
          engine, p.value(), p.gradient(), velocities.get(i), learningRate, momentum, decays[i]);
    }
  }

  private static float requireFinite(String name, float value) {
    if (!(value >= 0 && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          name + ": expected a finite number of at least 0, found " + value);
    }
    return value;
  }
}
