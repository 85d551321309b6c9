// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

import io.cifarengine.compute.Engine;
import io.cifarengine.compute.MatMul;
import io.cifarengine.speed.RandomTensors;
import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;

/** C = A B, A' B or A B', with C (m, n) and k multiply-adds an element. */
final class GemmWork {
  private final Engine engine;
  private final GemmShape.Form form;
  private final Tensor a;
  private final Tensor b;
  private final Tensor c;

  GemmWork(Engine engine, GemmShape.Form form, int m, int n, int k) {
    this.engine = engine;
    this.form = form;
    a = RandomTensors.uniform(form == GemmShape.Form.ATB ? Shape.of(k, m) : Shape.of(m, k), "a");
    b = RandomTensors.uniform(form == GemmShape.Form.ABT ? Shape.of(n, k) : Shape.of(k, n), "b");
    c = Tensor.zeros(m, n);
  }

  /** One product. */
  Tensor multiply() {
    switch (form) {
      case AB -> MatMul.ab(engine, a, b, c);
      case ATB -> MatMul.aTb(engine, a, b, c);
      case ABT -> MatMul.abT(engine, a, b, c);
    }
    return c;
  }
}
