// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import java.util.Arrays;
import java.util.List;

/** y = x W + b, with x (n, in), W (in, out), b (out), y (n, out). */
final class ReferenceLinear implements ReferenceLayer {
  private final ReferenceParameter weight;
  private final ReferenceParameter bias;
  private final int in;
  private final int out;

  ReferenceLinear(ReferenceParameter weight, ReferenceParameter bias) {
    this.weight = weight;
    this.bias = bias;
    in = weight.rows();
    out = weight.columns();
  }

  @Override
  public List<ReferenceParameter> parameters() {
    return List.of(weight, bias);
  }

  @Override
  public double[] forward(double[] x, int n) {
    double[] w = weight.value();
    double[] y = new double[n * out];
    for (int e = 0; e < n; e++) {
      for (int j = 0; j < out; j++) {
        double sum = bias.value()[j];
        for (int i = 0; i < in; i++) {
          sum += x[e * in + i] * w[i * out + j];
        }
        y[e * out + j] = sum; // y = x W + b
      }
    }
    return y;
  }

  @Override
  public double[] backward(double[] x, double[] y, double[] dy, int n) {
    double[] w = weight.value();
    double[] dw = weight.gradient();
    double[] db = bias.gradient();
    double[] dx = new double[n * in];
    Arrays.fill(dw, 0);
    Arrays.fill(db, 0);
    for (int e = 0; e < n; e++) {
      for (int j = 0; j < out; j++) {
        double d = dy[e * out + j];
        db[j] += d; // db = dy' 1
        for (int i = 0; i < in; i++) {
          dw[i * out + j] += x[e * in + i] * d; // dW = x' dy
          dx[e * in + i] += d * w[i * out + j]; // dx = dy W'
        }
      }
    }
    return dx;
  }
}
