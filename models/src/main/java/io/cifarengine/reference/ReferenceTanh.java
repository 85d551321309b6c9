// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import java.util.List;

/** y = tanh x, dx = dy (1 - y^2). */
final class ReferenceTanh implements ReferenceLayer {
  @Override
  public List<ReferenceParameter> parameters() {
    return List.of();
  }

  @Override
  public double[] forward(double[] x, int n) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = StrictMath.tanh(x[i]);
    }
    return y;
  }

  @Override
  public double[] backward(double[] x, double[] y, double[] dy, int n) {
    double[] dx = new double[x.length];
    for (int i = 0; i < dx.length; i++) {
      dx[i] = dy[i] * (1 - y[i] * y[i]);
    }
    return dx;
  }
}
