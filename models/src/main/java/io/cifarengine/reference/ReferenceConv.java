// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import java.util.Arrays;
import java.util.List;

/**
 * y[p, f] = b[f] + sum over the taps t of window p and the channels c of x[p, t, c] W[t, c, f], with x = 0
 * outside the image.
 */
final class ReferenceConv implements ReferenceLayer {
  private final ReferenceWindow window;
  private final ReferenceParameter weight;
  private final ReferenceParameter bias;
  private final int channels;
  private final int filters;

  ReferenceConv(ReferenceWindow window, ReferenceParameter weight, ReferenceParameter bias) {
    this.window = window;
    this.weight = weight;
    this.bias = bias;
    channels = window.channels();
    filters = weight.columns();
  }

  @Override
  public List<ReferenceParameter> parameters() {
    return List.of(weight, bias);
  }

  @Override
  public double[] forward(double[] x, int n) {
    double[] w = weight.value();
    double[] y = new double[n * window.places() * filters];
    for (int p = 0; p < n * window.places(); p++) {
      for (int f = 0; f < filters; f++) {
        double sum = bias.value()[f];
        for (int t = 0; t < window.taps(); t++) {
          int at = window.at(p, t);
          for (int c = 0; c < channels && at >= 0; c++) {
            sum += x[at + c] * w[(t * channels + c) * filters + f];
          }
        }
        y[p * filters + f] = sum; // y = x * W + b
      }
    }
    return y;
  }

  @Override
  public double[] backward(double[] x, double[] y, double[] dy, int n) {
    double[] w = weight.value();
    double[] dw = weight.gradient();
    double[] db = bias.gradient();
    double[] dx = new double[x.length];
    Arrays.fill(dw, 0);
    Arrays.fill(db, 0);
    for (int p = 0; p < n * window.places(); p++) {
      for (int f = 0; f < filters; f++) {
        double d = dy[p * filters + f];
        db[f] += d;
        for (int t = 0; t < window.taps(); t++) {
          int at = window.at(p, t);
          for (int c = 0; c < channels && at >= 0; c++) {
            int k = (t * channels + c) * filters + f;
            dw[k] += x[at + c] * d; // dW = (dy / dW)' dy
            dx[at + c] += d * w[k]; // dx = (dy / dx)' dy
          }
        }
      }
    }
    return dx;
  }
}
