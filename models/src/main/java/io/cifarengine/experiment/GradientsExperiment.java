// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.compute.Engine;
import io.cifarengine.config.Setting;
import io.cifarengine.config.Settings;
import io.cifarengine.data.Batch;
import io.cifarengine.data.Batches;
import io.cifarengine.nn.Network;
import io.cifarengine.nn.Parameter;
import io.cifarengine.random.Randoms;
import io.cifarengine.reference.GradientCheck;
import io.cifarengine.reference.GradientComparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Table 2 of the CIFAR-100 study: the gradients of six weights by backward and by central differences,
 * on five images; and beyond the paper, backward in double precision against differences of a small
 * step.
 */
final class GradientsExperiment extends TableExperiment {
  private static final int IMAGES = 5;
  private static final double STEP = 0.01;

  /** The error of central differences falls with the square of the step. */
  private static final double TOLERANCE = STEP * STEP;

  private static final double DOUBLE_TOLERANCE = 1e-6;

  /** Weights drawn at random for the double-precision check, beside the paper's six. */
  private static final int DRAWN = 100;

  /** A weight, in the paper's words. Its matrices have the bias as row 0; ours have it apart. */
  private record Weight(String words, String parameter, int row, int column) {}

  private static final List<Weight> WEIGHTS =
      List.of(
          new Weight("output bias", "3.bias", 0, 2),
          new Weight("hidden bias", "1.bias", 0, 2),
          new Weight("hidden-output (2, 3)", "3.weight", 1, 3),
          new Weight("hidden-output (4, 5)", "3.weight", 3, 5),
          new Weight("input-hidden (2, 3)", "1.weight", 1, 3),
          new Weight("input-hidden (4, 5)", "1.weight", 3, 5));

  @Override
  public String name() {
    return "gradients";
  }

  @Override
  public String title() {
    return "backward against central differences";
  }

  @Override
  public String source() {
    return "CIFAR-100 study, Table 2";
  }

  @Override
  public String description() {
    return """
        On five training images and an untrained 3072-128-20 perceptron (tanh), compares the gradients
        of six weights by the engine's backward with central differences of step 0.01: the paper's
        largest difference is 2.9e-7, and 0.0001 is allowed. Then compares backward in double precision
        with differences of step 2^-17, for these and 100 more weights: a relative error of 1e-6 is
        allowed.""";
  }

  @Override
  public Settings settings() {
    return Settings.defaults();
  }

  @Override
  public TableResult run(Engine engine, SplitData data, Settings settings) {
    Network network =
        Training.network(engine, settings, data.train().exampleShape(), data.train().classes());
    Batch batch = Batches.of(engine, data.train().first(IMAGES), IMAGES).iterator().next();
    GradientCheck exact = GradientCheck.of(network, batch.images(), batch.labels());
    GradientCheck coarse = exact.step(STEP);
    List<Map<String, Object>> rows = new ArrayList<>();
    List<String> outside = new ArrayList<>();
    List<GradientComparison> inDouble = new ArrayList<>();
    for (Weight w : WEIGHTS) {
      double differences = coarse.numeric(w.parameter(), w.row(), w.column()).numeric();
      double backward = exact.engine(w.parameter(), w.row(), w.column()).numeric();
      inDouble.add(exact.numeric(w.parameter(), w.row(), w.column()));
      double difference = Math.abs(differences - backward);
      rows.add(row(w.words(), differences, backward, difference, TOLERANCE));
      if (!(difference <= TOLERANCE)) {
        outside.add(w.words());
      }
    }
    inDouble.addAll(drawn(network, exact, settings));
    double error = GradientComparison.relativeError(inDouble);
    String words = "double precision, " + inDouble.size() + " weights, relative";
    GradientComparison worst = GradientComparison.worst(inDouble);
    rows.add(row(words, worst.numeric(), worst.analytic(), error, DOUBLE_TOLERANCE));
    if (!(error <= DOUBLE_TOLERANCE)) {
      outside.add(words);
    }
    return new TableResult(
        this,
        data.name(),
        data.synthetic(),
        rows,
        Verdict.ofTable(data.synthetic(), rows.size(), outside));
  }

  private static List<GradientComparison> drawn(
      Network network, GradientCheck check, Settings settings) {
    Randoms randoms = Randoms.seeded(settings.value(Setting.SEED)).stream("weights");
    List<GradientComparison> drawn = new ArrayList<>();
    for (int i = 0; i < DRAWN; i++) {
      Parameter parameter = network.parameters().get(i % network.parameters().size());
      int rank = parameter.value().shape().rank();
      int columns = parameter.value().shape().dim(rank - 1);
      int element = randoms.below(parameter.value().size(), i);
      drawn.add(check.numeric(parameter.name(), element / columns, element % columns));
    }
    return drawn;
  }

  private static Map<String, Object> row(
      String weight, double differences, double backward, double difference, double allowed) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("weight", weight);
    row.put("central differences", differences);
    row.put("backward", backward);
    row.put("difference", difference);
    row.put("allowed", allowed);
    return row;
  }
}
