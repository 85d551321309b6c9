// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

/** The order in which an epoch takes the training examples. */
public enum BatchOrder {
  /** That of the split, in every epoch. */
  FIXED,
  /** Another one in every epoch, by seed and epoch. */
  SHUFFLED;

  @Override
  public String toString() {
    return Words.of(this);
  }
}
