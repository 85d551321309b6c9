// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;

/** Where the values of a network's parameters come from that learned before. */
@FunctionalInterface
public interface ParameterSource {
  /**
   * The values of one parameter, which the network keeps.
   *
   * <p>A source that has none of this shape may note that and give any tensor, so that one error names
   * all that is missing; the network is then of no use, and its maker must refuse it.
   *
   * @param name such as {@code 0.weight}
   */
  Tensor parameter(String name, Shape shape);
}
