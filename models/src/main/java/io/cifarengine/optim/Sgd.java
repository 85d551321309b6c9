// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.optim;

import io.cifarengine.compute.Elementwise;
import io.cifarengine.compute.Engine;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.Parameter;
import io.cifarengine.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Stochastic gradient descent with momentum, coupled L2 and decoupled decay.
 *
 * <pre>
 * w = w - mu w
 * v = gamma v + alpha (dw + lambda w)
 * w = w - v
 * </pre>
 *
 * in this order, with learning rate alpha (0.01 unless set), momentum gamma (0), weight decay lambda (0)
 * and decoupled decay mu (0). The weight decay passes through the velocity v, as in the CIFAR-100 study;
 * v starts at 0. The decoupled decay is not multiplied by the learning rate: without momentum and weight
 * decay a step is w - alpha dw - mu w, as in the CIFAR-10 study's linear classifier (Listing 4).
 */
public final class Sgd implements Optimizer {
  private final Engine engine;
  private final List<Parameter> parameters;
  private final List<Tensor> velocities;
  private final Map<String, Tensor> state;
  private final float[] decays;
  private final float[] decoupledDecays;
  private float learningRate = 0.01f;
  private float momentum;

  private Sgd(Engine engine, List<Parameter> parameters) {
    this.engine = engine;
    this.parameters = parameters;
    velocities = parameters.stream().map(p -> Tensor.zeros(p.value().shape())).toList();
    Map<String, Tensor> byName = new LinkedHashMap<>();
    for (int i = 0; i < velocities.size(); i++) {
      byName.put("velocity." + parameters.get(i).name(), velocities.get(i));
    }
    state = Collections.unmodifiableMap(byName);
    decays = new float[parameters.size()];
    decoupledDecays = new float[parameters.size()];
  }

  /** Descent over all parameters of a network. */
  public static Sgd over(Network network) {
    return new Sgd(network.engine(), network.parameters());
  }

  /** Sets alpha, which may change between steps. */
  @Override
  public Sgd learningRate(float alpha) {
    learningRate = requireFinite("learning rate", alpha);
    return this;
  }

  /** Sets gamma, from 0 to below 1. */
  public Sgd momentum(float gamma) {
    momentum = requireFraction("momentum", gamma);
    return this;
  }

  /** Sets lambda for every parameter, biases included. */
  public Sgd weightDecay(float lambda) {
    return weightDecay(lambda, parameter -> true);
  }

  /** Sets lambda for the parameters that the rule names, 0 for the others. */
  public Sgd weightDecay(float lambda, Predicate<Parameter> rule) {
    assign(decays, requireFinite("weight decay", lambda), rule);
    return this;
  }

  /** Sets mu, from 0 to below 1, for the parameters that the rule names, 0 for the others. */
  public Sgd decoupledDecay(float mu, Predicate<Parameter> rule) {
    assign(decoupledDecays, requireFraction("decoupled decay", mu), rule);
    return this;
  }

  private void assign(float[] to, float value, Predicate<Parameter> rule) {
    for (int i = 0; i < to.length; i++) {
      to[i] = rule.test(parameters.get(i)) ? value : 0;
    }
  }

  @Override
  public void step() {
    for (int i = 0; i < decays.length; i++) {
      Parameter p = parameters.get(i);
      if (decoupledDecays[i] > 0) {
        Elementwise.decay(engine, p.value(), decoupledDecays[i]);
      }
      Elementwise.momentumStep(
          engine, p.value(), p.gradient(), velocities.get(i), learningRate, momentum, decays[i]);
    }
  }

  /** The velocity of every parameter, in their order. */
  @Override
  public Map<String, Tensor> state() {
    return state;
  }

  private static float requireFraction(String name, float value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          name + ": expected at least 0 and below 1, found " + value);
    }
    return value;
  }

  private static float requireFinite(String name, float value) {
    if (!(value >= 0 && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          name + ": expected a finite number of at least 0, found " + value);
    }
    return value;
  }
}
