// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

/** The values with which weights start. */
public enum WeightStart {
  /** 0.01 U[0, 1), biases too, the same draws in every layer: the CIFAR-100 study. */
  LEGACY_POSITIVE,
  /** U(-r, r) with r = sqrt(6 / (in + out)), biases 0. */
  GLOROT_UNIFORM,
  /** N(0, 1) times the setting init_deviation, biases 0. */
  NORMAL;

  @Override
  public String toString() {
    return Words.of(this);
  }
}
