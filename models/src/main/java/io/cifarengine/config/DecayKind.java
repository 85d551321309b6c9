// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

/** How the L2 penalty lambda changes weights. */
public enum DecayKind {
  /** v = gamma v + alpha (dw + lambda w): it passes through learning rate and velocity. */
  COUPLED,
  /** w = w - v - lambda w: it passes through neither. */
  DECOUPLED;

  @Override
  public String toString() {
    return Words.of(this);
  }
}
