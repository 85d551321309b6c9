// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.bench;

/** A convolution, or which of its gradients. */
public enum ConvOperation {
  /** y from x. */
  FORWARD,
  /** dW and db from x and dy. */
  BACKWARD_WEIGHTS,
  /** dx from dy. */
  BACKWARD_DATA
}
