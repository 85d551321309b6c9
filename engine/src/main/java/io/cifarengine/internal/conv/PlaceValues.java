// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import io.cifarengine.internal.kernel.GemmKernel;
import io.cifarengine.internal.kernel.PoolingKernel;

/**
 * A matrix (n places, channels) of which a few rows are copied at a time: one that lies in memory, or the
 * gradient that a max pooling hands back, which is never whole in memory: d loss / d y of each window at the
 * place that won it, and 0 at the others.
 */
final class PlaceValues {
  private static final float[] NOTHING = {};

  private final PoolingKernel pooling;
  private float[] values = NOTHING;
  private float[] winners = NOTHING;
  private int channels;
  private boolean spread;
  private PoolWindow pool = new PoolWindow(1, 1);
  private int imageWidth;

  PlaceValues(PoolingKernel pooling) {
    this.pooling = pooling;
  }

  /** The values of places as they lie. */
  void take(float[] values, int channels) {
    spread = false;
    this.values = values;
    this.channels = channels;
  }

  /** The values dy of windows, spread by their winners over the places of images of this width. */
  void spread(PoolWindow pool, int imageWidth, float[] dy, float[] winners, int channels) {
    spread = true;
    this.pool = pool;
    this.imageWidth = imageWidth;
    values = dy;
    this.winners = winners;
    this.channels = channels;
  }

  /** Lets go of the caller's arrays. */
  void release() {
    values = NOTHING;
    winners = NOTHING;
  }

  /** {@code to[toAt + i * toStep + j]} = the value of channel {@code from + j} at place {@code first + i}, j &lt; n. */
  void copy(
      GemmKernel kernel, int first, int places, int from, int n, float[] to, int toAt, int toStep) {
    if (spread) {
      copySpread(first, places, from, n, to, toAt, toStep);
    } else if (n == channels && toStep == n) {
      System.arraycopy(values, first * n, to, toAt, places * n);
    } else if (n == kernel.columns() && toStep == n) {
      kernel.packPanel(places, values, first * channels + from, channels, to, toAt);
    } else {
      for (int i = 0; i < places; i++) {
        System.arraycopy(values, (first + i) * channels + from, to, toAt + i * toStep, n);
      }
    }
  }

  /** Row by row of the images, and in each for one column of all its windows after another. */
  private void copySpread(
      int first, int places, int from, int n, float[] to, int toAt, int toStep) {
    int across = imageWidth / pool.width();
    int end = first + places;
    for (int at = first; at < end; ) {
      int row = at / imageWidth; // of all images, which are whole bands
      int rowAt = row * imageWidth;
      int x = at - rowAt;
      int xEnd = Math.min(imageWidth, end - rowAt);
      int firstWindow = row / pool.height() * across;
      int tap = row % pool.height() * pool.width();
      for (int tapX = 0; tapX < pool.width(); tapX++) {
        int window = windowsBefore(x, tapX);
        int place = rowAt + window * pool.width() + tapX;
        pooling.spread(
            tap + tapX,
            windowsBefore(xEnd, tapX) - window,
            values,
            winners,
            (firstWindow + window) * channels + from,
            channels,
            to,
            toAt + (place - first) * toStep,
            pool.width() * toStep,
            n);
      }
      at = rowAt + xEnd;
    }
  }

  /** How many windows of a row have their column tapX before x. */
  private int windowsBefore(int x, int tapX) {
    return (x - tapX + pool.width() - 1) / pool.width();
  }
}
