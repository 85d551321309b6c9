// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.cli;

import io.cifarengine.config.ImageSet;
import io.cifarengine.experiment.DataSource;
import io.cifarengine.run.RunDirectory;
import java.io.IOException;
import java.util.Optional;

/** The images that a run began with, unless others are asked for. */
final class RunData {
  private RunData() {}

  /** The source of these images. */
  static DataSource of(RunDirectory run, ImageSet set, Arguments arguments) throws IOException {
    return DataLookup.here().find(Optional.of(named(run, arguments)), set);
  }

  /** The place that {@code --data} or else the run names. */
  static String named(RunDirectory run, Arguments arguments) throws IOException {
    Optional<String> asked = arguments.text(Option.DATA);
    return asked.isPresent() ? asked.get() : run.environment().text(RunDirectory.DATA);
  }
}
