// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/**
 * The transforms of the minimal filtering F(2 x 2, 3 x 3), with which a tile of four outputs takes 16
 * multiplications instead of 36:
 *
 * <pre>
 * y = A' (G g G' * B' d B) A      dg = G' (B' d B * A dy A') G      * element by element
 *
 *      [1  0 -1  0]        [ 1    0    0 ]        [1  1  1  0]
 * B' = [0  1  1  0]    G = [1/2  1/2  1/2]   A' = [0  1 -1  1]
 *      [0 -1  1  0]        [1/2 -1/2  1/2]
 *      [0 -1  0  1]        [ 0    0    1 ]
 * </pre>
 *
 * d is a tile of 4 x 4 pixels, g a kernel of 3 x 3 and y a tile of 2 x 2 outputs, each of n channels or
 * filters side by side; n is a multiple of {@link #LANES}.
 *
 * <p>Source: Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016, section 4.1; the
 * last rows of B' and A' have the other sign, which needs no negation.
 */
public interface WinogradKernel {
  /** Rows of a transformed tile, and columns. */
  int SIZE = 4;

  /** Positions of a transformed tile, row by row. */
  int POSITIONS = SIZE * SIZE;

  /** A multiple of the floats of every vector. */
  int LANES = 16;

  /**
   * One row of V = B' d B of some tiles.
   *
   * <pre>
   * d(t, r, s, j) = d[dAt[first + t] + r * rowStep + s * pixelStep + from + j]    t &lt; tiles; r, s &lt; 4; j &lt; n
   * V(t, row, s, j) = v[vAt + t * tileStep + s * positionStep + j]
   * </pre>
   */
  void imageRow(
      int row,
      int tiles,
      int n,
      float[] d,
      int[] dAt,
      int first,
      int from,
      int rowStep,
      int pixelStep,
      float[] v,
      int vAt,
      int tileStep,
      int positionStep);

  /** The same of A dy A', where r, s &lt; 2 in dy. */
  void gradientRow(
      int row,
      int tiles,
      int n,
      float[] dy,
      int[] dyAt,
      int first,
      int from,
      int rowStep,
      int pixelStep,
      float[] v,
      int vAt,
      int tileStep,
      int positionStep);

  /**
   * y = A' M A + b of some tiles side by side.
   *
   * <pre>
   * M(t, p, j) = m[mAt + p * positionStep + t * n + j]                       t &lt; tiles; p &lt; 16; j &lt; n
   * y(t, r, s, j) = y[yAt + r * rowStep + (2 t + s) * n + j]                 r, s &lt; 2
   * </pre>
   */
  void outputs(
      int tiles,
      int n,
      float[] m,
      int mAt,
      int positionStep,
      float[] b,
      float[] y,
      int yAt,
      int rowStep);

  /**
   * G x of runs of floats. Where the three runs of x are exchanged end for end, so are the outer two of G x, and the
   * bits are the same.
   *
   * <pre>
   * x(i, j) = x[xAt + i * xStep + j]               i &lt; 3; j &lt; n
   * (G x)(i, j) = to[toAt + i * toStep + j]        i &lt; 4
   * </pre>
   */
  void expand(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep);

  /** The same of G' x, three runs of four. */
  void contract(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep);
}
