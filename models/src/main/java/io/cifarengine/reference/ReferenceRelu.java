// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import java.util.List;

/** y = max(x, 0), dx = dy where x &gt; 0, else 0. NaN stays NaN. */
final class ReferenceRelu implements ReferenceLayer {
  @Override
  public List<ReferenceParameter> parameters() {
    return List.of();
  }

  @Override
  public double[] forward(double[] x, int n) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i] <= 0 ? 0 : x[i];
    }
    return y;
  }

  @Override
  public double[] backward(double[] x, double[] y, double[] dy, int n) {
    double[] dx = new double[x.length];
    for (int i = 0; i < dx.length; i++) {
      dx[i] = x[i] > 0 ? dy[i] : 0;
    }
    return dx;
  }
}
