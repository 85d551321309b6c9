// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.internal.conv;

import io.cifarengine.internal.kernel.GemmKernel;
import java.util.Arrays;

/**
 * Copies patches of a few places into a scratch: with the channels last, a row of a patch is one run
 * of floats of the source, so that most of it is {@code System.arraycopy}.
 */
final class Patches {
  private static final int SHORT = 16;

  private Patches() {}

  /**
   * Elements from &lt;= k &lt; to of the patches of {@code places} places from the one of this number on:
   * element k of place i at {@code target[i * pitch + k - from]}.
   */
  static void gather(
      GemmKernel kernel,
      Window w,
      float[] source,
      int first,
      int places,
      int from,
      int to,
      float[] target,
      int pitch) {
    int row = w.rowOfPatch();
    boolean whole = w.spacing() == 1 && from == 0 && to == w.patch();
    int firstRow = from / row; // divided once, since a division takes as long as the copy of a row
    int ox = first % w.outWidth();
    int rest = first / w.outWidth();
    int oy = rest % w.outHeight();
    int image = rest / w.outHeight();
    for (int i = 0; i < places; i++) {
      int y = oy * w.stride() - w.top();
      int x = ox * w.stride() - w.left();
      if (whole && isInside(w, y, x) && lastRun(w, image, y, x) <= source.length) {
        int line = ((image * w.height() + y) * w.width() + x) * w.channels();
        kernel.copyRows(
            w.kernelHeight(), row, source, line, w.width() * w.channels(), target, i * pitch);
      } else if (w.spacing() == 1) {
        dense(
            w, source, image, y, x, firstRow, from - firstRow * row, to - from, target, i * pitch);
      } else {
        spread(w, source, image, y, x, from, to, target, i * pitch);
      }
      if (++ox == w.outWidth()) {
        ox = 0;
        if (++oy == w.outHeight()) {
          oy = 0;
          image++;
        }
      }
    }
  }

  /** Whether no part of the window is outside the source. */
  private static boolean isInside(Window w, int y, int x) {
    return y >= 0
        && x >= 0
        && y + w.kernelHeight() <= w.height()
        && x + w.kernelWidth() <= w.width();
  }

  private static int lastRun(Window w, int image, int y, int x) {
    return ((image * w.height() + y + w.kernelHeight() - 1) * w.width() + x) * w.channels()
        + w.rowOfPatch()
        + GemmKernel.SLACK;
  }

  /**
   * The patch at (y, x) of a source without gaps, so many floats of it from one on that is at {@code first}
   * of row {@code firstRow}: of each row, zeros, a run of the source, zeros.
   */
  private static void dense(
      Window w,
      float[] source,
      int image,
      int y,
      int x,
      int firstRow,
      int first,
      int count,
      float[] target,
      int at) {
    int row = w.rowOfPatch();
    int inside = Math.max(0, -x) * w.channels();
    int outside = Math.min(w.kernelWidth(), w.width() - x) * w.channels();
    int pitch = w.width() * w.channels();
    int sourceRow = y + firstRow;
    int line = (image * w.height() + sourceRow) * pitch + x * w.channels();
    int begin = first;
    int end = at + count;
    for (int t = at; t < end; ) {
      int n = Math.min(row - begin, end - t);
      int copyFrom = Math.max(begin, inside);
      int copyTo = Math.min(begin + n, outside);
      if (sourceRow < 0 || sourceRow >= w.height() || copyFrom >= copyTo) {
        Arrays.fill(target, t, t + n, 0f);
      } else if (copyTo - copyFrom == n) {
        copy(source, line + begin, target, t, n);
      } else {
        Arrays.fill(target, t, t + copyFrom - begin, 0f);
        System.arraycopy(source, line + copyFrom, target, t + copyFrom - begin, copyTo - copyFrom);
        Arrays.fill(target, t + copyTo - begin, t + n, 0f);
      }
      t += n;
      begin = 0;
      sourceRow++;
      line += pitch;
    }
  }

  /** A short run by itself: the call of arraycopy costs as much as copying the nine floats of three pixels. */
  private static void copy(float[] from, int fromAt, float[] to, int toAt, int n) {
    if (n > SHORT) {
      System.arraycopy(from, fromAt, to, toAt, n);
    } else {
      for (int i = 0; i < n; i++) {
        to[toAt + i] = from[fromAt + i];
      }
    }
  }

  /** The patch at (y, x) of a source with gaps: place by place of the window. */
  private static void spread(
      Window w, float[] source, int image, int y, int x, int from, int to, float[] target, int at) {
    int channels = w.channels();
    int t = at;
    for (int k = from; k < to; ) {
      int tap = k / channels;
      int begin = k - tap * channels;
      int end = Math.min(channels, begin + to - k);
      int sy = y + tap / w.kernelWidth();
      int sx = x + tap % w.kernelWidth();
      boolean here =
          sy >= 0
              && sx >= 0
              && sy % w.spacing() == 0
              && sx % w.spacing() == 0
              && sy / w.spacing() < w.height()
              && sx / w.spacing() < w.width();
      if (here) {
        int place = (image * w.height() + sy / w.spacing()) * w.width() + sx / w.spacing();
        System.arraycopy(source, place * channels + begin, target, t, end - begin);
      } else {
        Arrays.fill(target, t, t + end - begin, 0f);
      }
      t += end - begin;
      k += end - begin;
    }
  }
}
