// SPDX-License-Identifier: Apache-2.0

/** CIFAR-10, CIFAR-100 and a rendered synthetic set. */
module io.cifarengine.datasets {
  requires transitive io.cifarengine.engine;

  exports io.cifarengine.data;
}
