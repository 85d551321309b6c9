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
   * {@link #max} of so many windows, {@code xStep} apart in x and n apart in y, and {@code winners[yAt + j]} =
   * the first t whose x is NaN or equal to y (-0 is equal to +0), as a float.
   */
  void maxAndWinners(
      int windows,
      float[] x,
      int xAt,
      int xStep,
      int[] taps,
      float[] y,
      float[] winners,
      int yAt,
      int n);

  /**
   * {@code dx[xAt + w * xStep + j] = dy[yAt + w * yStep + j]} where the winner at the same index is this tap, else
   * 0; w &lt; windows, j &lt; n.
   */
  void spread(
      float tap,
      int windows,
      float[] dy,
      float[] winners,
      int yAt,
      int yStep,
      float[] dx,
      int xAt,
      int xStep,
      int n);

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
