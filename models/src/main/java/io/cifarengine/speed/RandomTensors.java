// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.speed;

import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;

/** Operands to measure with. */
public final class RandomTensors {
  private RandomTensors() {}

  /** U[-0.5, 0.5), another one for each name. */
  public static Tensor uniform(Shape shape, String name) {
    Randoms randoms = Randoms.seeded(1).stream(name);
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.data()[i] = randoms.uniformFloat(i) - 0.5f;
    }
    return t;
  }
}
