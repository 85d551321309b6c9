// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.MatMul;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The matrix products of the studies' networks, and a large square to compare with other libraries. */
final class Products {
  private Products() {}

  static List<KernelCase> all() {
    return List.of(
        forward("square", 1024, 1024, 1024),
        forward("momentum forward", 128, 128, 3072),
        weights("momentum dW", 3072, 128, 128),
        forward("nn-sgd forward", 500, 200, 3072),
        weights("nn-sgd dW", 3072, 200, 500),
        forward("cnn dense forward", 50, 64, 1024));
  }

  private static KernelCase forward(String name, int m, int n, int k) {
    return product(name, m, n, k, () -> forward(m, n, k));
  }

  private static KernelCase weights(String name, int m, int n, int k) {
    return product(name, m, n, k, () -> weights(m, n, k));
  }

  private static KernelCase product(
      String name, int m, int n, int k, Supplier<Consumer<Engine>> operands) {
    return new KernelCase(name, m + "x" + n + "x" + k, (long) m * n * k, operands);
  }

  private static Consumer<Engine> forward(int m, int n, int k) {
    Tensor x = RandomTensors.uniform(Shape.of(m, k), "x");
    Tensor w = RandomTensors.uniform(Shape.of(k, n), "w");
    Tensor y = Tensor.zeros(m, n);
    return engine -> MatMul.ab(engine, x, w, y); // y = x W
  }

  private static Consumer<Engine> weights(int m, int n, int k) {
    Tensor x = RandomTensors.uniform(Shape.of(k, m), "x");
    Tensor dy = RandomTensors.uniform(Shape.of(k, n), "dy");
    Tensor dw = Tensor.zeros(m, n);
    return engine -> MatMul.aTb(engine, x, dy, dw); // dW = x' dy
  }
}
