// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * {@link RunningError} for layers that move a window over images: a convolution is a product with the
 * matrix of patches, whose zeros outside the image round nothing.
 */
final class WindowErrors {
  private WindowErrors() {}

  /** y = x * W + b: a chain of fma over a patch, which starts from b. */
  static Bounded convolution(ReferenceWindow window, Bounded x, Bounded w, Bounded b, int n) {
    return RunningError.linear(patches(window, x, n), w, b, n * window.places());
  }

  /** dW: chains over the places of some images, then a sum of these chains, so fewer roundings than places. */
  static Bounded weightGradient(ReferenceWindow window, Bounded x, Bounded dy, int n) {
    return RunningError.weightGradient(patches(window, x, n), dy, n * window.places());
  }

  /** dx: one chain over all windows that hold a pixel, and their filters. */
  static Bounded convolutionInput(ReferenceWindow window, Bounded w, Bounded dy, int n) {
    int patch = window.taps() * window.channels();
    int filters = w.size() / patch;
    int roundings = window.taps() * filters;
    Bounded parts = RunningError.productWithTransposed(w, dy, patch, filters, roundings);
    Bounded dx = new Bounded(n * window.rows() * window.columns() * window.channels());
    for (int p = 0; p < n * window.places(); p++) {
      for (int k = 0; k < patch; k++) {
        int at = window.at(p, k / window.channels());
        if (at >= 0) {
          dx.value[at + k % window.channels()] += parts.value[p * patch + k];
          dx.bound[at + k % window.channels()] += parts.bound[p * patch + k];
        }
      }
    }
    return dx;
  }

  private static Bounded patches(ReferenceWindow window, Bounded x, int n) {
    int patch = window.taps() * window.channels();
    Bounded patches = new Bounded(n * window.places() * patch);
    for (int i = 0; i < patches.size(); i++) {
      int at = window.at(i / patch, i % patch / window.channels());
      if (at >= 0) {
        patches.value[i] = x.value[at + i % window.channels()];
        patches.bound[i] = x.bound[at + i % window.channels()];
      }
    }
    return patches;
  }

  /** y = the largest of a window: off by no more than one of them is, and nothing is rounded. */
  static Bounded maximum(ReferenceWindow window, Bounded x, int n) {
    Bounded y = new Bounded(n * window.places() * window.channels());
    for (int i = 0; i < y.size(); i++) {
      y.value[i] = Double.NEGATIVE_INFINITY;
      for (int at : pixels(window, i)) {
        y.value[i] = Math.max(y.value[i], x.value[at]);
        y.bound[i] = Math.max(y.bound[i], x.bound[at]);
      }
    }
    return y;
  }

  /**
   * dx = dy at the first of the largest; where the float may find another one, each of those may have it.
   * A pixel of several windows takes a sum.
   */
  static Bounded maximumInput(ReferenceWindow window, Bounded x, Bounded dy, int n) {
    Bounded dx = new Bounded(n * window.rows() * window.columns() * window.channels());
    for (int i = 0; i < dy.size(); i++) {
      int first = -1;
      for (int at : pixels(window, i)) {
        first = first < 0 || x.value[at] > x.value[first] ? at : first;
      }
      dx.value[first] += dy.value[i];
      dx.bound[first] += dy.bound[i] + RunningError.gamma(window.taps()) * dy.most(i);
      for (int at : pixels(window, i)) {
        double reach = x.bound[at] + x.bound[first];
        if (at != first && reach > 0 && x.value[at] + reach >= x.value[first]) {
          dx.bound[at] += dy.most(i);
          dx.bound[first] += dy.most(i);
        }
      }
    }
    return dx;
  }

  private static List<Integer> pixels(ReferenceWindow window, int output) {
    List<Integer> pixels = new ArrayList<>();
    for (int t = 0; t < window.taps(); t++) {
      int at = window.at(output / window.channels(), t);
      pixels.add(at + output % window.channels());
    }
    return pixels;
  }
}
