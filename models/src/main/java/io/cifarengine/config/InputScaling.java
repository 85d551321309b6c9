// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.config;

/** How the bytes of an image become the numbers that a network sees. */
public enum InputScaling {
  /** (x - mean) / deviation of the image's own channel: the CIFAR-100 study. */
  Z_SCORE,
  /** x / 255. */
  UNIT,
  /** x / 255 minus the mean of all training images: the CIFAR-10 study's linear classifier. */
  MEAN_IMAGE,
  /** 100 times that: the CIFAR-10 study's perceptrons. */
  MEAN_IMAGE_X100;

  @Override
  public String toString() {
    return Words.of(this);
  }
}
