// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.optim;

/** Changes parameters by their gradients. */
public interface Optimizer {
  /** One update from the gradients as they stand. */
  void step();
}
