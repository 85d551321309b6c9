// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cifarengine.compute.Engine;
import io.cifarengine.nn.Initializer;
import io.cifarengine.nn.Layers;
import io.cifarengine.nn.Loss;
import io.cifarengine.nn.LossFunction;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.SquaredError;
import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Double backward against central differences of the double loss.
 *
 * <p>With losses and third derivatives of order 1 to 30 the differences are right to h^2 30 / 6, some
 * 3e-10, and to u |L| / h, some 1e-10; the largest element of a gradient here is above 1e-3. So 1e-6 of
 * it, the project's limit, leaves a factor and still catches any wrong term.
 */
class GradientCheckTest {
  private static final double LIMIT = 1e-6;
  private static final Engine ENGINE = Engine.withThreads(1);

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
  void everyLayersBackwardIsTheDerivativeOfItsForward(Cases.Case layer) {
    Network network = build(layer);
    double[] x = Doubles.of(input(layer));
    double[] c = Doubles.of(Draws.normal(2, 1, layer.n() * network.outputShape().size()));
    var check =
        GradientCheck.of(ReferenceNetwork.of(network), new WeightedSum(c), x, new int[layer.n()]);
    assertWithin(LIMIT, check.numeric());
    assertWithin(LIMIT, check.numericInput());
    assertEquals(x.length, check.numericInput().size());
  }

  @ParameterizedTest
  @MethodSource({
    "io.cifarengine.reference.Cases#networks",
    "io.cifarengine.reference.Cases#convolutionalNetworks"
  })
  void networksUnderSoftmaxCrossEntropyHaveTheGradientOfTheirLoss(Cases.Case classifier) {
    Network network = build(classifier);
    int[] labels = Draws.labels(3, classifier.n(), network.outputShape().size());
    var check = GradientCheck.of(network, input(classifier), labels);
    assertWithin(LIMIT, check.numeric());
    assertWithin(LIMIT, check.numericInput());
  }

  @ParameterizedTest
  @MethodSource("io.cifarengine.reference.Cases#linear")
  void softmaxCrossEntropyAloneHasTheGradientOfItsValue(Cases.Case shape) {
    // A network of no layers: the input is the logits, (n, classes).
    int classes = shape.input().size();
    double[] logits = Doubles.of(Draws.normal(4, 3, shape.n() * classes));
    int[] labels = Draws.labels(5, shape.n(), classes);
    var check =
        GradientCheck.of(ReferenceNetwork.of(), new ReferenceSoftmaxCrossEntropy(), logits, labels);
    assertWithin(LIMIT, check.numericInput());
  }

  @ParameterizedTest
  @MethodSource({
    "io.cifarengine.reference.Cases#networks",
    "io.cifarengine.reference.Cases#convolutionalNetworks"
  })
  void networksUnderSquaredErrorHaveTheGradientOfTheirLoss(Cases.Case classifier) {
    Network network = build(classifier);
    int[] labels = Draws.labels(14, classifier.n(), network.outputShape().size());
    var check = GradientCheck.of(network, new SquaredError(), input(classifier), labels);
    assertWithin(LIMIT, check.numeric());
    assertWithin(LIMIT, check.numericInput());
  }

  @ParameterizedTest
  @MethodSource("io.cifarengine.reference.Cases#linear")
  void squaredErrorAloneHasTheGradientOfItsValue(Cases.Case shape) {
    int classes = shape.input().size();
    double[] outputs = Doubles.of(Draws.normal(15, 1, shape.n() * classes));
    int[] labels = Draws.labels(16, shape.n(), classes);
    var check =
        GradientCheck.of(ReferenceNetwork.of(), new ReferenceSquaredError(), outputs, labels);
    assertWithin(LIMIT, check.numericInput());
  }

  @Test
  void aLossWithoutATwinIsNamed() {
    final class Hinge implements LossFunction {
      @Override
      public Loss of(Tensor outputs, int[] labels, int examples) {
        throw new AssertionError("the twin is looked for first");
      }
    }
    Network network = build(Cases.linear().toList().get(4));
    assertEquals(
        "reference: Hinge has no double-precision twin (expected SoftmaxCrossEntropy or"
            + " SquaredError); pass one",
        assertThrows(
                IllegalArgumentException.class,
                () -> GradientCheck.of(network, new Hinge(), Tensor.zeros(2, 3), new int[2]))
            .getMessage());
  }

  @Test
  void aWrongDerivativeIsFound() {
    ReferenceLayer wrong =
        new ReferenceLayer() {
          @Override
          public List<ReferenceParameter> parameters() {
            return List.of();
          }

          @Override
          public double[] forward(double[] x, int n) {
            return new ReferenceSigmoid().forward(x, n);
          }

          @Override
          public double[] backward(double[] x, double[] y, double[] dy, int n) {
            double[] dx = dy.clone();
            for (int i = 0; i < dx.length; i++) {
              dx[i] *= y[i] * (1 - y[i]) * 1.00001; // one part in 100,000 too much
            }
            return dx;
          }
        };
    double[] x = {0.3, -1, 2};
    var check =
        GradientCheck.of(ReferenceNetwork.of(wrong), new WeightedSum(1, 2, 3), x, new int[1]);
    double error = GradientComparison.relativeError(check.numericInput());
    assertEquals(1e-5, error, 1e-7);
  }

  /** Table 2 of the CIFAR-100 study: epsilon 0.01, 5 examples, differences of at most epsilon^2. */
  @Test
  void theStudysOwnCheckPassesOnItsOwnNetwork() {
    Network network =
        Network.build(
            ENGINE,
            Shape.of(3, 4, 4),
            Randoms.seeded(1),
            Layers.flatten(),
            Layers.linear(16, Initializer.legacyPositive()),
            Layers.tanh(),
            Layers.linear(20, Initializer.legacyPositive()));
    var check =
        GradientCheck.of(network, Draws.normal(6, 1, 5, 3, 4, 4), Draws.labels(7, 5, 20))
            .step(0.01);
    var rows =
        List.of(
            check.numeric("3.bias", 0, 2),
            check.numeric("1.bias", 0, 2),
            check.numeric("3.weight", 1, 3),
            check.numeric("3.weight", 3, 5),
            check.numeric("1.weight", 1, 3),
            check.numeric("1.weight", 3, 5));
    for (GradientComparison row : rows) {
      assertTrue(row.difference() <= 1e-4, row::toString);
      assertTrue(row.difference() > 0, "a step of 0.01 shows some curvature: " + row);
      var exact = check.engine(row.parameter(), row.row(), row.column());
      assertEquals(row.numeric(), exact.numeric(), 1e-4, "the engine's, in float");
    }
  }

  @Test
  void aLargerStepShowsMoreCurvature() {
    double[] x = {0.5};
    var check =
        GradientCheck.of(
            ReferenceNetwork.of(new ReferenceTanh()), new WeightedSum(1), x, new int[1]);
    // tanh''' = (1 - y^2) (6 y^2 - 2), and the formula leaves out h^2 tanh''' / 6 + O(h^4).
    double y = StrictMath.tanh(0.5);
    double third = (1 - y * y) * (6 * y * y - 2);
    for (double h : new double[] {0.1, 0.01}) {
      GradientComparison c = check.step(h).numericInput().get(0);
      double leftOut = h * h * third / 6;
      assertEquals(leftOut, c.numeric() - c.analytic(), Math.abs(leftOut) * 10 * h * h + 1e-13);
    }
  }

  @Test
  void checkingLeavesWeightsAndInputAsTheyWere() {
    Network network = build(Cases.linear().toList().get(5));
    float[] weights = network.parameters().get(0).value().data().clone();
    Tensor x = Draws.normal(8, 1, 5, 7);
    float[] before = x.data().clone();
    var check = GradientCheck.of(network, x, Draws.labels(9, 5, 11));
    List<GradientComparison> first = check.numeric();
    check.numericInput();
    assertEquals(first, check.numeric());
    assertArrayEquals(weights, network.parameters().get(0).value().data());
    assertArrayEquals(before, x.data());
  }

  @Test
  void comparisonsNameParameterRowAndColumn() {
    Network network = build(Cases.linear().toList().get(4)); // 2 of [3] through linear(2)
    var check = GradientCheck.of(network, Draws.normal(10, 1, 2, 3), new int[] {0, 1});
    List<GradientComparison> all = check.numeric();
    assertEquals(3 * 2 + 2, all.size());
    GradientComparison fourth = all.get(3);
    assertEquals("0.weight", fourth.parameter());
    assertEquals(1, fourth.row());
    assertEquals(1, fourth.column());
    assertEquals(fourth, check.numeric("0.weight", 1, 1));
    assertEquals(all.get(7), check.numeric("0.bias", 0, 1));
    assertEquals(check.engine().get(3), check.engine("0.weight", 1, 1));
    GradientComparison ofInput = check.numericInput().get(5);
    assertEquals("input", ofInput.parameter());
    assertEquals(1, ofInput.row());
    assertEquals(2, ofInput.column());
    assertEquals(Math.abs(fourth.analytic() - fourth.numeric()), fourth.difference());
  }

  @Test
  void whatDoesNotExistIsRefusedByName() {
    Network network = build(Cases.linear().toList().get(4));
    var check = GradientCheck.of(network, Draws.normal(11, 1, 2, 3), new int[2]);
    assertEquals(
        "no parameter 1.weight (expected one of 0.weight, 0.bias)",
        assertThrows(IllegalArgumentException.class, () -> check.numeric("1.weight", 0, 0))
            .getMessage());
    assertEquals(
        "0.weight: no element (3, 0) in a matrix of 3 rows and 2 columns",
        assertThrows(IndexOutOfBoundsException.class, () -> check.numeric("0.weight", 3, 0))
            .getMessage());
    assertThrows(IndexOutOfBoundsException.class, () -> check.engine("0.bias", 1, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> check.engine("0.bias", 0, -1));
    for (double h : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertEquals(
          "step: expected a positive number, found " + h,
          assertThrows(IllegalArgumentException.class, () -> check.step(h)).getMessage());
    }
    var withoutEngine =
        GradientCheck.of(ReferenceNetwork.of(), new WeightedSum(1), new double[1], new int[1]);
    assertEquals(List.of(), withoutEngine.engine());
  }

  @Test
  void relativeErrorIsAgainstTheLargestElementOfTheSameParameter() {
    var small = new GradientComparison("a", 0, 0, 1e-9, 3e-9);
    var large = new GradientComparison("a", 0, 1, -4, -4);
    var other = new GradientComparison("b", 0, 0, 0, 0);
    assertEquals(2e-9 / 4, GradientComparison.relativeError(List.of(small, large, other)), 1e-24);
    assertEquals(2.0 / 3, GradientComparison.relativeError(List.of(small, other)), 1e-15);
    assertEquals(0, GradientComparison.relativeError(List.of(other)));
    assertEquals(0, GradientComparison.relativeError(List.of()));
    var broken = new GradientComparison("b", 0, 0, Double.NaN, 1);
    assertEquals(Double.NaN, GradientComparison.relativeError(List.of(small, broken, large)));
    assertEquals(small, GradientComparison.worst(List.of(other, large, small)));
    assertEquals(broken, GradientComparison.worst(List.of(small, broken, large)));
  }

  private static void assertWithin(double limit, List<GradientComparison> comparisons) {
    double error = GradientComparison.relativeError(comparisons);
    assertTrue(error <= limit, () -> error + " in " + comparisons);
  }

  private static Network build(Cases.Case example) {
    Network network = Network.build(ENGINE, example.input(), Randoms.seeded(1), example.layers());
    return Draws.scatter(network, 12, example.deviation());
  }

  private static Tensor input(Cases.Case example) {
    return Draws.normal(13, 1, example.input().withBatch(example.n()).size())
        .reshape(example.input().withBatch(example.n()));
  }
}
