// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import static java.lang.Math.fma;

import io.cifarengine.internal.kernel.WinogradKernel;
import java.util.Arrays;

/**
 * The specification of convolutions by minimal filtering, F(4 x 4, 3 x 3): tiles of 4 x 4 outputs, each from
 * 6 x 6 pixels, with 36 multiplications where a sum over patches has 144.
 *
 * <pre>
 * V = B' d B     U = G g G'     M(p) = sum over c of V(p, c) U(p, c)     y = A' M A + start
 * dU(p) = sum over chunks of sum over tiles of (A dy A')(p) V(p)          dg = G' dU G
 * db = sum over chunks of sum over tiles of sum over the rows of a tile of dy
 * </pre>
 *
 * <p>Every M(p) is one chain of fma over the channels in ascending order, every dU(p) one over the tiles of a
 * chunk, and chunks of {@link #imagesOfChunk} images are added in their order. A value that is not finite
 * reaches all outputs of its tiles. {@link WinogradProduct} and {@link WinogradGradient} compute the same
 * bits.
 *
 * <p>Source: {@link WinogradKernel}, which holds the matrices.
 */
public final class Winograd {
  /** Channels, or filters, below which the transforms cost what the multiplications save. */
  private static final int FEWEST = 32;

  /** As many as three positions of a tile fit into the row of a patch, and fewer where the sums of dW outgrow the caches. */
  private static final int MOST = 128;

  private static final int OUTPUTS = WinogradKernel.OUTPUTS;

  /** Outputs of a tile. */
  static final int PLACES = OUTPUTS * OUTPUTS;

  /** Tiles a chunk has at least: chunks are what threads share out. */
  private static final int TILES_OF_CHUNK = 96;

  private static final float P = WinogradKernel.P;
  private static final float Q = WinogradKernel.Q;
  private static final float P2 = P * P;
  private static final float Q2 = Q * Q;
  private static final float AT_0 = WinogradKernel.AT_0;
  private static final float AT_P = WinogradKernel.AT_P;
  private static final float AT_Q = WinogradKernel.AT_Q;
  private static final int SIZE = WinogradKernel.SIZE;
  private static final int POSITIONS = WinogradKernel.POSITIONS;

  private Winograd() {}

  /** Whether a convolution, and its gradients, are computed so: it is the shape alone that decides. */
  public static boolean fits(Window w, int filters) {
    return w.kernelHeight() == 3
        && w.kernelWidth() == 3
        && w.stride() == 1
        && w.spacing() == 1
        && inTiles(w.height(), w.width())
        && inTiles(w.outHeight(), w.outWidth())
        && suits(w.channels())
        && suits(filters);
  }

  /** Of the source too, since it is what the gradient with respect to it puts out. */
  private static boolean inTiles(int height, int width) {
    return height % OUTPUTS == 0 && width % OUTPUTS == 0;
  }

  private static boolean suits(int channels) {
    return channels >= FEWEST && channels <= MOST && channels % WinogradKernel.LANES == 0;
  }

  /** The same source seen in tiles: a patch of 6 x 6 for each 4 x 4 places. */
  static Window tiles(Window w) {
    return new Window(
        w.height(),
        w.width(),
        w.channels(),
        SIZE,
        SIZE,
        OUTPUTS,
        1,
        w.top(),
        w.left(),
        w.outHeight() / OUTPUTS,
        w.outWidth() / OUTPUTS);
  }

  /** The gradient of the output seen in the same tiles. */
  static Window gradientTiles(Window w, int filters) {
    return new Window(
        w.outHeight(),
        w.outWidth(),
        filters,
        OUTPUTS,
        OUTPUTS,
        OUTPUTS,
        1,
        0,
        0,
        w.outHeight() / OUTPUTS,
        w.outWidth() / OUTPUTS);
  }

  /** Images whose gradients are one chain. */
  public static int imagesOfChunk(Window window) {
    return (TILES_OF_CHUNK * PLACES - 1) / window.places() + 1;
  }

  /** out (n places, columns) = 1 start' + the convolution of the source with B (patch, columns). */
  public static void product(
      Window w, int n, float[] source, float[] b, int columns, float[] start, float[] out) {
    int channels = w.channels();
    float[] patches = Im2Col.patches(tiles(w), n, source);
    float[] m = new float[POSITIONS];
    int tile = 0;
    for (int band = 0; band < n * w.outHeight() / OUTPUTS; band++) {
      for (int x = 0; x < w.outWidth(); x += OUTPUTS, tile++) {
        for (int j = 0; j < columns; j++) {
          Arrays.fill(m, 0f);
          for (int c = 0; c < channels; c++) {
            float[] v = image(patches, tile * POSITIONS * channels + c, channels);
            float[] u = weights(b, c * columns + j, channels * columns);
            for (int p = 0; p < POSITIONS; p++) {
              m[p] = Math.fma(v[p], u[p], m[p]);
            }
          }
          float[] y = outputs(m);
          int at = (band * OUTPUTS * w.outWidth() + x) * columns + j;
          int rowStep = w.outWidth() * columns;
          for (int i = 0; i < PLACES; i++) {
            out[at + i / OUTPUTS * rowStep + i % OUTPUTS * columns] = y[i] + start[j];
          }
        }
      }
    }
  }

  /** dw (patch, filters) and db (filters) from dy (n places, filters). */
  public static void weightGradient(
      Window w, int n, float[] source, float[] dy, int filters, float[] dw, float[] db) {
    int channels = w.channels();
    int tilesOfImage = w.places() / PLACES;
    int chunk = imagesOfChunk(w) * tilesOfImage;
    float[] patches = Im2Col.patches(tiles(w), n, source);
    float[] gradients = Im2Col.patches(gradientTiles(w, filters), n, dy);
    Arrays.fill(db, 0f);
    for (int f = 0; f < filters; f++) {
      for (int c = 0; c < channels; c++) {
        float[] sum = new float[POSITIONS];
        for (int first = 0; first < n * tilesOfImage; first += chunk) {
          float[] chain = new float[POSITIONS];
          float ofBias = 0;
          for (int t = first; t < Math.min(n * tilesOfImage, first + chunk); t++) {
            float[] v = image(patches, t * POSITIONS * channels + c, channels);
            float[] d = gradient(gradients, t * PLACES * filters + f, filters);
            for (int p = 0; p < POSITIONS; p++) {
              chain[p] = Math.fma(d[p], v[p], chain[p]);
            }
            for (int p = 0; p < PLACES; p++) {
              ofBias += gradients[(t * PLACES + p) * filters + f];
            }
          }
          for (int p = 0; p < POSITIONS; p++) {
            sum[p] = first == 0 ? chain[p] : sum[p] + chain[p];
          }
          db[f] = c > 0 ? db[f] : first == 0 ? ofBias : db[f] + ofBias;
        }
        float[] g = weightGradients(sum);
        for (int k = 0; k < g.length; k++) {
          dw[(k * channels + c) * filters + f] = g[k];
        }
      }
    }
  }

  /** B' d B. */
  private static float[] image(float[] d, int at, int step) {
    return twice(
        pick(d, at, step, POSITIONS),
        SIZE,
        x -> {
          float[] odd = {fma(-Q2, x[1], x[3]), fma(-P2, x[1], x[3])};
          float[] even = {fma(-Q2, x[2], x[4]), fma(-P2, x[2], x[4])};
          return new float[] {
            fma(-P2, fma(-Q2, x[0], x[2]), even[0]),
            fma(P, odd[0], even[0]),
            fma(-P, odd[0], even[0]),
            fma(Q, odd[1], even[1]),
            fma(-Q, odd[1], even[1]),
            fma(-P2, odd[0], fma(-Q2, x[3], x[5]))
          };
        });
  }

  /** A dy A'. */
  private static float[] gradient(float[] dy, int at, int step) {
    return twice(
        pick(dy, at, step, PLACES),
        OUTPUTS,
        x ->
            new float[] {
              x[0], power(P, P2, x), power(-P, P2, x), power(Q, Q2, x), power(-Q, Q2, x), x[3]
            });
  }

  /** The polynomial of these coefficients at a point. */
  private static float power(float point, float square, float[] x) {
    return fma(point, fma(square, x[3], x[1]), fma(square, x[2], x[0]));
  }

  /** A' M A. */
  private static float[] outputs(float[] m) {
    return twice(
        m,
        SIZE,
        x -> {
          float ofP = x[1] + x[2];
          float ofQ = x[3] + x[4];
          float betweenP = x[1] - x[2];
          float betweenQ = x[3] - x[4];
          return new float[] {
            x[0] + ofP + ofQ,
            fma(P, betweenP, Q * betweenQ),
            fma(P2, ofP, Q2 * ofQ),
            fma(P * P2, betweenP, fma(Q * Q2, betweenQ, x[5]))
          };
        });
  }

  /** G g G'. */
  private static float[] weights(float[] g, int at, int step) {
    return twice(
        pick(g, at, step, 9),
        3,
        x -> {
          float evenP = fma(P2, x[2], x[0]);
          float evenQ = fma(Q2, x[2], x[0]);
          return new float[] {
            x[0] * AT_0,
            fma(P, x[1], evenP) * AT_P,
            fma(-P, x[1], evenP) * AT_P,
            fma(Q, x[1], evenQ) * AT_Q,
            fma(-Q, x[1], evenQ) * AT_Q,
            x[2]
          };
        });
  }

  /** G' U G. */
  private static float[] weightGradients(float[] u) {
    return twice(
        u,
        SIZE,
        x -> {
          float ofP = x[1] + x[2];
          float ofQ = x[3] + x[4];
          return new float[] {
            fma(AT_0, x[0], fma(AT_Q, ofQ, AT_P * ofP)),
            fma(Q * AT_Q, x[3] - x[4], P * AT_P * (x[1] - x[2])),
            fma(Q2 * AT_Q, ofQ, fma(P2 * AT_P, ofP, x[5]))
          };
        });
  }

  private static float[] pick(float[] x, int at, int step, int n) {
    float[] picked = new float[n];
    for (int i = 0; i < n; i++) {
      picked[i] = x[at + i * step];
    }
    return picked;
  }

  /** A transform of vectors. */
  private interface Transform {
    float[] of(float[] x);
  }

  /** The transform of every column of a square matrix, and then of every row of the result. */
  private static float[] twice(float[] x, int size, Transform transform) {
    float[] once = across(x, size, transform);
    return across(once, once.length / size, transform);
  }

  /** The transforms of the columns of x, each as a row: the transpose of the result. */
  private static float[] across(float[] x, int columns, Transform transform) {
    float[] rows = {};
    for (int j = 0; j < columns; j++) {
      float[] row = transform.of(pick(x, j, columns, x.length / columns));
      rows = Arrays.copyOf(rows, rows.length + row.length);
      System.arraycopy(row, 0, rows, rows.length - row.length, row.length);
    }
    return rows;
  }
}
