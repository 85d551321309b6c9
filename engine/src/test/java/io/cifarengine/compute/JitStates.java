// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.compute;

import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import io.cifarengine.testing.Draw;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A main class for a fresh JVM: calls each operation 5,000 times, while it moves from the interpreter
 * through C1 to C2, and prints how many different results there were.
 */
final class JitStates {
  private static final int CALLS = 5_000;

  private JitStates() {}

  /** Prints a line {@code OPERATION RESULTS} for each operation. */
  public static void main(String[] arguments) {
    try (Engine chosen = Engine.withThreads(1);
        Engine scalar = Engine.scalar(1)) {
      everyOperation(chosen);
      everyOperation(scalar);
    }
    System.out.println("end");
  }

  private static void count(String operation, Supplier<float[]> call) {
    Set<Integer> hashes = new HashSet<>();
    for (int i = 0; i < CALLS; i++) {
      hashes.add(Arrays.hashCode(call.get()));
    }
    System.out.println(operation + " " + hashes.size());
  }

  private static void everyOperation(Engine engine) {
    Draw draw = new Draw(1);
    int m = 13;
    int n = 35;
    int k = 9;
    float[] a = draw.uniform(m * k);
    float[] b = draw.uniform(k * n);
    float[] s = draw.uniform(m * n);
    for (Formula formula : Formula.values()) {
      count(formula.toString(), () -> formula.run(engine, m, n, k, a, b, s));
    }
    float[] data = draw.uniform(403); // 25 vectors of 16 and a tail
    for (int i = 0; i < data.length; i++) {
      data[i] *= 20;
    }
    Tensor x = Tensor.wrap(data, 403);
    Tensor dy = Tensor.wrap(draw.uniform(403), 403);
    Tensor y = Tensor.zeros(403);
    count("exp", () -> result(y, () -> Elementwise.exp(engine, x, y)));
    count("tanh", () -> result(y, () -> Elementwise.tanh(engine, x, y)));
    count("sigmoid", () -> result(y, () -> Elementwise.sigmoid(engine, x, y)));
    count("relu", () -> result(y, () -> Elementwise.relu(engine, x, y)));
    count("tanhBackward", () -> result(y, () -> Elementwise.tanhBackward(engine, x, dy, y)));
    count("sigmoidBackward", () -> result(y, () -> Elementwise.sigmoidBackward(engine, x, dy, y)));
    count("reluBackward", () -> result(y, () -> Elementwise.reluBackward(engine, x, dy, y)));
    count(
        "momentumStep",
        () -> {
          Tensor w = x.copy();
          Tensor v = dy.copy();
          Elementwise.momentumStep(engine, w, dy, v, 0.05f, 0.9f, 5e-4f);
          return w.data();
        });
    count(
        "decay",
        () -> {
          Tensor w = x.copy();
          Elementwise.decay(engine, w, 5e-4f);
          return w.data();
        });
    count("squares", () -> new float[] {(float) Sums.squares(engine, x)});
    count("isFinite", () -> new float[] {Sums.isFinite(engine, x) ? 1 : 0});
    Tensor matrix = x.reshape(Shape.of(13, 31));
    Tensor probabilities = Tensor.zeros(13, 31);
    Tensor sums = Tensor.zeros(31);
    count(
        "softmax", () -> result(probabilities, () -> Rows.softmax(engine, matrix, probabilities)));
    count(
        "columnSums",
        () -> result(sums, () -> Rows.columnSums(engine, matrix, sums, Into.OVERWRITE)));
    convolution(engine, draw);
    minimalFiltering(engine, draw);
    pooling(engine, draw);
    pooledConvolution(engine, draw);
    pixels(engine, draw);
  }

  /** Two vectors of 16 filters and a tail, and both ways to gather patches. */
  private static void convolution(Engine engine, Draw draw) {
    ConvGeometry geometry = ConvGeometry.same(Shape.of(4, 3, 2), 3, 2, 33, 2);
    Tensor x = Tensor.wrap(draw.uniform(2 * 24), geometry.imageShape().withBatch(2));
    Tensor w = Tensor.wrap(draw.uniform(12 * 33), geometry.weightShape());
    Tensor b = Tensor.wrap(draw.uniform(33), 33);
    Tensor y = Tensor.zeros(geometry.outputShape().withBatch(2));
    Tensor dx = Tensor.zeros(x.shape());
    Tensor dw = Tensor.zeros(w.shape());
    count(
        "convolutionForward",
        () -> result(y, () -> Convolution.forward(engine, geometry, x, w, b, y)));
    count(
        "convolutionBackwardData",
        () -> result(dx, () -> Convolution.backwardData(engine, geometry, y, w, dx)));
    Into into = Into.OVERWRITE;
    count(
        "convolutionBackwardWeights",
        () -> result(dw, () -> Convolution.backwardWeights(engine, geometry, x, y, dw, b, into)));
  }

  /** Two tiles, a panel and a half. */
  private static void minimalFiltering(Engine engine, Draw draw) {
    ConvGeometry geometry = ConvGeometry.same(Shape.of(4, 8, 32), 3, 3, 48, 1);
    Tensor x = Tensor.wrap(draw.uniform(32 * 32), geometry.imageShape().withBatch(1));
    Tensor w = Tensor.wrap(draw.uniform(9 * 32 * 48), geometry.weightShape());
    Tensor b = Tensor.wrap(draw.uniform(48), 48);
    Tensor y = Tensor.zeros(geometry.outputShape().withBatch(1));
    Tensor dx = Tensor.zeros(x.shape());
    Tensor dw = Tensor.zeros(w.shape());
    count(
        "minimalForward", () -> result(y, () -> Convolution.forward(engine, geometry, x, w, b, y)));
    count(
        "minimalBackwardData",
        () -> result(dx, () -> Convolution.backwardData(engine, geometry, y, w, dx)));
    Into into = Into.OVERWRITE;
    count(
        "minimalBackwardWeights",
        () -> result(dw, () -> Convolution.backwardWeights(engine, geometry, x, y, dw, b, into)));
  }

  private static void pooling(Engine engine, Draw draw) {
    PoolGeometry geometry = PoolGeometry.of(Shape.of(4, 5, 33), 3, 3, 1);
    Tensor x = Tensor.wrap(draw.integers(4 * 5 * 33), 1, 4, 5, 33);
    Tensor dy = Tensor.wrap(draw.uniform(2 * 3 * 33), 1, 2, 3, 33);
    Tensor y = Tensor.zeros(dy.shape());
    Tensor dx = Tensor.zeros(x.shape());
    count("maxForward", () -> result(y, () -> Pooling.maxForward(engine, geometry, x, y)));
    count(
        "maxBackward", () -> result(dx, () -> Pooling.maxBackward(engine, geometry, x, y, dy, dx)));
  }

  private static void pooledConvolution(Engine engine, Draw draw) {
    ConvGeometry geometry = ConvGeometry.same(Shape.of(4, 4, 2), 3, 3, 33, 1);
    PoolGeometry pooling = PoolGeometry.of(geometry.outputShape(), 2, 2, 2);
    Tensor x = Tensor.wrap(draw.uniform(32), geometry.imageShape().withBatch(1));
    Tensor w = Tensor.wrap(draw.uniform(18 * 33), geometry.weightShape());
    Tensor b = Tensor.wrap(draw.uniform(33), 33);
    Tensor y = Tensor.zeros(pooling.outputShape().withBatch(1));
    Tensor winners = Tensor.zeros(y.shape());
    Tensor dx = Tensor.zeros(x.shape());
    Tensor dw = Tensor.zeros(w.shape());
    Runnable forward =
        () -> PooledConvolution.forward(engine, geometry, pooling, x, w, b, y, winners);
    count("pooledForward", () -> result(y, forward));
    count("pooledWinners", () -> result(winners, forward));
    count(
        "pooledBackwardData",
        () ->
            result(
                dx,
                () ->
                    PooledConvolution.backwardData(engine, geometry, pooling, y, winners, w, dx)));
    Into into = Into.OVERWRITE;
    count(
        "pooledBackwardWeights",
        () ->
            result(
                dw,
                () ->
                    PooledConvolution.backwardWeights(
                        engine, geometry, pooling, x, y, winners, dw, b, into)));
  }

  private static void pixels(Engine engine, Draw draw) {
    byte[] levels = new byte[403];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) (i * 37);
    }
    float[] mean = draw.uniform(403);
    Tensor y = Tensor.zeros(403);
    count(
        "center", () -> result(y, () -> Pixels.center(engine, levels, 0, mean, 0.3f, y.data(), 0)));
    count(
        "standardize",
        () ->
            result(y, () -> Pixels.standardize(engine, levels, 0, 120.25, 0.3, y.data(), 0, 403)));
  }

  private static float[] result(Tensor out, Runnable operation) {
    operation.run();
    return out.data();
  }
}
