// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import io.cifarengine.tensor.Tensor;

/** y = x in double, which holds every float exactly. */
final class Doubles {
  private Doubles() {}

  static double[] of(Tensor x) {
    float[] from = x.data();
    double[] y = new double[from.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = from[i];
    }
    return y;
  }
}
