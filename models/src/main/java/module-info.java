// SPDX-License-Identifier: Apache-2.0

/** Layers, losses, optimizers, training, the papers' experiments, pictures and the command line. */
module io.cifarengine.models {
  requires transitive io.cifarengine.datasets;
  requires transitive io.cifarengine.engine;
  requires java.desktop;
  requires java.management;

  exports io.cifarengine.config;
  exports io.cifarengine.experiment;
  exports io.cifarengine.files;
  exports io.cifarengine.nn;
  exports io.cifarengine.optim;
  exports io.cifarengine.plot;
  exports io.cifarengine.reference;
  exports io.cifarengine.report;
  exports io.cifarengine.run;
  exports io.cifarengine.speed;
  exports io.cifarengine.train;
  exports io.cifarengine.zoo;
}
