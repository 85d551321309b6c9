// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import io.cifarengine.random.Randoms;

/** The draws 0, 1, 2, ... of one source, one after the other, as a description of a scene reads. */
final class Draws {
  private final Randoms source;
  private long next;

  Draws(Randoms source) {
    this.source = source;
  }

  /** Uniform in [low, high). */
  double between(double low, double high) {
    return low + (high - low) * source.uniformDouble(next++);
  }

  /** Uniform in [-limit, limit). */
  double within(double limit) {
    return between(-limit, limit);
  }

  /** True with the given probability. */
  boolean chance(double probability) {
    return source.uniformDouble(next++) < probability;
  }
}
