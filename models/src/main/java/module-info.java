// SPDX-License-Identifier: Apache-2.0

/** Layers, losses, optimizers, training, the papers' experiments and the command line. */
module io.cifarengine.models {
  requires transitive io.cifarengine.datasets;
  requires transitive io.cifarengine.engine;
  requires java.management;

  exports io.cifarengine.nn;
  exports io.cifarengine.optim;
  exports io.cifarengine.reference;
  exports io.cifarengine.train;
  exports io.cifarengine.zoo;
}
