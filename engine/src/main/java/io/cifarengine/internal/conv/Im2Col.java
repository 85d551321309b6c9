// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import io.cifarengine.internal.gemm.Gemm;
import java.util.Arrays;

/**
 * The specification of convolutions: patches as the rows of a matrix P, and products with it.
 *
 * <pre>
 * Y  = 1 b' + P(x) W            a row of P(x) for each place of the output
 * dX = P(dY) R(W)               R turns each kernel by 180 degrees and swaps channels and filters
 * dW = sum over chunks of P(x)' dY     db = sum over chunks of 1' dY, in chunks of {@link #imagesOfChunk} images, added in their order
 * </pre>
 *
 * <p>Every element of a product is one chain of fma over (ky, kx, c) or over the places of a chunk in
 * ascending order, zeros of the padding among them. {@link PatchProduct} and {@link PatchGradient}
 * compute the same bits without storing P, which has nine times the floats of x for 3 x 3.
 */
public final class Im2Col {
  /**
   * Places a chunk has at least. A chain of k terms errs like k, a sum of k / 640 chains less, and
   * chunks are what threads share out.
   */
  private static final int PLACES_OF_CHUNK = 640;

  private Im2Col() {}

  /** Images whose gradients are one chain. */
  public static int imagesOfChunk(Window window) {
    return Math.max(1, (PLACES_OF_CHUNK - 1) / Math.max(1, window.places()) + 1);
  }

  /** P (n outHeight outWidth, kernelHeight kernelWidth channels): the patches of n images. */
  public static float[] patches(Window w, int n, float[] source) {
    float[] p = new float[n * w.places() * w.patch()];
    int at = 0;
    for (int image = 0; image < n; image++) {
      for (int oy = 0; oy < w.outHeight(); oy++) {
        for (int ox = 0; ox < w.outWidth(); ox++) {
          for (int ky = 0; ky < w.kernelHeight(); ky++) {
            for (int kx = 0; kx < w.kernelWidth(); kx++) {
              for (int c = 0; c < w.channels(); c++) {
                int y = oy * w.stride() - w.top() + ky;
                int x = ox * w.stride() - w.left() + kx;
                p[at++] = element(w, source, image, y, x, c);
              }
            }
          }
        }
      }
    }
    return p;
  }

  private static float element(Window w, float[] source, int image, int y, int x, int c) {
    if (y % w.spacing() != 0 || x % w.spacing() != 0) {
      return 0;
    }
    int row = y / w.spacing();
    int column = x / w.spacing();
    boolean inside = y >= 0 && row < w.height() && x >= 0 && column < w.width();
    return inside
        ? source[((image * w.height() + row) * w.width() + column) * w.channels() + c]
        : 0;
  }

  /** R(W) (kernelHeight kernelWidth filters, channels) of W (kernelHeight kernelWidth channels, filters). */
  public static float[] turned(int kernelPlaces, int channels, int filters, float[] w) {
    float[] r = new float[w.length];
    for (int k = 0; k < kernelPlaces; k++) {
      for (int c = 0; c < channels; c++) {
        for (int f = 0; f < filters; f++) {
          int opposite = kernelPlaces - 1 - k;
          r[(k * filters + f) * channels + c] = w[(opposite * channels + c) * filters + f];
        }
      }
    }
    return r;
  }

  /** out (n places, columns) = 1 start' + P(source) B, with B (patch, columns) and start (columns). */
  public static void product(
      Gemm gemm,
      Window w,
      int n,
      float[] source,
      float[] b,
      int columns,
      float[] start,
      float[] out) {
    int patch = w.patch();
    float[] p = patches(w, n, source);
    gemm.multiply(n * w.places(), columns, patch, p, patch, 1, b, columns, 1, start, 0, out);
  }

  /** dw (patch, filters) = sum over chunks of P' dY, and db (filters) = sum over chunks of 1' dY. */
  public static void weightGradient(
      Gemm gemm, Window w, int n, float[] source, float[] dy, int filters, float[] dw, float[] db) {
    int patch = w.patch();
    int step = imagesOfChunk(w);
    if (n == 0) {
      Arrays.fill(dw, 0f);
      Arrays.fill(db, 0f);
    }
    for (int first = 0; first < n; first += step) {
      int images = Math.min(step, n - first);
      float[] p = patches(w, images, images(source, first, images, w.sourceSize()));
      float[] rows = images(dy, first, images, w.places() * filters);
      int places = images * w.places();
      addProduct(gemm, p, patch, places, rows, filters, first == 0, dw);
      float[] ones = new float[places];
      Arrays.fill(ones, 1f);
      addProduct(gemm, ones, 1, places, rows, filters, first == 0, db);
    }
  }

  private static float[] images(float[] all, int first, int images, int size) {
    return Arrays.copyOfRange(all, first * size, (first + images) * size);
  }

  /** sum (m, n) = sum + A' B, the product a chain of its own; the first one is the sum. */
  private static void addProduct(
      Gemm gemm, float[] a, int m, int k, float[] b, int n, boolean first, float[] sum) {
    float[] product = new float[m * n];
    gemm.multiply(m, n, k, a, 1, m, b, n, 1, Gemm.zeroRow(n), 0, product);
    for (int i = 0; i < product.length; i++) {
      sum[i] = first ? product[i] : sum[i] + product[i];
    }
  }
}
