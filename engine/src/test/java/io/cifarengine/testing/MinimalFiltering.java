// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.testing;

import java.util.Arrays;

/**
 * Minimal filtering F(4 x 4, 3 x 3) with its matrices as they are written, in double, and the same with the absolute
 * values of matrices and operands: what the errors of every order of the sums are measured against.
 */
public final class MinimalFiltering {
  private static final int OUT = 4;
  private static final int IN = 6;
  private static final int KERNEL = 3;

  private final double[][] ofImage;
  private final double[][] ofKernel;
  private final double[][] ofGradient;
  private final boolean absolute;

  /** The convolution, or a bound of all its sums. */
  public MinimalFiltering(boolean absolute) {
    this.absolute = absolute;
    double p = 3.0 / 4;
    double q = 3.0 / 2;
    double p2 = p * p;
    double q2 = q * q;
    double s = p2 + q2;
    double u = 1 / (2 * p2 * (p2 - q2));
    double v = 1 / (2 * q2 * (q2 - p2));
    ofImage =
        matrix(
            new double[][] {
              {p2 * q2, 0, -s, 0, 1, 0},
              {0, -p * q2, -q2, p, 1, 0},
              {0, p * q2, -q2, -p, 1, 0},
              {0, -p2 * q, -p2, q, 1, 0},
              {0, p2 * q, -p2, -q, 1, 0},
              {0, p2 * q2, 0, -s, 0, 1}
            });
    ofKernel =
        matrix(
            new double[][] {
              {1 / (p2 * q2), 0, 0},
              {u, p * u, p2 * u},
              {u, -p * u, p2 * u},
              {v, q * v, q2 * v},
              {v, -q * v, q2 * v},
              {0, 0, 1}
            });
    ofGradient =
        matrix(
            new double[][] {
              {1, 0, 0, 0},
              {1, p, p2, p * p2},
              {1, -p, p2, -p * p2},
              {1, q, q2, q * q2},
              {1, -q, q2, -q * q2},
              {0, 0, 0, 1}
            });
  }

  private double[][] matrix(double[][] m) {
    for (double[] row : m) {
      for (int i = 0; i < row.length; i++) {
        row[i] = value(row[i]);
      }
    }
    return m;
  }

  private double value(double x) {
    return absolute ? Math.abs(x) : x;
  }

  /** y without b. */
  public double[] forward(ConvCase c, float[] x, float[] w) {
    double[][][][] sums = new double[c.n() * c.places() / (OUT * OUT)][c.filters()][IN][IN];
    for (int channel = 0; channel < c.channels(); channel++) {
      double[][][] images = images(c, x, channel);
      for (int f = 0; f < c.filters(); f++) {
        double[][] u = twice(ofKernel, kernel(c, w, channel, f));
        for (int t = 0; t < images.length; t++) {
          addProducts(images[t], u, sums[t][f]);
        }
      }
    }
    double[] y = new double[c.ySize()];
    for (int t = 0; t < sums.length; t++) {
      for (int f = 0; f < c.filters(); f++) {
        double[][] tile = twice(transposed(ofGradient), sums[t][f]);
        for (int i = 0; i < OUT * OUT; i++) {
          y[place(c, t, i / OUT, i % OUT) * c.filters() + f] = tile[i / OUT][i % OUT];
        }
      }
    }
    return y;
  }

  /** dW. */
  public double[] backwardWeights(ConvCase c, float[] x, float[] dy) {
    double[] dw = new double[c.wSize()];
    double[][][][] images = new double[c.channels()][][][];
    Arrays.setAll(images, channel -> images(c, x, channel));
    for (int f = 0; f < c.filters(); f++) {
      double[][][] gradients = gradients(c, dy, f);
      for (int channel = 0; channel < c.channels(); channel++) {
        double[][] sum = new double[IN][IN];
        for (int t = 0; t < gradients.length; t++) {
          addProducts(images[channel][t], gradients[t], sum);
        }
        double[][] g = twice(transposed(ofKernel), sum);
        for (int k = 0; k < KERNEL * KERNEL; k++) {
          dw[(k * c.channels() + channel) * c.filters() + f] = g[k / KERNEL][k % KERNEL];
        }
      }
    }
    return dw;
  }

  /** The transformed tiles of a channel. */
  private double[][][] images(ConvCase c, float[] x, int channel) {
    double[][][] tiles = new double[c.n() * c.places() / (OUT * OUT)][][];
    Arrays.setAll(tiles, t -> twice(ofImage, pixels(c, x, t, channel)));
    return tiles;
  }

  private double[][][] gradients(ConvCase c, float[] dy, int filter) {
    double[][][] tiles = new double[c.n() * c.places() / (OUT * OUT)][][];
    for (int t = 0; t < tiles.length; t++) {
      double[][] tile = new double[OUT][OUT];
      for (int i = 0; i < OUT * OUT; i++) {
        int at = place(c, t, i / OUT, i % OUT) * c.filters() + filter;
        tile[i / OUT][i % OUT] = value(dy[at]);
      }
      tiles[t] = twice(ofGradient, tile);
    }
    return tiles;
  }

  /** The number of a place of a tile among those of all images. */
  private static int place(ConvCase c, int tile, int row, int column) {
    int across = c.outputWidth() / OUT;
    return (tile / across * OUT + row) * c.outputWidth() + tile % across * OUT + column;
  }

  private double[][] kernel(ConvCase c, float[] w, int channel, int filter) {
    double[][] g = new double[KERNEL][KERNEL];
    for (int k = 0; k < KERNEL * KERNEL; k++) {
      g[k / KERNEL][k % KERNEL] = value(w[(k * c.channels() + channel) * c.filters() + filter]);
    }
    return g;
  }

  private double[][] pixels(ConvCase c, float[] x, int tile, int channel) {
    double[][] d = new double[IN][IN];
    int first = place(c, tile, 0, 0);
    int image = first / c.places();
    int top = first % c.places() / c.outputWidth() - c.top();
    int left = first % c.outputWidth() - c.left();
    for (int i = 0; i < IN * IN; i++) {
      int row = top + i / IN;
      int column = left + i % IN;
      if (row >= 0 && row < c.height() && column >= 0 && column < c.width()) {
        int at = ((image * c.height() + row) * c.width() + column) * c.channels() + channel;
        d[i / IN][i % IN] = value(x[at]);
      }
    }
    return d;
  }

  /** M X M'. */
  private static double[][] twice(double[][] m, double[][] x) {
    return product(product(m, x), transposed(m));
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  private static double[][] transposed(double[][] m) {
    double[][] t = new double[m[0].length][m.length];
    for (int i = 0; i < m.length; i++) {
      for (int j = 0; j < m[0].length; j++) {
        t[j][i] = m[i][j];
      }
    }
    return t;
  }

  /** Element by element. */
  private static void addProducts(double[][] a, double[][] b, double[][] sum) {
    for (int i = 0; i < IN; i++) {
      for (int j = 0; j < IN; j++) {
        sum[i][j] += a[i][j] * b[i][j];
      }
    }
  }
}
