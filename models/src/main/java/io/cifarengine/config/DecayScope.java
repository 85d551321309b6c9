// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

/** What the L2 penalty is of. */
public enum DecayScope {
  /** Weights and biases. */
  ALL,
  /** Weights alone. */
  WEIGHTS;

  @Override
  public String toString() {
    return Words.of(this);
  }
}
