// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.testing;

/**
 * The definition of a convolution and its gradients, in double precision. All of them are sums over
 * the same triples: an element of x, the element of W that lies on it, and the output they go to.
 */
public final class DirectConvolution {
  /** What a product of the convolution is made of, as indices into the arrays. */
  @FunctionalInterface
  private interface Triple {
    void of(int x, int w, int y);
  }

  private DirectConvolution() {}

  private static void forEachTriple(ConvCase c, Triple triple) {
    int y = 0;
    for (int i = 0; i < c.n(); i++) {
      for (int oy = 0; oy < c.outputHeight(); oy++) {
        for (int ox = 0; ox < c.outputWidth(); ox++) {
          for (int f = 0; f < c.filters(); f++) {
            forEachOfOutput(c, i, oy, ox, f, y, triple);
            y++;
          }
        }
      }
    }
  }

  private static void forEachOfOutput(
      ConvCase c, int i, int oy, int ox, int f, int y, Triple triple) {
    for (int ky = 0; ky < c.kernelHeight(); ky++) {
      for (int kx = 0; kx < c.kernelWidth(); kx++) {
        int row = oy * c.stride() - c.top() + ky;
        int column = ox * c.stride() - c.left() + kx;
        if (row < 0 || row >= c.height() || column < 0 || column >= c.width()) {
          continue;
        }
        for (int channel = 0; channel < c.channels(); channel++) {
          int x = ((i * c.height() + row) * c.width() + column) * c.channels() + channel;
          int w = ((ky * c.kernelWidth() + kx) * c.channels() + channel) * c.filters() + f;
          triple.of(x, w, y);
        }
      }
    }
  }

  /** y = b + the sum of x W. */
  public static ExactSums forward(ConvCase c, float[] x, float[] w, float[] b) {
    ExactSums y = new ExactSums(c.ySize());
    for (int i = 0; i < c.ySize(); i++) {
      y.add(i, b[i % c.filters()], 1);
    }
    forEachTriple(c, (xAt, wAt, yAt) -> y.add(yAt, x[xAt], w[wAt]));
    return y;
  }

  /** dx = the sum of dy W. */
  public static ExactSums backwardData(ConvCase c, float[] dy, float[] w) {
    ExactSums dx = new ExactSums(c.xSize());
    forEachTriple(c, (xAt, wAt, yAt) -> dx.add(xAt, dy[yAt], w[wAt]));
    return dx;
  }

  /** dW = the sum of x dy. */
  public static ExactSums backwardWeights(ConvCase c, float[] x, float[] dy) {
    ExactSums dw = new ExactSums(c.wSize());
    forEachTriple(c, (xAt, wAt, yAt) -> dw.add(wAt, x[xAt], dy[yAt]));
    return dw;
  }

  /** db = the sum of dy. */
  public static ExactSums backwardBias(ConvCase c, float[] dy) {
    ExactSums db = new ExactSums(c.filters());
    for (int i = 0; i < c.ySize(); i++) {
      db.add(i % c.filters(), dy[i], 1);
    }
    return db;
  }
}
