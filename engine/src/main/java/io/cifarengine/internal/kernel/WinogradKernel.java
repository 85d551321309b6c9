// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/**
 * The transforms of the minimal filtering F(4 x 4, 3 x 3), with which a tile of sixteen outputs takes 36
 * multiplications instead of 144:
 *
 * <pre>
 * y = A' (G g G' * B' d B) A      dg = G' (B' d B * A dy A') G      * element by element
 *
 *      [p²q²   0   -s   0   1   0]        [1 / p²q²  0    0  ]
 *      [ 0   -pq²  -q²  p   1   0]        [u    pu   p² u    ]        [1   1   1    1   1   0]
 * B' = [ 0    pq²  -q² -p   1   0]    G = [u   -pu   p² u    ]   A' = [0   p  -p    q  -q   0]
 *      [ 0   -p²q  -p²  q   1   0]        [v    qv   q² v    ]        [0   p²  p²   q²  q²  0]
 *      [ 0    p²q  -p² -q   1   0]        [v   -qv   q² v    ]        [0   p³ -p³   q³ -q³  1]
 *      [ 0   p²q²   0  -s   0   1]        [0    0    1       ]
 *
 * p = 3/4   q = 3/2   s = p² + q²   u = 1 / (2 p² (p² - q²))   v = 1 / (2 q² (q² - p²))
 * </pre>
 *
 * d is a tile of 6 x 6 pixels, g a kernel of 3 x 3 and y a tile of 4 x 4 outputs, each of n channels or
 * filters side by side; n is a multiple of {@link #LANES}. The polynomials are evaluated at 0, p, -p, q, -q and infinity.
 * With the usual 1 and 2 for p and q, errors are twice as large in the mean, the largest three to four times; and the factors of B' and
 * A' are exact here too.
 *
 * <p>Where it says fma below, there is one rounding. Of B' x, A x and A' x, and of G x and G' x:
 *
 * <pre>
 * (B' x)(0) = fma(-p², fma(-q², x0, x2), fma(-q², x2, x4))
 * (B' x)(1, 2) = fma(±p, fma(-q², x1, x3), fma(-q², x2, x4))      3, 4: with p and q exchanged
 * (B' x)(5) = fma(-p², fma(-q², x1, x3), fma(-q², x3, x5))
 * (A x)(0, 5) = x0, x3
 * (A x)(1, 2) = fma(±p, fma(p², x3, x1), fma(p², x2, x0))         3, 4: with q
 * (A' x)(0) = x0 + (x1 + x2) + (x3 + x4)
 * (A' x)(1) = fma(p, x1 - x2, q (x3 - x4))                        2: of the sums, with p² and q²
 * (A' x)(3) = fma(p³, x1 - x2, fma(q³, x3 - x4, x5))
 * (G x)(0, 5) = x0 / p²q², x2
 * (G x)(1, 2) = u fma(±p, x1, fma(p², x2, x0))                    3, 4: with q and v
 * (G' x)(0) = fma(1 / p²q², x0, fma(v, x3 + x4, u (x1 + x2)))
 * (G' x)(1) = fma(qv, x3 - x4, pu (x1 - x2))
 * (G' x)(2) = fma(q² v, x3 + x4, fma(p² u, x1 + x2, x5))
 * </pre>
 *
 * <p>Sources: Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016, section 4; for points other than 1
 * and 2, Alam, Anderson, Barabasz and Gregg, "Winograd Convolution for Deep Neural Networks: Efficient Point Selection", 2022.
 */
public interface WinogradKernel {
  /** Rows of a tile of outputs, and columns. */
  int OUTPUTS = 4;

  /** Rows of a transformed tile, and columns. */
  int SIZE = 6;

  /** Positions of a transformed tile, row by row. */
  int POSITIONS = SIZE * SIZE;

  /** A multiple of the floats of every vector. */
  int LANES = 16;

  /** p, the first point. */
  float P = 0.75f;

  /** q, the second. */
  float Q = 1.5f;

  /** What G scales the row of the point 0 by. */
  float AT_0 = 1 / (P * P * Q * Q);

  /** u, what G scales the rows of p and -p by. */
  float AT_P = 1 / (2 * P * P * (P * P - Q * Q));

  /** v, the same for q and -q. */
  float AT_Q = 1 / (2 * Q * Q * (Q * Q - P * P));

  /**
   * B' x of runs of floats.
   *
   * <pre>
   * x(i, j) = x[xAt + i * xStep + j]                i &lt; 6; j &lt; n
   * (B' x)(i, j) = to[toAt + i * toStep + j]        i &lt; 6
   * </pre>
   */
  void image(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep);

  /** The same of A x, six runs of four. */
  void gradient(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep);

  /**
   * B' x of one row of some tiles; three positions of the result lie side by side, and the other three.
   *
   * <pre>
   * x(t, s, j) = x[xAt[first + t] + from + s * pixelStep + j]                t &lt; tiles; s &lt; 6; j &lt; n
   * (B' x)(t, s, j) = v[vAt + t * tileStep + s / 3 * halfStep + s % 3 * positionStep + j]
   * </pre>
   */
  void imageRow(
      int tiles,
      int n,
      float[] x,
      int[] xAt,
      int first,
      int from,
      int pixelStep,
      float[] v,
      int vAt,
      int tileStep,
      int positionStep,
      int halfStep);

  /**
   * A x of one row of some tiles.
   *
   * <pre>
   * x(t, s, j) = x[xAt[t] + from + s * n + j]                                t &lt; tiles; s &lt; 4; j &lt; n
   * (A x)(t, s, j) = v[vAt + t * tileStep + s * n + j]
   * </pre>
   */
  void gradientRow(
      int tiles, int n, float[] x, int[] xAt, int from, float[] v, int vAt, int tileStep);

  /**
   * y = A' M A + b of some tiles side by side, in n channels of those of y.
   *
   * <pre>
   * M(t, p, j) = m[mAt + p * positionStep + t * tileStep + j]                t &lt; tiles; p &lt; 36; j &lt; n
   * b(j) = b[bAt + j]
   * y(t, r, s, j) = y[yAt + r * rowStep + (4 t + s) * placeStep + j]         r, s &lt; 4
   * </pre>
   */
  void outputs(
      int tiles,
      int n,
      float[] m,
      int mAt,
      int tileStep,
      int positionStep,
      float[] b,
      int bAt,
      float[] y,
      int yAt,
      int placeStep,
      int rowStep);

  /**
   * G x of runs of floats.
   *
   * <pre>
   * x(i, j) = x[xAt + i * xStep + j]               i &lt; 3; j &lt; n
   * (G x)(i, j) = to[toAt + i * toStep + j]        i &lt; 6
   * </pre>
   */
  void expand(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep);

  /** The same of G' x, three runs of six. */
  void contract(int n, float[] x, int xAt, int xStep, float[] to, int toAt, int toStep);
}
