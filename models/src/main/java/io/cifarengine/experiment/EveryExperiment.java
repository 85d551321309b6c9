// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.experiment;

import io.cifarengine.config.Settings;
import java.util.List;

/** All experiments, one after another. */
public final class EveryExperiment implements Experiment {
  /** As the command line calls it. */
  public static final String NAME = "all";

  private final List<Experiment> members;

  EveryExperiment(List<Experiment> members) {
    this.members = members;
  }

  /** The experiments in the order in which they run. */
  public List<Experiment> members() {
    return members;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "every experiment of both papers, one after another";
  }

  @Override
  public String source() {
    return "both studies";
  }

  @Override
  public String description() {
    return """
        Runs every experiment of both papers in its own folder inside the run's and ends with a table of
        the verdicts. The last one, comparison, takes the trainings of the others over. Where it was
        stopped or killed, the same command goes on with the experiment it was at.""";
  }

  @Override
  public Settings settings() {
    return Settings.defaults();
  }
}
