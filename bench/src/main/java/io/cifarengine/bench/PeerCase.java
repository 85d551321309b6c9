// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import io.cifarengine.compute.Engine;
import io.cifarengine.speed.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One line of the comparison with another library, which measures the same work under the same name:
 * see {@code bench/peers}.
 *
 * @param name what is computed, for both sides
 * @param work of one run, in units of 10^9 floating-point operations or in samples
 * @param unit of speeds: work a second
 * @param preparation makes the operands; what it returns is run
 */
record PeerCase(String name, double work, String unit, Function<Engine, Runnable> preparation) {
  static final String GFLOPS = "GFLOP/s";
  private static final String SAMPLES = "samples/s";

  /** About as many training samples are a run, or one batch: what is timed then lasts milliseconds. */
  private static final int SAMPLES_A_RUN = 2_048;

  /** The products that are compared, all as C = A B: m x n x k. */
  static List<PeerCase> products() {
    return Stream.of(
            GemmShape.SQUARE_1024,
            GemmShape.SQUARE_2048,
            GemmShape.MLP_FORWARD,
            GemmShape.NN_SGD_FORWARD,
            GemmShape.MLP_WEIGHTS,
            GemmShape.NN_SGD_WEIGHTS,
            GemmShape.NN_FULL_BATCH,
            GemmShape.CONV1,
            GemmShape.CONV2,
            GemmShape.CONV3,
            GemmShape.DENSE)
        .map(PeerCase::product)
        .toList();
  }

  private static PeerCase product(GemmShape shape) {
    return new PeerCase(
        "gemm " + shape.m + "x" + shape.n + "x" + shape.k,
        shape.gigaflop(),
        GFLOPS,
        engine -> new GemmWork(engine, GemmShape.Form.AB, shape.m, shape.n, shape.k)::multiply);
  }

  /** The convolutions, each with its gradients. */
  static List<PeerCase> convolutions() {
    List<PeerCase> cases = new ArrayList<>();
    for (ConvShape shape : ConvShape.values()) {
      for (ConvOperation operation : ConvOperation.values()) {
        cases.add(convolution(shape, operation));
      }
    }
    return cases;
  }

  private static PeerCase convolution(ConvShape shape, ConvOperation operation) {
    String part =
        switch (operation) {
          case FORWARD -> "forward";
          case BACKWARD_WEIGHTS -> "dW";
          case BACKWARD_DATA -> "dX";
        };
    return new PeerCase(
        "conv " + shape.channels + "-" + shape.filters + "@" + shape.size + " " + part,
        shape.gigaflop(),
        GFLOPS,
        engine -> {
          ConvWork work = new ConvWork(engine, shape);
          return () -> work.run(operation);
        });
  }

  /** Every network's training. */
  static List<PeerCase> trainings() {
    return Stream.of(TrainingModel.values()).map(PeerCase::training).toList();
  }

  private static PeerCase training(TrainingModel model) {
    int updates = Math.max(1, SAMPLES_A_RUN / model.batchSize());
    return new PeerCase(
        model.network() + " b" + model.batchSize(),
        updates * model.batchSize(),
        SAMPLES,
        engine -> {
          TrainingStep step = model.step(engine);
          return () -> {
            for (int update = 0; update < updates; update++) {
              step.run();
            }
          };
        });
  }
}
