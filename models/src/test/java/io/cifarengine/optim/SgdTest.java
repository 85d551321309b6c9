// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cifarengine.compute.Engine;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.Parameter;
import io.cifarengine.random.Randoms;
import io.cifarengine.reference.Draws;
import io.cifarengine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SgdTest {
  private static final Engine ENGINE = Engine.withThreads(2);

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  /** v = fma(gamma, v, alpha fma(lambda, w, dw)), w = w - v, in floats: every bit, every step. */
  @Test
  void stepsFollowTheFormulaToTheLastBit() {
    // 150 x 67 weights: several ranges of the workers, and no multiple of a vector.
    Network network = Draws.scatter(network(150, 67), 1, 1);
    List<Parameter> parameters = network.parameters();
    Sgd sgd = Sgd.over(network).momentum(0.9f).weightDecay(0.01f);
    List<float[]> w = parameters.stream().map(p -> p.value().data().clone()).toList();
    List<float[]> v = parameters.stream().map(p -> new float[p.value().size()]).toList();
    for (int step = 0; step < 5; step++) {
      float rate = 0.1f / (step + 1); // may change between steps
      sgd.learningRate(rate);
      for (int k = 0; k < parameters.size(); k++) {
        float[] dw = Draws.normal(100 * step + k, 1, w.get(k).length).data();
        System.arraycopy(dw, 0, parameters.get(k).gradient().data(), 0, dw.length);
        for (int i = 0; i < dw.length; i++) {
          float decayed = Math.fma(0.01f, w.get(k)[i], dw[i]);
          v.get(k)[i] = Math.fma(0.9f, v.get(k)[i], rate * decayed);
          w.get(k)[i] -= v.get(k)[i];
        }
      }
      sgd.step();
      for (int k = 0; k < w.size(); k++) {
        assertArrayEquals(w.get(k), parameters.get(k).value().data(), "step " + step);
      }
    }
  }

  @Test
  void withoutSettingsItIsPlainDescentByAHundredth() {
    Network network = network(1, 1);
    set(network, 2, 5);
    Sgd.over(network).step();
    assertEquals(2 - 0.01f * 5, weight(network));
  }

  @Test
  void aStepLeavesTheGradientAsItIs() {
    Network network = network(1, 1);
    set(network, 2, 5);
    Sgd.over(network).momentum(0.5f).weightDecay(0.1f).step();
    assertEquals(5, network.parameters().get(0).gradient().data()[0]);
  }

  @Test
  void velocityOutlivesTheGradient() {
    Network network = network(1, 1);
    set(network, 0, 1);
    Sgd sgd = Sgd.over(network).learningRate(1).momentum(0.5f);
    sgd.step();
    set(network, weight(network), 0);
    sgd.step();
    assertEquals(-1.5f, weight(network));
  }

  @Test
  void decayFallsOnTheParametersThatTheRuleNames() {
    Network network = network(1, 1);
    List<Parameter> parameters = network.parameters();
    parameters.forEach(p -> p.value().data()[0] = 8);
    Sgd sgd = Sgd.over(network).learningRate(1);
    List<String> asked = new ArrayList<>();
    sgd.weightDecay(
        0.25f,
        p -> {
          asked.add(p.name());
          return p.kind() == Parameter.Kind.WEIGHT;
        });
    assertEquals(List.of("0.weight", "0.bias"), asked);
    sgd.step();
    assertEquals(6, parameters.get(0).value().data()[0]);
    assertEquals(8, parameters.get(1).value().data()[0], "a bias");
    sgd.weightDecay(0.5f, p -> p.kind() == Parameter.Kind.BIAS); // a new rule replaces the old one
    sgd.step();
    assertEquals(6, parameters.get(0).value().data()[0]);
    assertEquals(4, parameters.get(1).value().data()[0]);
    sgd.weightDecay(0.5f); // biases included
    sgd.step();
    assertEquals(3, parameters.get(0).value().data()[0]);
    assertEquals(2, parameters.get(1).value().data()[0]);
  }

  /** w = fma(-mu, w, w), then v = fma(gamma, v, alpha fma(lambda, w, dw)), w = w - v: every bit. */
  @Test
  void decoupledDecayComesBeforeTheStepAndLeavesTheVelocityAlone() {
    Network network = Draws.scatter(network(150, 67), 1, 1);
    List<Parameter> parameters = network.parameters();
    Sgd sgd =
        Sgd.over(network)
            .learningRate(0.1f)
            .momentum(0.9f)
            .weightDecay(0.01f)
            .decoupledDecay(0.003f, p -> p.kind() == Parameter.Kind.WEIGHT);
    List<float[]> w = parameters.stream().map(p -> p.value().data().clone()).toList();
    List<float[]> v = parameters.stream().map(p -> new float[p.value().size()]).toList();
    for (int step = 0; step < 3; step++) {
      for (int k = 0; k < parameters.size(); k++) {
        float[] dw = Draws.normal(100 * step + k, 1, w.get(k).length).data();
        System.arraycopy(dw, 0, parameters.get(k).gradient().data(), 0, dw.length);
        for (int i = 0; i < dw.length; i++) {
          float x = k == 0 ? Math.fma(-0.003f, w.get(k)[i], w.get(k)[i]) : w.get(k)[i];
          v.get(k)[i] = Math.fma(0.9f, v.get(k)[i], 0.1f * Math.fma(0.01f, x, dw[i]));
          w.get(k)[i] = x - v.get(k)[i];
        }
      }
      sgd.step();
      for (int k = 0; k < w.size(); k++) {
        assertArrayEquals(w.get(k), parameters.get(k).value().data(), "step " + step);
        assertArrayEquals(v.get(k), velocity(sgd, parameters.get(k)), "step " + step);
      }
    }
  }

  @Test
  void decoupledDecayIsNotMultipliedByTheLearningRate() {
    Network network = network(1, 1);
    set(network, 8, 4);
    Sgd sgd = Sgd.over(network).learningRate(0.5f).decoupledDecay(0.25f, p -> true);
    sgd.step();
    assertEquals(8 - 0.5f * 4 - 0.25f * 8, weight(network)); // w - alpha dw - mu w
    sgd.learningRate(0).step();
    assertEquals(3, weight(network));
    sgd.decoupledDecay(0.5f, p -> false).step(); // a new rule replaces the old one
    assertEquals(3, weight(network));
  }

  @Test
  void theStateIsTheVelocitiesThemselvesInTheOrderOfTheParameters() {
    Network network =
        Network.build(
            ENGINE,
            Shape.of(3),
            Randoms.seeded(1),
            Layers.linear(2),
            Layers.tanh(),
            Layers.linear(1));
    Optimizer sgd = Sgd.over(network).learningRate(1).momentum(0.5f);
    assertEquals(
        List.of("velocity.0.weight", "velocity.0.bias", "velocity.2.weight", "velocity.2.bias"),
        List.copyOf(sgd.state().keySet()));
    for (Parameter parameter : network.parameters()) {
      assertEquals(
          parameter.value().shape(),
          Objects.requireNonNull(sgd.state().get("velocity." + parameter.name())).shape());
      Arrays.fill(parameter.gradient().data(), 3);
    }
    sgd.step();
    sgd.state().values().forEach(v -> v.data()[0] += 1); // 4: what is filled in takes effect
    float before = weight(network);
    sgd.step();
    assertEquals(before - (0.5f * 4 + 3), weight(network));
    assertThrows(UnsupportedOperationException.class, () -> sgd.state().clear());
  }

  /** Steps from a copy of weights and state are those of the run that was copied. */
  @Test
  void weightsAndStateAreAllThatAStepDependsOn() {
    Network network = Draws.scatter(network(5, 3), 1, 1);
    Network resumed = network(5, 3);
    Sgd sgd = Sgd.over(network).momentum(0.9f).weightDecay(0.1f);
    Sgd other = Sgd.over(resumed).momentum(0.9f).weightDecay(0.1f);
    step(network, sgd, 1);
    for (int k = 0; k < 2; k++) {
      Parameter from = network.parameters().get(k);
      Parameter to = resumed.parameters().get(k);
      System.arraycopy(from.value().data(), 0, to.value().data(), 0, from.value().size());
      System.arraycopy(velocity(sgd, from), 0, velocity(other, to), 0, from.value().size());
    }
    step(network, sgd, 2);
    step(resumed, other, 2);
    for (int k = 0; k < 2; k++) {
      assertArrayEquals(
          network.parameters().get(k).value().data(), resumed.parameters().get(k).value().data());
    }
  }

  private static void step(Network network, Sgd sgd, long seed) {
    for (Parameter p : network.parameters()) {
      float[] dw = Draws.normal(seed, 1, p.value().size()).data();
      System.arraycopy(dw, 0, p.gradient().data(), 0, dw.length);
    }
    sgd.step();
  }

  private static float[] velocity(Sgd sgd, Parameter parameter) {
    return Objects.requireNonNull(sgd.state().get("velocity." + parameter.name())).data();
  }

  @Test
  void settingsOutOfRangeAreRefusedAndChangeNothing() {
    Network network = network(1, 1);
    Sgd sgd = Sgd.over(network).learningRate(0.5f);
    for (float bad : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertMessage(
          "learning rate: expected a finite number of at least 0, found " + bad,
          sgd::learningRate,
          bad);
      assertMessage(
          "weight decay: expected a finite number of at least 0, found " + bad,
          sgd::weightDecay,
          bad);
    }
    for (float bad : new float[] {-0.1f, 1, 1.5f, Float.NaN}) {
      assertMessage("momentum: expected at least 0 and below 1, found " + bad, sgd::momentum, bad);
      assertMessage(
          "decoupled decay: expected at least 0 and below 1, found " + bad,
          mu -> sgd.decoupledDecay(mu, p -> true),
          bad);
    }
    set(network, 2, 4);
    sgd.step();
    assertEquals(0, weight(network));
  }

  private static void assertMessage(String expected, Function<Float, Sgd> setting, float bad) {
    assertEquals(
        expected,
        assertThrows(IllegalArgumentException.class, () -> setting.apply(bad)).getMessage());
  }

  private static Network network(int in, int out) {
    return Network.build(ENGINE, Shape.of(in), Randoms.seeded(1), Layers.linear(out));
  }

  private static void set(Network network, float w, float dw) {
    network.parameters().get(0).value().data()[0] = w;
    network.parameters().get(0).gradient().data()[0] = dw;
  }

  private static float weight(Network network) {
    return network.parameters().get(0).value().data()[0];
  }
}
