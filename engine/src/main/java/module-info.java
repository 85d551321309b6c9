// SPDX-License-Identifier: Apache-2.0

/** Tensors, random numbers, matrix products and element-wise operations. */
module io.cifarengine.engine {
  requires static jdk.incubator.vector;

  exports io.cifarengine.compute;
  exports io.cifarengine.random;
  exports io.cifarengine.tensor;
}
