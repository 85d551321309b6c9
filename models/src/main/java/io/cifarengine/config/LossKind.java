// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

/** What is minimized. */
public enum LossKind {
  /** -log p[label], with p the softmax of the outputs. */
  CROSS_ENTROPY,
  /** The sum over the classes of the squared difference to a one-hot target. */
  SQUARED_ERROR;

  @Override
  public String toString() {
    return Words.of(this);
  }
}
