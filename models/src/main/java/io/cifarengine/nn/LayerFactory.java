// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.nn;

import io.cifarengine.random.Randoms;
import io.cifarengine.tensor.Shape;

/** A description of a layer that waits for its input shape, so that a layer's own fields are final. */
@FunctionalInterface
public interface LayerFactory {
  /**
   * Makes the layer.
   *
   * @param name the prefix of its parameters' names
   * @param input the shape of one example
   * @param randoms where its initial weights come from
   * @throws io.cifarengine.tensor.ShapeException where the layer cannot take such an input
   */
  Layer create(String name, Shape input, Randoms randoms);
}
