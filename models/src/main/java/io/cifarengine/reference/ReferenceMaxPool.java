// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import java.util.List;

/**
 * y[p, c] = max over the taps t of window p of x[p, t, c]; the first of the largest takes dy. NaN is
 * larger than all others.
 */
final class ReferenceMaxPool implements ReferenceLayer {
  private final ReferenceWindow window;
  private final int channels;

  ReferenceMaxPool(ReferenceWindow window) {
    this.window = window;
    channels = window.channels();
  }

  @Override
  public List<ReferenceParameter> parameters() {
    return List.of();
  }

  @Override
  public double[] forward(double[] x, int n) {
    double[] y = new double[n * window.places() * channels];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[largest(x, i)];
    }
    return y;
  }

  @Override
  public double[] backward(double[] x, double[] y, double[] dy, int n) {
    double[] dx = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      dx[largest(x, i)] += dy[i];
    }
    return dx;
  }

  /** Where the first of the largest values stands that y[i] is taken from. */
  private int largest(double[] x, int i) {
    int place = i / channels;
    int c = i % channels;
    int best = window.at(place, 0) + c;
    for (int t = 1; t < window.taps() && !Double.isNaN(x[best]); t++) {
      int at = window.at(place, t) + c;
      best = x[at] <= x[best] ? best : at;
    }
    return best;
  }
}
