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
  }

  private static float[] result(Tensor out, Runnable operation) {
    operation.run();
    return out.data();
  }
}
