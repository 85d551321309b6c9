// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.kernel;

/** The largest of a few runs of floats, element by element, and its derivative. */
public interface PoolingKernel {
  /**
   * {@code y[yAt + j] = max over t of x[xAt + taps[t] + j]}, j &lt; n, by {@code Math.max}: NaN where there
   * is one, and +0 above -0.
   */
  void max(float[] x, int xAt, int[] taps, float[] y, int yAt, int n);

  /**
   * {@link #max}, and {@code winners[yAt + j]} = the first t whose x is NaN or equal to y (-0 is equal to
   * +0), as a float.
   */
  void maxAndWinners(float[] x, int xAt, int[] taps, float[] y, float[] winners, int yAt, int n);

  /** {@code dx[xAt + j] = dy[yAt + j]} where {@code winners[yAt + j]} is this tap, else 0; j &lt; n. */
  void spread(float tap, float[] dy, float[] winners, int yAt, float[] dx, int xAt, int n);

  /**
   * {@code dx[xAt + taps[t] + j] = dy[yAt + j]} for the first t whose x is NaN or equal to y (-0 is
   * equal to +0), and 0 for the others; or adds that to dx.
   */
  void maxBackward(
      float[] x,
      int xAt,
      int[] taps,
      float[] y,
      float[] dy,
      int yAt,
      float[] dx,
      boolean add,
      int n);
}
