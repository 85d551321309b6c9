// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.optim;

import io.cifarengine.tensor.Tensor;
import java.util.Map;

/** Changes parameters by their gradients. */
public interface Optimizer {
  /** One update from the gradients as they stand. */
  void step();

  /**
   * Sets the rate of the steps to come.
   *
   * @throws IllegalArgumentException where alpha is negative or not finite
   */
  Optimizer learningRate(float alpha);

  /**
   * What steps leave behind beside the weights, by unique names such as {@code velocity.1.weight}, in a
   * fixed order. These are the tensors themselves: a checkpoint saves them, and resuming fills them.
   */
  Map<String, Tensor> state();
}
