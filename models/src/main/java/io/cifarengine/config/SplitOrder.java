// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

/** In which order the training images are cut into a training and a validation set. */
public enum SplitOrder {
  /** Shuffled once, by the seed. */
  SHUFFLED,
  /** As they lie in the files. */
  SEQUENTIAL;

  @Override
  public String toString() {
    return Words.of(this);
  }
}
