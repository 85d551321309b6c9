// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.nn.LayerFactory;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Loss;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.Parameter;
import io.cifarengine.nn.SoftmaxCrossEntropy;
import io.cifarengine.optim.Sgd;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Rounding does not pile up: after every one of 20 steps the float engine is where doubles are.
 *
 * <p>A step rounds its gradient to some 50 to 110 u, 7e-6, of its largest element (sums over 24 inputs,
 * 23 examples, two to three layers); 20 steps of it, each kept alive by momentum 0.8 for about 5, can
 * come to 7e-4 of one step's update, and an update here is below a tenth of the weights. So 1e-4 of the
 * largest weight is a bound, as it is for the loss, and a missing or doubled term is far outside.
 */
class TwentyStepsTest {
  private static final int N = 23;
  private static final int STEPS = 20;
  private static final double LIMIT = 1e-4;
  private static final float RATE = 0.05f;
  private static final float MOMENTUM = 0.8f;
  private static final float DECAY = 0.01f;

  @Test
  void lossesAndWeightsOfATanhNetworkFollowThoseInDouble() {
    assertFollows(Layers::tanh);
  }

  @Test
  void lossesAndWeightsOfAReluNetworkFollowThoseInDouble() {
    assertFollows(Layers::relu);
  }

  @Test
  void lossesAndWeightsOfASigmoidNetworkFollowThoseInDouble() {
    assertFollows(Layers::sigmoid);
  }

  /** To the first weights: sums over 18, 16 and 5 values forward, over 5, 20 and 48 places backward. */
  @Test
  void lossesAndWeightsOfAConvolutionalNetworkFollowThoseInDouble() {
    assertFollows(
        3,
        Shape.of(6, 6, 2),
        Layers.conv(4, 3),
        Layers.maxPool(2),
        Layers.conv(5, 2).same(),
        Layers.tanh(),
        Layers.maxPool(2, 1),
        Layers.flatten(),
        Layers.linear(5));
  }

  private static void assertFollows(Supplier<LayerFactory> activation) {
    assertFollows(
        N,
        Shape.of(2, 3, 4),
        Layers.flatten(),
        Layers.linear(9),
        activation.get(),
        Layers.linear(7),
        activation.get(),
        Layers.linear(5));
  }

  private static void assertFollows(int n, Shape input, LayerFactory... layers) {
    Tensor x = Draws.normal(30, 1, n * input.size()).reshape(input.withBatch(n));
    int[] labels = Draws.labels(31, n, 5);
    try (Engine engine = Engine.withThreads(2)) {
      Network network = Network.build(engine, input, Randoms.seeded(32), layers);
      ReferenceNetwork twin = ReferenceNetwork.of(network);
      String first = network.parameters().get(0).name();
      double[] start = twin.parameter(first).value().clone();
      var loss = new SoftmaxCrossEntropy(engine);
      Sgd sgd = Sgd.over(network).learningRate(RATE).momentum(MOMENTUM).weightDecay(DECAY);
      var descent = new DoubleDescent(twin);
      for (int step = 1; step <= STEPS; step++) {
        Loss found = loss.of(network.forward(x), labels);
        double expected = descent.step(Doubles.of(x), labels);
        assertEquals(expected, found.mean(), LIMIT * expected, "loss at step " + step);
        network.backward(found.gradient());
        sgd.step();
        assertSameWeights(twin, network, step);
      }
      double moved = distance(start, twin.parameter(first).value());
      assertTrue(moved > 100 * LIMIT * largest(start), "20 steps moved weights by only " + moved);
    }
  }

  private static void assertSameWeights(ReferenceNetwork twin, Network network, int step) {
    for (Parameter parameter : network.parameters()) {
      double[] expected = twin.parameter(parameter.name()).value();
      double off = distance(expected, Doubles.of(parameter.value()));
      // Biases start at 0: their scale is that of the other weights.
      double scale = Math.max(largest(expected), 0.1);
      assertTrue(off <= LIMIT * scale, parameter.name() + " is off by " + off + " at step " + step);
    }
  }

  private static double distance(double[] a, double[] b) {
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      most = Math.max(most, Math.abs(a[i] - b[i]));
    }
    return most;
  }

  private static double largest(double[] a) {
    return distance(a, new double[a.length]);
  }

  /** v = gamma v + alpha (dw + lambda w), w = w - v, in double. */
  private static final class DoubleDescent {
    private final ReferenceLoss loss = new ReferenceSoftmaxCrossEntropy();
    private final ReferenceNetwork network;
    private final List<double[]> velocities = new ArrayList<>();

    DoubleDescent(ReferenceNetwork network) {
      this.network = network;
      network.parameters().forEach(p -> velocities.add(new double[p.value().length]));
    }

    /** The loss before the update. */
    double step(double[] x, int[] labels) {
      double[] y = network.forward(x, labels.length);
      double before = loss.of(y, labels);
      network.backward(loss.gradient(y, labels));
      List<ReferenceParameter> parameters = network.parameters();
      for (int k = 0; k < parameters.size(); k++) {
        double[] w = parameters.get(k).value();
        double[] dw = parameters.get(k).gradient();
        double[] v = velocities.get(k);
        for (int i = 0; i < w.length; i++) {
          v[i] = MOMENTUM * v[i] + RATE * (dw[i] + DECAY * w[i]);
          w[i] -= v[i];
        }
      }
      return before;
    }
  }
}
