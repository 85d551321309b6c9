// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.tensor.Tensor;

/**
 * What a layer learns, and the gradient of the loss with respect to it.
 *
 * @param name unique in its network, such as {@code 0.weight}
 * @param kind what it is, for rules such as which parameters decay
 * @param value the numbers themselves
 * @param gradient d loss / d value, of the same shape; {@code backward} assigns it
 */
public record Parameter(String name, Kind kind, Tensor value, Tensor gradient) {
  /** What a parameter is. */
  public enum Kind {
    /** Multiplies inputs. */
    WEIGHT,
    /** Is added. */
    BIAS
  }

  static Parameter of(String name, Kind kind, Tensor value) {
    return new Parameter(name, kind, value, Tensor.zeros(value.shape()));
  }
}
