// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.config.Settings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every experiment, in the order of the papers' tables. */
public final class Experiments {
  private static final List<Experiment> ALL =
      Stream.of(
              List.of(new NormalizationExperiment(), new GradientsExperiment()),
              Cifar100Study.EXPERIMENTS,
              Cifar10Study.EXPERIMENTS,
              List.of(Cifar10Study.COMPARISON))
          .<Experiment>flatMap(List::stream)
          .toList();

  private static final EveryExperiment EVERY = new EveryExperiment(ALL);

  private Experiments() {}

  /** All experiments but the one that is all of them. */
  public static List<Experiment> all() {
    return ALL;
  }

  /** All of them as one. */
  public static EveryExperiment every() {
    return EVERY;
  }

  /** The experiment of this name, all of them as one among them. */
  public static Optional<Experiment> named(String name) {
    return Stream.<Experiment>concat(ALL.stream(), Stream.of(EVERY))
        .filter(experiment -> experiment.name().equals(name))
        .findFirst();
  }

  /** What the paper tests in the experiment of this name, where that trains a network of its own. */
  public static Optional<Settings> tested(String name) {
    return named(name)
        .filter(GridExperiment.class::isInstance)
        .map(GridExperiment.class::cast)
        .map(grid -> grid.tested().settings());
  }
}
