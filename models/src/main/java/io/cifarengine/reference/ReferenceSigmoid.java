// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import java.util.List;

/** y = 1 / (1 + e^-x), dx = dy y (1 - y). */
final class ReferenceSigmoid implements ReferenceLayer {
  @Override
  public List<ReferenceParameter> parameters() {
    return List.of();
  }

  @Override
  public double[] forward(double[] x, int n) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = 1 / (1 + StrictMath.exp(-x[i]));
    }
    return y;
  }

  @Override
  public double[] backward(double[] x, double[] y, double[] dy, int n) {
    double[] dx = new double[x.length];
    for (int i = 0; i < dx.length; i++) {
      dx[i] = dy[i] * y[i] * (1 - y[i]);
    }
    return dx;
  }
}
