// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.testing;

import java.util.List;

/** The definition of max pooling of n images: plain loops, one window after another. */
public record DirectPooling(
    int n, int height, int width, int channels, int windowHeight, int windowWidth, int stride) {

  /** Disjoint windows, overlapping ones, windows that leave pixels out, and tails of a vector. */
  public static List<DirectPooling> all() {
    return List.of(
        new DirectPooling(1, 1, 1, 1, 1, 1, 1),
        new DirectPooling(3, 2, 2, 1, 2, 2, 2),
        new DirectPooling(2, 8, 6, 3, 2, 2, 2),
        new DirectPooling(2, 8, 8, 16, 2, 2, 2),
        new DirectPooling(3, 6, 4, 17, 2, 2, 2),
        new DirectPooling(2, 4, 6, 33, 2, 2, 2),
        new DirectPooling(1, 9, 6, 64, 3, 3, 3),
        new DirectPooling(2, 7, 9, 3, 2, 2, 2), // a row and a column left over
        new DirectPooling(2, 7, 5, 16, 3, 3, 2), // windows share a row and a column
        new DirectPooling(1, 8, 8, 17, 3, 3, 2), // and a row and a column are left over
        new DirectPooling(2, 6, 6, 33, 3, 3, 1), // up to nine windows on a pixel
        new DirectPooling(2, 5, 5, 1, 5, 5, 1), // one window
        new DirectPooling(2, 5, 7, 3, 1, 1, 2), // pixels between the windows
        new DirectPooling(1, 9, 9, 16, 2, 2, 3),
        new DirectPooling(2, 6, 5, 17, 1, 3, 1), // windows share columns only
        new DirectPooling(2, 6, 5, 5, 3, 1, 2), // rows only, and columns are left out
        new DirectPooling(2, 6, 4, 3, 3, 2, 2),
        new DirectPooling(1, 4, 4, 33, 1, 1, 1), // a copy
        new DirectPooling(2, 3, 3, 2, 2, 2, 5), // a stride past the image
        new DirectPooling(50, 6, 6, 10, 2, 2, 2));
  }

  /** Rows of an output: windows that fit. */
  public int outputHeight() {
    return windows(height, windowHeight);
  }

  /** Columns of an output. */
  public int outputWidth() {
    return windows(width, windowWidth);
  }

  private int windows(int size, int window) {
    int windows = 0;
    for (int at = 0; at + window <= size; at += stride) {
      windows++;
    }
    return windows;
  }

  /** Elements of x. */
  public int xSize() {
    return n * height * width * channels;
  }

  /** Elements of y. */
  public int ySize() {
    return n * outputHeight() * outputWidth() * channels;
  }

  /** The largest of each window in the order of Float.compare: -0, +0, ..., NaN. */
  public float[] max(float[] x) {
    float[] y = new float[ySize()];
    for (int window = 0; window < y.length; window++) {
      y[window] = Float.NEGATIVE_INFINITY;
      for (int tap = 0; tap < windowHeight * windowWidth; tap++) {
        float value = x[at(window, tap)];
        y[window] = Float.compare(value, y[window]) > 0 ? value : y[window];
      }
    }
    return y;
  }

  /** The first of a window's largest takes its gradient; windows add theirs one after another. */
  public float[] maxBackward(float[] x, float[] dy) {
    float[] dx = new float[xSize()];
    for (int window = 0; window < dy.length; window++) {
      int first = at(window, 0);
      for (int tap = 1; tap < windowHeight * windowWidth; tap++) {
        int at = at(window, tap);
        if (x[at] > x[first] || (Float.isNaN(x[at]) && !Float.isNaN(x[first]))) {
          first = at;
        }
      }
      dx[first] += dy[window];
    }
    return dx;
  }

  /** Where this tap of the window of an output stands in x. */
  private int at(int output, int tap) {
    int channel = output % channels;
    int place = output / channels;
    int ox = place % outputWidth();
    int oy = place / outputWidth() % outputHeight();
    int image = place / outputWidth() / outputHeight();
    int row = oy * stride + tap / windowWidth;
    int column = ox * stride + tap % windowWidth;
    return ((image * height + row) * width + column) * channels + channel;
  }
}
