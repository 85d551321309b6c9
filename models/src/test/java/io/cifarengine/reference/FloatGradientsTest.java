// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.nn.Layer;
import io.cifarengine.nn.Loss;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.Parameter;
import io.cifarengine.nn.SoftmaxCrossEntropy;
import io.cifarengine.nn.SquaredError;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The float engine against doubles, each element within the bound of {@link RunningError}. */
class FloatGradientsTest {
  private static final Engine ENGINE = Engine.withThreads(2);

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  @ParameterizedTest
  @MethodSource({
    "io.cifarengine.reference.Cases#linear",
    "io.cifarengine.reference.Cases#tanh",
    "io.cifarengine.reference.Cases#relu",
    "io.cifarengine.reference.Cases#sigmoid",
    "io.cifarengine.reference.Cases#flatten",
    "io.cifarengine.reference.Cases#conv",
    "io.cifarengine.reference.Cases#maxPool"
  })
  void everyLayerStaysWithinItsRoundingBounds(Cases.Case example) {
    int n = example.n();
    Network network = build(example);
    Layer layer = network.layers().get(0);
    Tensor x = normal(20, example.input().withBatch(n));
    Tensor dy = normal(21, network.outputShape().withBatch(n));

    Tensor y = network.forward(x);
    network.backward(dy);
    Tensor dx = Tensor.zeros(x.shape());
    layer.inputGradient(ENGINE, x, y, dy, dx);

    var bounded = new BoundedNetwork(network, n);
    bounded.forward(Bounded.exact(x)).assertHolds(y, "y");
    bounded.backward(Bounded.exact(dy)).assertHolds(dx, "dx");
    for (Parameter parameter : network.parameters()) {
      bounded.gradient(parameter.name()).assertHolds(parameter.gradient(), parameter.name());
    }
  }

  @ParameterizedTest
  @MethodSource({
    "io.cifarengine.reference.Cases#networks",
    "io.cifarengine.reference.Cases#convolutionalNetworks"
  })
  void networksUnderSoftmaxCrossEntropyStayWithinTheirRoundingBounds(Cases.Case classifier) {
    int n = classifier.n();
    Network network = build(classifier);
    Tensor x = normal(22, classifier.input().withBatch(n));
    int[] labels = Draws.labels(23, n, network.outputShape().size());

    var check = GradientCheck.of(network, x, labels);

    var bounded = new BoundedNetwork(network, n);
    Bounded p = RunningError.softmax(bounded.forward(Bounded.exact(x)), n);
    bounded.backward(RunningError.crossEntropyGradient(p, labels));
    for (Parameter parameter : network.parameters()) {
      bounded.gradient(parameter.name()).assertHolds(parameter.gradient(), parameter.name());
    }
    // The reference and the bounds come from two pieces of code: they have to agree on the doubles.
    ReferenceNetwork twin = ReferenceNetwork.of(network);
    for (GradientComparison c : check.engine()) {
      ReferenceParameter at = twin.parameter(c.parameter());
      int i = at.index(c.row(), c.column());
      Bounded expected = bounded.gradient(c.parameter());
      assertEquals(expected.value[i], c.analytic(), 1e-12);
      assertTrue(c.difference() <= expected.bound[i] + 1e-12, c::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("io.cifarengine.reference.Cases#linear")
  void softmaxCrossEntropyStaysWithinItsRoundingBounds(Cases.Case shape) {
    int n = shape.n();
    int classes = shape.input().size();
    Tensor logits = Draws.normal(24, 5, n, classes);
    int[] labels = Draws.labels(25, n, classes);
    Loss loss = new SoftmaxCrossEntropy(ENGINE).of(logits, labels);
    Bounded p = RunningError.softmax(Bounded.exact(logits), n);
    RunningError.crossEntropyGradient(p, labels).assertHolds(loss.gradient(), "d logits");
    // The value is exact in the logits; only log p of the largest, at least 1 / classes, is off, by
    // the relative error of that p. (The doubles' own error is below 1e-14 of values up to 20.)
    double worst = 0;
    for (int i = 0; i < p.size(); i++) {
      boolean canBeLargest = p.value[i] >= 1.0 / classes;
      worst = canBeLargest ? Math.max(worst, p.bound[i] / p.value[i]) : worst;
    }
    double expected = new ReferenceSoftmaxCrossEntropy().of(Doubles.of(logits), labels);
    assertEquals(expected, loss.mean(), worst / (1 - worst) + 1e-13);
    assertEquals(n, loss.examples());
  }

  @ParameterizedTest
  @MethodSource({
    "io.cifarengine.reference.Cases#networks",
    "io.cifarengine.reference.Cases#convolutionalNetworks"
  })
  void networksUnderSquaredErrorStayWithinTheirRoundingBounds(Cases.Case classifier) {
    int n = classifier.n();
    Network network = build(classifier);
    Tensor x = normal(27, classifier.input().withBatch(n));
    int[] labels = Draws.labels(28, n, network.outputShape().size());

    var check = GradientCheck.of(network, new SquaredError(), x, labels);

    var bounded = new BoundedNetwork(network, n);
    Bounded y = bounded.forward(Bounded.exact(x));
    bounded.backward(RunningError.squaredErrorGradient(y, labels));
    for (Parameter parameter : network.parameters()) {
      bounded.gradient(parameter.name()).assertHolds(parameter.gradient(), parameter.name());
    }
    ReferenceNetwork twin = ReferenceNetwork.of(network);
    for (GradientComparison c : check.engine()) {
      ReferenceParameter at = twin.parameter(c.parameter());
      Bounded expected = bounded.gradient(c.parameter());
      assertEquals(expected.value[at.index(c.row(), c.column())], c.analytic(), 1e-12);
    }
  }

  /** y - t is rounded once, so each square is off by 2 u and u^2 at most, relatively. */
  @ParameterizedTest
  @MethodSource("io.cifarengine.reference.Cases#linear")
  void squaredErrorStaysWithinItsRoundingBounds(Cases.Case shape) {
    int n = shape.n();
    int classes = shape.input().size();
    Tensor outputs = Draws.normal(29, 1, n, classes);
    int[] labels = Draws.labels(30, n, classes);
    Loss loss = new SquaredError().of(outputs, labels);
    RunningError.squaredErrorGradient(Bounded.exact(outputs), labels)
        .assertHolds(loss.gradient(), "d outputs");
    double expected = new ReferenceSquaredError().of(Doubles.of(outputs), labels);
    assertEquals(expected, loss.mean(), 3 * RunningError.U * expected);
    assertEquals(n, loss.examples());
  }

  private static Network build(Cases.Case example) {
    Network network = Network.build(ENGINE, example.input(), Randoms.seeded(1), example.layers());
    return Draws.scatter(network, 26, example.deviation());
  }

  private static Tensor normal(long seed, Shape shape) {
    return Draws.normal(seed, 1, shape.size()).reshape(shape);
  }
}
