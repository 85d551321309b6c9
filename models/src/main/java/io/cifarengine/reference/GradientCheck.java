// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import io.cifarengine.nn.LossFunction;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.Parameter;
import io.cifarengine.nn.SoftmaxCrossEntropy;
import io.cifarengine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * (L(v + h) - L(v - h)) / 2h = dL / dv: whether backward is the derivative of forward.
 *
 * <p>Two comparisons make one chain from the definition of a derivative to the float engine. The
 * {@code numeric} ones hold the double-precision backward against central differences of the
 * double-precision loss, where a right formula agrees to about 1e-9 of the largest element (1e-6 is the
 * limit that this project sets). The {@code engine} ones hold the float gradients against the
 * double-precision backward, where only the rounding of floats may show. Central differences of a
 * float loss would show nothing: at any step they have about three right digits.
 *
 * <pre>
 *   var check = GradientCheck.of(network, batch.images(), batch.labels()).step(0.01);
 *   GradientComparison c = check.numeric("1.weight", 4, 5);
 *   // c.analytic(), c.numeric(), c.difference()
 * </pre>
 *
 * <p>All is as the weights are when the check is made. For one thread.
 */
public final class GradientCheck {
  private static final String INPUT = "input";

  private final ReferenceNetwork reference;
  private final ReferenceLoss loss;
  private final double[] x;
  private final int[] labels;
  private final double[] dx;
  private final List<float[]> engineGradients;
  private final double step;

  private GradientCheck(
      ReferenceNetwork reference,
      ReferenceLoss loss,
      double[] x,
      int[] labels,
      double[] dx,
      List<float[]> engineGradients,
      double step) {
    this.reference = reference;
    this.loss = loss;
    this.x = x;
    this.labels = labels;
    this.dx = dx;
    this.engineGradients = engineGradients;
    this.step = step;
  }

  /** Checks a classifier under softmax cross-entropy; its gradients become those of this batch. */
  public static GradientCheck of(Network network, Tensor x, int[] labels) {
    return of(network, new SoftmaxCrossEntropy(network.engine()), x, labels);
  }

  /**
   * Checks a network under a loss of the engine; its gradients become those of this batch.
   *
   * @throws IllegalArgumentException where the loss has no twin here
   */
  public static GradientCheck of(
      Network network, LossFunction lossFunction, Tensor x, int[] labels) {
    return of(network, lossFunction, ReferenceLosses.twinOf(lossFunction), x, labels);
  }

  /** Checks a network under a loss, given its twin; the network's gradients become those of this batch. */
  public static GradientCheck of(
      Network network, LossFunction lossFunction, ReferenceLoss loss, Tensor x, int[] labels) {
    network.backward(lossFunction.of(network.forward(x), labels).gradient());
    List<float[]> gradients = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      gradients.add(parameter.gradient().data().clone());
    }
    return of(ReferenceNetwork.of(network), loss, Doubles.of(x), labels, gradients);
  }

  /** Checks layers that have no engine twin; there are no {@code engine} comparisons then. */
  public static GradientCheck of(
      ReferenceNetwork network, ReferenceLoss loss, double[] x, int[] labels) {
    return of(network, loss, x.clone(), labels, List.of());
  }

  private static GradientCheck of(
      ReferenceNetwork network,
      ReferenceLoss loss,
      double[] x,
      int[] labels,
      List<float[]> engineGradients) {
    int[] ownLabels = labels.clone();
    double[] y = network.forward(x, ownLabels.length);
    double[] dx = network.backward(loss.gradient(y, ownLabels));
    return new GradientCheck(
        network, loss, x, ownLabels, dx, engineGradients, CentralDifferences.STEP);
  }

  /**
   * The same check with step h, which is 2^-17 otherwise.
   *
   * @throws IllegalArgumentException where h is not a positive number
   */
  public GradientCheck step(double h) {
    if (!(h > 0 && h <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("step: expected a positive number, found " + h);
    }
    return new GradientCheck(reference, loss, x, labels, dx, engineGradients, h);
  }

  /**
   * Double backward against central differences, for one element.
   *
   * @throws IllegalArgumentException where there is no such parameter
   * @throws IndexOutOfBoundsException where it has no such element
   */
  public GradientComparison numeric(String parameter, int row, int column) {
    ReferenceParameter p = reference.parameter(parameter);
    int i = p.index(row, column);
    double numeric = differences().at(p.value(), i);
    return new GradientComparison(parameter, row, column, p.gradient()[i], numeric);
  }

  /** Double backward against central differences, for every element: two forward passes each. */
  public List<GradientComparison> numeric() {
    CentralDifferences differences = differences();
    List<GradientComparison> all = new ArrayList<>();
    for (ReferenceParameter p : reference.parameters()) {
      for (int i = 0; i < p.value().length; i++) {
        double numeric = differences.at(p.value(), i);
        all.add(compare(p.name(), p.columns(), i, p.gradient()[i], numeric));
      }
    }
    return List.copyOf(all);
  }

  /** Double backward against central differences, for every element of the input. */
  public List<GradientComparison> numericInput() {
    CentralDifferences differences = differences();
    List<GradientComparison> all = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      all.add(compare(INPUT, x.length / labels.length, i, dx[i], differences.at(x, i)));
    }
    return List.copyOf(all);
  }

  /**
   * Double backward against the float engine, for one element.
   *
   * @throws IllegalArgumentException where there is no such parameter
   * @throws IndexOutOfBoundsException where it has no such element
   */
  public GradientComparison engine(String parameter, int row, int column) {
    ReferenceParameter p = reference.parameter(parameter);
    int i = p.index(row, column);
    float engine = engineGradient(reference.parameters().indexOf(p))[i];
    return new GradientComparison(parameter, row, column, p.gradient()[i], engine);
  }

  /** Double backward against the float engine, for every element. */
  public List<GradientComparison> engine() {
    List<ReferenceParameter> parameters = reference.parameters();
    List<GradientComparison> all = new ArrayList<>();
    for (int k = 0; k < parameters.size(); k++) {
      ReferenceParameter p = parameters.get(k);
      for (int i = 0; i < p.value().length; i++) {
        all.add(compare(p.name(), p.columns(), i, p.gradient()[i], engineGradient(k)[i]));
      }
    }
    return List.copyOf(all);
  }

  private float[] engineGradient(int k) {
    if (engineGradients.isEmpty()) {
      throw new IllegalStateException("this check was made without an engine's network");
    }
    return engineGradients.get(k);
  }

  private CentralDifferences differences() {
    return new CentralDifferences(reference, loss, x, labels, step);
  }

  private static GradientComparison compare(
      String name, int columns, int i, double analytic, double numeric) {
    return new GradientComparison(name, i / columns, i % columns, analytic, numeric);
  }
}
